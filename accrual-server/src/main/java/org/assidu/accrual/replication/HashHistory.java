package org.assidu.accrual.replication;

import java.util.Arrays;

/** The state hash after each of the last positions applied. */
final class HashHistory {
    private static final int SIZE = 1 << 16;

    private final long[] hashes = new long[SIZE];
    private final long[] positions = new long[SIZE];

    HashHistory() {
        Arrays.fill(positions, -1);
    }

    void put(long position, long hash) {
        int slot = (int) (position & SIZE - 1);
        positions[slot] = position;
        hashes[slot] = hash;
    }

    boolean has(long position) {
        return positions[(int) (position & SIZE - 1)] == position;
    }

    /** For a position that it {@link #has}. */
    long at(long position) {
        return hashes[(int) (position & SIZE - 1)];
    }
}
