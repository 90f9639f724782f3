package org.assidu.accrual.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/** A cursor over one payload that never reads outside of it. */
final class RecordReader {
    private static final byte[] NONE = new byte[0];

    private byte[] source = NONE;
    private int start;
    private int at;
    private int end;

    /** @throws IndexOutOfBoundsException when the range is not inside the array: the caller's mistake */
    RecordReader open(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        source = bytes;
        start = at = offset;
        end = offset + length;
        return this;
    }

    /** Reads the layout version. @return 1 to {@code supported} */
    int layout(int supported) {
        int version = unsignedByte();
        if (version == 0 || version > supported) {
            throw new RecordFormatException(
                    "layout version " + version + ", this version of the software reads 1 to " + supported,
                    0,
                    end - start);
        }
        return version;
    }

    /** Everything must have been read. */
    void finish() {
        if (at != end) {
            throw failure(end - at + " bytes left over");
        }
        source = NONE;
    }

    RecordFormatException failure(String what) {
        return new RecordFormatException(what, at - start, end - start);
    }

    int unsignedByte() {
        if (at == end) {
            throw failure("ends where a byte was expected");
        }
        return source[at++] & 0xff;
    }

    long varint() {
        if (at < end) {
            byte first = source[at];
            if (first >= 0) {
                at++;
                return first;
            }
        }
        return longVarint();
    }

    private long longVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw failure("ends inside a number");
            }
            byte next = source[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    throw failure("number beyond 64 bits");
                }
                return value;
            }
        }
        throw failure("number of more than " + RecordBytes.MAX_LONG_BYTES + " bytes");
    }

    long signed() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    int signedInt() {
        long value = signed();
        if (value != (int) value) {
            throw failure("number " + value + " where at most 32 bits were expected");
        }
        return (int) value;
    }

    long fixedLong() {
        if (end - at < Long.BYTES) {
            throw failure("ends inside a key of 8 bytes");
        }
        long value = (long) RecordBytes.LONG_LE.get(source, at);
        at += Long.BYTES;
        return value;
    }

    /** A count of elements of at least so many bytes each: refused when the rest of the payload cannot hold them. */
    int count(int leastBytesEach) {
        long count = varint();
        if (count < 0 || count > (end - at) / leastBytesEach) {
            throw failure(Long.toUnsignedString(count) + " elements of at least " + leastBytesEach + " bytes in "
                    + (end - at) + " bytes");
        }
        return (int) count;
    }

    /** A short text into the arena of a receipt. @return its reference there */
    int arenaText(ReceiptColumns target) {
        int length = unsignedByte();
        if (length > end - at) {
            throw failure("text of " + length + " bytes in " + (end - at) + " bytes");
        }
        int reference = target.addText(source, at, length);
        at += length;
        return reference;
    }

    String text() {
        return string(count(1));
    }

    @Nullable
    String nullableText() {
        long length = varint();
        if (length == 0) {
            return null;
        }
        if (length < 0 || length - 1 > end - at) {
            throw failure("text of " + Long.toUnsignedString(length - 1) + " bytes in " + (end - at) + " bytes");
        }
        return string((int) length - 1);
    }

    private String string(int length) {
        try {
            String value = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source, at, length))
                    .toString();
            at += length;
            return value;
        } catch (CharacterCodingException e) {
            throw failure("text of " + length + " bytes is not UTF-8");
        }
    }
}
