package org.assidu.accrual.model;

import java.nio.charset.StandardCharsets;

/**
 * Where the parts of a state write themselves one after the other, to be read back in the same order by {@link StateSource}.
 * The core writes its state without knowing of files.
 */
public interface StateSink {
    /** What follows, up to the next call, is a part of this name: at most 32 ASCII characters. */
    void begin(String part);

    void putLong(long value);

    void putInt(int value);

    /** The first {@code count} bytes; their number is not written. */
    void putBytes(byte[] values, int count);

    /** The first {@code count} values; their number is not written. */
    void putShorts(short[] values, int count);

    /** The first {@code count} values; their number is not written. */
    void putChars(char[] values, int count);

    /** The first {@code count} values; their number is not written. */
    void putInts(int[] values, int count);

    /** The first {@code count} values; their number is not written. */
    void putLongs(long[] values, int count);

    default void putBoolean(boolean value) {
        putInt(value ? 1 : 0);
    }

    /** Bytes with their number. */
    default void putBlock(byte[] bytes) {
        putInt(bytes.length);
        putBytes(bytes, bytes.length);
    }

    /** Values with their number. */
    default void putArray(int[] values, int count) {
        putInt(count);
        putInts(values, count);
    }

    /** Values with their number. */
    default void putArray(long[] values, int count) {
        putInt(count);
        putLongs(values, count);
    }

    default void putText(String text) {
        putBlock(text.getBytes(StandardCharsets.UTF_8));
    }
}
