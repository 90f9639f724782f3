package org.assidu.accrual.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where the journal holds each closed receipt: identity hash → position, by open addressing in memory, 16 bytes an entry at
 * most 5/8 full. Derived data, rebuilt at every start. One thread writes, any thread reads without waiting.
 *
 * <p>Identities may share a hash: whoever reads a record compares its identity and asks for the next candidate.
 */
public final class ReceiptIndex {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int FIRST_ENTRIES = 1 << 12;
    private static final int LARGEST_ENTRIES = 1 << 29;

    /** Pairs of hash and position; a position of 0 is an empty entry. Written hash first, then position with release. */
    private volatile long[] table = new long[2 * FIRST_ENTRIES];

    private long entries;

    /** Adds a receipt. For the writing thread. */
    public void put(long hash, long position) {
        long[] current = table;
        if (entries * 8 >= (long) (current.length / 2) * 5) {
            current = grown(current);
            table = current;
        }
        insert(current, hash, position);
        entries++;
    }

    /**
     * A receipt that may be the one sought.
     *
     * @param candidate 0 for the first receipt of that hash, 1 for the second…
     * @return its position; 0 when there is none
     */
    public long find(long hash, int candidate) {
        long[] current = table;
        int mask = current.length / 2 - 1;
        int left = candidate;
        for (int at = first(hash, mask); ; at = at + 1 & mask) {
            long position = (long) ELEMENT.getAcquire(current, 2 * at + 1);
            if (position == 0) {
                return 0;
            }
            if (current[2 * at] == hash && left-- == 0) {
                return position;
            }
        }
    }

    public long entries() {
        return entries;
    }

    private static long[] grown(long[] old) {
        if (old.length / 2 >= LARGEST_ENTRIES) {
            throw new IllegalStateException("the receipt index is full at " + old.length / 2
                    + " entries: archive old generations before taking more receipts");
        }
        long[] larger = new long[old.length * 2];
        for (int at = 0; at < old.length; at += 2) {
            if (old[at + 1] != 0) {
                insert(larger, old[at], old[at + 1]);
            }
        }
        return larger;
    }

    private static void insert(long[] into, long hash, long position) {
        int mask = into.length / 2 - 1;
        int at = first(hash, mask);
        while (into[2 * at + 1] != 0) {
            at = at + 1 & mask;
        }
        into[2 * at] = hash;
        ELEMENT.setRelease(into, 2 * at + 1, position);
    }

    private static int first(long hash, int mask) {
        return (int) (hash >>> 32 ^ hash) & mask;
    }
}
