package org.assidu.accrual.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/**
 * Where the journal holds each closed receipt: identity hash → position, by open addressing in memory, 16 bytes an entry at
 * most 5/8 full. Derived data, which a snapshot keeps and a replay rebuilds. One thread writes, any thread reads without waiting.
 *
 * <p>The table is cut into segments by the hash's upper bits, each of which grows by itself: no single receipt has to wait
 * until all entries have moved. Hashes that differ in their last two bits only are neighbours, since an identity hash keeps
 * those of the receipt number: the next receipt of a till is mostly found in the cache line of the one before. Identities may share a hash: whoever reads a record compares its identity and asks for the
 * next candidate.
 */
public final class ReceiptIndex {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SEGMENT_BITS = 10;
    private static final int FIRST_ENTRIES = 1 << 4;
    private static final int NEIGHBOUR_BITS = 2;
    private static final int NEIGHBOURS = 1 << NEIGHBOUR_BITS;
    private static final int LARGEST_ENTRIES = 1 << 29;

    /** Pairs of hash and position; a position of 0 is an empty entry. Written hash first, then position with release. */
    private final AtomicReferenceArray<long[]> segments = new AtomicReferenceArray<>(1 << SEGMENT_BITS);

    private final int[] entriesOf = new int[1 << SEGMENT_BITS];
    private long entries;

    public ReceiptIndex() {
        for (int segment = 0; segment < segments.length(); segment++) {
            segments.set(segment, new long[2 * FIRST_ENTRIES]);
        }
    }

    /** Adds a receipt. For the writing thread. */
    public void put(long hash, long position) {
        int segment = segmentOf(hash);
        long[] table = segments.getPlain(segment);
        if (entriesOf[segment] * 8L >= table.length / 2 * 5L) {
            table = grown(table);
            segments.set(segment, table);
        }
        insert(table, hash, position);
        entriesOf[segment]++;
        entries++;
    }

    /**
     * A receipt that may be the one sought.
     *
     * @param candidate 0 for the first receipt of that hash, 1 for the second…
     * @return its position; 0 when there is none
     */
    public long find(long hash, int candidate) {
        long[] table = segments.get(segmentOf(hash));
        int mask = table.length / 2 - 1;
        int left = candidate;
        for (int at = first(hash, mask); ; at = at + 1 & mask) {
            long position = (long) ELEMENT.getAcquire(table, 2 * at + 1);
            if (position == 0) {
                return 0;
            }
            if (table[2 * at] == hash && left-- == 0) {
                return position;
            }
        }
    }

    /** For the writing thread. */
    public long entries() {
        return entries;
    }

    private static long[] grown(long[] old) {
        if (old.length / 2 >= LARGEST_ENTRIES) {
            throw new IllegalStateException("a segment of the receipt index is full at " + old.length / 2
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

    private static int segmentOf(long hash) {
        return (int) (hash >>> (Long.SIZE - SEGMENT_BITS));
    }

    private static int first(long hash, int mask) {
        return ((int) (hash >>> 24 ^ hash >>> NEIGHBOUR_BITS) << NEIGHBOUR_BITS | (int) hash & NEIGHBOURS - 1) & mask;
    }

    /** Writes all entries into a snapshot. For the writing thread. */
    public void write(StateSink sink) {
        sink.begin("receipt-index");
        for (int segment = 0; segment < segments.length(); segment++) {
            long[] table = segments.getPlain(segment);
            sink.putInt(entriesOf[segment]);
            sink.putArray(table, table.length);
        }
    }

    /** Makes an empty index what was written. */
    public void read(StateSource source) {
        source.begin("receipt-index");
        for (int segment = 0; segment < segments.length(); segment++) {
            entriesOf[segment] = source.takeCount();
            segments.set(segment, source.takeLongArray());
            entries += entriesOf[segment];
        }
    }
}
