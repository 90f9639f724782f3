package org.assidu.accrual.grpc;

import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assidu.accrual.model.ReceiptColumns;

/**
 * Protobuf encoding, read field by field from one reused buffer, so that a message of a thousand lines makes no garbage.
 * Refuses what the generated parsers refuse, and every number longer than ten bytes, where those are not consistent.
 */
final class WireReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    private static final int GROUP = 3;
    private static final int END_GROUP = 4;
    private static final int FIXED32 = 5;

    private static final int TYPE_BITS = 3;
    private static final int MAX_VARINT_BYTES = 10;
    private static final int MAX_DEPTH = 100;
    private static final int RETAINED_BYTES = 128 << 10;

    private byte[] own = new byte[8 << 10];
    private byte[] bytes = own;
    private int at;
    private int limit;
    /** A chain has one currency, mostly; 0 = none read yet. */
    private int lastCurrency;

    /** Takes the whole of a message. */
    void fill(InputStream message) {
        if (own.length > RETAINED_BYTES) {
            own = new byte[RETAINED_BYTES];
        }
        int length = 0;
        try {
            int expected = message.available();
            if (expected > own.length) {
                own = new byte[expected];
            }
            int read;
            while ((read = message.read(own, length, own.length - length)) > 0) {
                length += read;
                if (length == own.length && message.available() > 0) {
                    own = Arrays.copyOf(own, length * 2);
                }
            }
        } catch (IOException e) {
            throw new WireFormatException("the message cannot be read: " + e.getMessage());
        }
        bytes = own;
        at = 0;
        limit = length;
    }

    void fill(byte[] message) {
        bytes = message;
        at = 0;
        limit = message.length;
    }

    /** The next tag; 0 at the end of the message or of the nested one that is open. */
    int tag() {
        if (at == limit) {
            return 0;
        }
        int tag = int32();
        if (tag >>> TYPE_BITS == 0) {
            throw new WireFormatException("field number 0 at byte " + at);
        }
        return tag;
    }

    long varint() {
        if (at < limit && bytes[at] >= 0) {
            return bytes[at++];
        }
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            byte next = next();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new WireFormatException("a number longer than 10 bytes before byte " + at);
    }

    int int32() {
        return (int) varint();
    }

    boolean bool() {
        return varint() != 0;
    }

    long sint64() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    int sint32() {
        int value = int32();
        return value >>> 1 ^ -(value & 1);
    }

    long fixed64() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value |= (long) (next() & 0xff) << (Byte.SIZE * i);
        }
        return value;
    }

    /** Enters a nested message. @return what {@link #close} wants */
    int open() {
        int length = length();
        int outer = limit;
        limit = at + length;
        return outer;
    }

    /** Leaves the nested message, which is read to its end. */
    void close(int outer) {
        limit = outer;
    }

    /** A text into the arena. @return its reference, or minus its bytes when they are more than {@code maxBytes} */
    int text(int maxBytes, ReceiptColumns to) {
        int length = length();
        int start = at;
        checkUtf8(start, length);
        at += length;
        return length > maxBytes ? -length : to.addText(bytes, start, length);
    }

    /** A text of its own. */
    String text() {
        int length = length();
        int start = at;
        checkUtf8(start, length);
        at += length;
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** A text as a packed currency; 0 when it is none of ISO 4217. */
    int currency() {
        int length = length();
        int start = at;
        checkUtf8(start, length);
        at += length;
        if (length != 3) {
            return 0;
        }
        int packed = bytes[start] << 16 | bytes[start + 1] << 8 | bytes[start + 2];
        if (packed != lastCurrency) {
            if (Currencies.known(packed) == 0) {
                return 0;
            }
            lastCurrency = packed;
        }
        return packed;
    }

    /** Passes over the field of a tag just read. */
    void skip(int tag) {
        skip(tag, 0);
    }

    private void skip(int tag, int depth) {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> advance(Long.BYTES);
            case LENGTH -> advance(length());
            case GROUP -> skipGroup(tag, depth + 1);
            case FIXED32 -> advance(Integer.BYTES);
            default -> throw new WireFormatException("wire type " + (tag & 7) + " before byte " + at);
        }
    }

    private void skipGroup(int start, int depth) {
        if (depth > MAX_DEPTH) {
            throw new WireFormatException("groups nested deeper than " + MAX_DEPTH);
        }
        int end = start - GROUP + END_GROUP;
        int tag = tag();
        while (tag != end) {
            if (tag == 0) {
                throw new WireFormatException("a group without its end at byte " + at);
            }
            skip(tag, depth);
            tag = tag();
        }
    }

    private void checkUtf8(int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (bytes[i] < 0) {
                if (!UnsafeByteOperations.unsafeWrap(bytes, start, length).isValidUtf8()) {
                    throw new WireFormatException("a text that is not UTF-8 at byte " + start);
                }
                return;
            }
        }
    }

    private int length() {
        int length = int32();
        if (length < 0 || length > limit - at) {
            throw new WireFormatException("a length of " + length + " where " + (limit - at) + " bytes are left");
        }
        return length;
    }

    private void advance(int count) {
        if (count > limit - at) {
            throw new WireFormatException("the message ends within a field at byte " + at);
        }
        at += count;
    }

    private byte next() {
        if (at == limit) {
            throw new WireFormatException("the message ends within a field at byte " + at);
        }
        return bytes[at++];
    }
}
