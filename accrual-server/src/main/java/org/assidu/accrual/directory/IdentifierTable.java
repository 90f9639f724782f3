package org.assidu.accrual.directory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongPredicate;

/**
 * 128-bit hash → member key, for one writer and any number of readers that never wait.
 *
 * <p>Open addressing with linear probing over triples (high, low, value) in {@code long[]}; a value of 0 is an empty slot.
 * The writer stores the hash first and the value with release; a reader loads the value with acquire and so sees the hash
 * that belongs to it. Slots never move within an array: growing builds a new array and publishes it, while readers finish
 * on the old one. The hash is uniform, so its high bits choose one of 64 segments, which keeps a growth short, and the next
 * ones the slot by multiplication, so that capacity may be any number: growing by a quarter from three quarters full costs
 * 32 to 40 bytes an entry.
 */
final class IdentifierTable {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    /** Value of a hash that was taken out. */
    private static final long GONE = Long.MIN_VALUE;

    private static final int SEGMENT_BITS = 6;
    private static final int SEGMENTS = 1 << SEGMENT_BITS;
    private static final int TRIPLE = 3;
    private static final int SMALLEST_CAPACITY = 16;
    private static final int LARGEST_CAPACITY = Integer.MAX_VALUE / TRIPLE - 8;

    private final AtomicReferenceArray<long[]> segments = new AtomicReferenceArray<>(SEGMENTS);
    private final int[] sizes = new int[SEGMENTS];
    private final AtomicLong size = new AtomicLong();

    IdentifierTable() {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            segments.set(segment, new long[SMALLEST_CAPACITY * TRIPLE]);
        }
    }

    /** The value under a hash; 0 when absent. */
    long find(long high, long low) {
        long[] slots = segments.getAcquire(segment(high));
        int at = firstSlot(high, slots.length);
        while (true) {
            long value = (long) LONGS.getAcquire(slots, at + 2);
            if (value == 0 || (slots[at] == high && slots[at + 1] == low)) {
                return value == GONE ? 0 : value;
            }
            at = next(at, slots.length);
        }
    }

    /** Takes a hash out; its slot stays taken. One writer at a time. */
    void remove(long high, long low) {
        if (find(high, low) != 0) {
            put(high, low, GONE);
        }
    }

    /** Sets the value, not 0, of a hash. One writer at a time. */
    void put(long high, long low, long value) {
        int segment = segment(high);
        long[] slots = segments.getPlain(segment);
        int at = firstSlot(high, slots.length);
        while (slots[at + 2] != 0) {
            if (slots[at] == high && slots[at + 1] == low) {
                LONGS.setRelease(slots, at + 2, value);
                return;
            }
            at = next(at, slots.length);
        }
        insert(slots, at, high, low, value);
        sizes[segment]++;
        size.setRelease(size.getPlain() + 1);
        int capacity = slots.length / TRIPLE;
        if (sizes[segment] > capacity - capacity / 4) {
            grow(segment, slots);
        }
    }

    /** Number of identifiers. */
    long size() {
        return size.get();
    }

    /** Bytes held by the arrays. */
    long bytes() {
        long longs = 0;
        for (int segment = 0; segment < SEGMENTS; segment++) {
            longs += segments.getAcquire(segment).length;
        }
        return longs * Long.BYTES;
    }

    /** Kinds of the identifiers whose value is this member key or its negative. Reads the whole table. */
    Set<IdentifierKind> kindsOf(long memberKey) {
        Set<IdentifierKind> kinds = EnumSet.noneOf(IdentifierKind.class);
        for (int segment = 0; segment < SEGMENTS; segment++) {
            long[] slots = segments.getAcquire(segment);
            for (int at = 0; at < slots.length; at += TRIPLE) {
                if (Math.abs((long) LONGS.getAcquire(slots, at + 2)) == memberKey) {
                    kinds.add(KeyedHash.kindOf(slots[at + 1]));
                }
            }
        }
        return kinds;
    }

    /** Takes a hash and what it leads to. */
    @FunctionalInterface
    interface Visitor {
        void visit(long high, long low, long value);
    }

    /** Visits the identifiers whose value is a member key or its negative. Reads the whole table; the visitor may write. */
    void visit(LongPredicate memberKeys, Visitor visitor) {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            long[] slots = segments.getAcquire(segment);
            for (int at = 0; at < slots.length; at += TRIPLE) {
                long value = (long) LONGS.getAcquire(slots, at + 2);
                if (value != 0 && value != GONE && memberKeys.test(Math.abs(value))) {
                    visitor.visit(slots[at], slots[at + 1], value);
                }
            }
        }
    }

    private void grow(int segment, long[] slots) {
        int capacity = slots.length / TRIPLE;
        int larger = capacity + Math.max(capacity / 4, SMALLEST_CAPACITY);
        if (larger > LARGEST_CAPACITY) {
            throw new DirectoryException("the directory is full: " + size() + " identifiers");
        }
        long[] grown = new long[larger * TRIPLE];
        for (int from = 0; from < slots.length; from += TRIPLE) {
            if (slots[from + 2] != 0) {
                int at = firstSlot(slots[from], grown.length);
                while (grown[at + 2] != 0) {
                    at = next(at, grown.length);
                }
                insert(grown, at, slots[from], slots[from + 1], slots[from + 2]);
            }
        }
        segments.setRelease(segment, grown);
    }

    private static void insert(long[] slots, int at, long high, long low, long value) {
        slots[at] = high;
        slots[at + 1] = low;
        LONGS.setRelease(slots, at + 2, value);
    }

    private static int segment(long high) {
        return (int) (high >>> (Long.SIZE - SEGMENT_BITS));
    }

    private static int firstSlot(long high, int longs) {
        long fraction = (high << SEGMENT_BITS) >>> Integer.SIZE;
        return (int) ((fraction * (longs / TRIPLE)) >>> Integer.SIZE) * TRIPLE;
    }

    private static int next(int at, int longs) {
        int following = at + TRIPLE;
        return following == longs ? 0 : following;
    }
}
