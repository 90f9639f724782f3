package org.assidu.accrual.model;

import java.nio.charset.StandardCharsets;

/** What a {@link StateSink} was given, in the same order. What it yields was checked against its checksum before. */
public interface StateSource {
    /** @throws RuntimeException when what follows is another part, or the part before was not read to its end */
    void begin(String part);

    long takeLong();

    int takeInt();

    /** Fills the first {@code count} elements, as do those below. */
    void takeBytes(byte[] into, int count);

    void takeShorts(short[] into, int count);

    void takeChars(char[] into, int count);

    void takeInts(int[] into, int count);

    void takeLongs(long[] into, int count);

    /** A number of things, 0 or more. @throws IllegalStateException for any other number */
    default int takeCount() {
        int count = takeInt();
        if (count < 0) {
            throw new IllegalStateException("a count of " + count);
        }
        return count;
    }

    default boolean takeBoolean() {
        return takeInt() != 0;
    }

    default byte[] takeBlock() {
        byte[] bytes = new byte[takeCount()];
        takeBytes(bytes, bytes.length);
        return bytes;
    }

    default int[] takeIntArray() {
        int[] values = new int[takeCount()];
        takeInts(values, values.length);
        return values;
    }

    default long[] takeLongArray() {
        long[] values = new long[takeCount()];
        takeLongs(values, values.length);
        return values;
    }

    default String takeText() {
        return new String(takeBlock(), StandardCharsets.UTF_8);
    }
}
