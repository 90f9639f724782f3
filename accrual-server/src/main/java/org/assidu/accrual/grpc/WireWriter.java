package org.assidu.accrual.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Protobuf encoding, written field by field into one reused buffer. Fields of value zero are the caller's to leave out. */
final class WireWriter {
    private static final int RETAINED_BYTES = 64 << 10;
    private static final int LARGEST_VARINT = 10;

    private byte[] bytes = new byte[1 << 10];
    private int size;

    void clear() {
        if (bytes.length > RETAINED_BYTES) {
            bytes = new byte[RETAINED_BYTES];
        }
        size = 0;
    }

    int size() {
        return size;
    }

    void varint(int tag, long value) {
        ensure(2 * LARGEST_VARINT);
        raw(tag);
        raw(value);
    }

    void sint(int tag, long value) {
        varint(tag, value << 1 ^ value >> 63);
    }

    void fixed64(int tag, long value) {
        ensure(LARGEST_VARINT + Long.BYTES);
        raw(tag);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[size++] = (byte) (value >>> (Byte.SIZE * i));
        }
    }

    void text(int tag, String value) {
        bytes(tag, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A text in UTF-8, or a nested message. */
    void bytes(int tag, byte[] value) {
        ensure(2 * LARGEST_VARINT + value.length);
        raw(tag);
        raw(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    /** Begins a nested message, with room for a length of one byte. @return what {@link #close} wants */
    int open(int tag) {
        ensure(LARGEST_VARINT + 1);
        raw(tag);
        return ++size;
    }

    /** Ends the nested message: writes its length, moving the message when one byte is not enough. */
    void close(int start) {
        int length = size - start;
        int extra = 0;
        for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
            extra++;
        }
        if (extra != 0) {
            ensure(extra);
            System.arraycopy(bytes, start, bytes, start + extra, length);
        }
        size = start - 1;
        raw(length);
        size += length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** The message as the transport drains it, at once: valid until the next change. */
    InputStream stream() {
        return new Draining(bytes, size);
    }

    private void raw(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private static final class Draining extends ByteArrayInputStream implements Drainable, KnownLength {
        Draining(byte[] bytes, int length) {
            super(bytes, 0, length);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int length = count - pos;
            target.write(buf, pos, length);
            pos = count;
            return length;
        }
    }
}
