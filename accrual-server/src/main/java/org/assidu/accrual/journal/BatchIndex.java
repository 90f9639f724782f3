package org.assidu.accrual.journal;

import java.util.Arrays;

/**
 * Where batches of one generation start: one entry for about every {@value #SPACING_BYTES} bytes and for each file. One
 * thread adds, any thread looks up.
 */
final class BatchIndex {
    static final int SPACING_BYTES = 64 << 10;
    private static final int OFFSET_BITS = 40;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

    /** Pairs of first position and address. Replaced when full, so it holds at least what {@link #size} said before. */
    private volatile long[] entries = new long[32];

    private volatile int size;
    private long lastAddress = -1;

    void add(long firstPosition, int fileOrdinal, long offset) {
        long address = address(fileOrdinal, offset);
        boolean near =
                lastAddress >= 0 && lastAddress >>> OFFSET_BITS == fileOrdinal && address - lastAddress < SPACING_BYTES;
        if (near) {
            return;
        }
        lastAddress = address;
        int n = size;
        long[] current = entries;
        if (2 * n == current.length) {
            current = Arrays.copyOf(current, 2 * current.length);
            entries = current;
        }
        current[2 * n] = firstPosition;
        current[2 * n + 1] = address;
        size = n + 1;
    }

    /** The address of an indexed batch that starts at or before {@code position}; 0, the start of it all, when none does. */
    long floor(long position) {
        int n = size;
        long[] current = entries;
        int low = 0;
        int high = n - 1;
        long address = 0;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (current[2 * middle] <= position) {
                address = current[2 * middle + 1];
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return address;
    }

    static long address(int fileOrdinal, long offset) {
        return (long) fileOrdinal << OFFSET_BITS | offset;
    }

    static int fileOrdinal(long address) {
        return (int) (address >>> OFFSET_BITS);
    }

    static long offset(long address) {
        return address & OFFSET_MASK;
    }
}
