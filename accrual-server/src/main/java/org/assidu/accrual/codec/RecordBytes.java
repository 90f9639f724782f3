package org.assidu.accrual.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the primitives of the layouts; every method returns the offset after what it wrote. */
final class RecordBytes {
    /** Most bytes of a varint that holds an int. */
    static final int MAX_INT_BYTES = 5;
    /** Most bytes of a varint that holds a long. */
    static final int MAX_LONG_BYTES = 10;

    static final VarHandle LONG_LE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private RecordBytes() {}

    static int putVarint(byte[] dest, int offset, long value) {
        int at = offset;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            dest[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        dest[at++] = (byte) rest;
        return at;
    }

    /** A signed value: small magnitudes become few bytes. */
    static int putSigned(byte[] dest, int offset, long value) {
        return putVarint(dest, offset, value << 1 ^ value >> 63);
    }

    static int putLong(byte[] dest, int offset, long value) {
        LONG_LE.set(dest, offset, value);
        return offset + Long.BYTES;
    }

    static int putText(byte[] dest, int offset, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int at = putVarint(dest, offset, utf8.length);
        System.arraycopy(utf8, 0, dest, at, utf8.length);
        return at + utf8.length;
    }

    /** A text that may be missing: its length + 1, or 0. */
    static int putNullableText(byte[] dest, int offset, @Nullable String value) {
        if (value == null) {
            return putVarint(dest, offset, 0);
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int at = putVarint(dest, offset, utf8.length + 1L);
        System.arraycopy(utf8, 0, dest, at, utf8.length);
        return at + utf8.length;
    }

    /** Bound of {@link #putText} and {@link #putNullableText}: a char is at most three bytes of UTF-8. */
    static int textBound(@Nullable String value) {
        return MAX_INT_BYTES + (value == null ? 0 : Math.multiplyExact(3, value.length()));
    }
}
