package org.assidu.accrual.directory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.stream.LongStream;

/** The member keys in use, for one writer and any number of readers that never wait; the same scheme as {@link IdentifierTable}. */
final class MemberKeySet {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SMALLEST_CAPACITY = 1024;

    private volatile long[] slots = new long[SMALLEST_CAPACITY];
    private volatile int size;

    boolean contains(long key) {
        long[] current = slots;
        int at = firstSlot(key, current.length);
        while (true) {
            long found = (long) LONGS.getAcquire(current, at);
            if (found == key || found == 0) {
                return found == key && key != 0;
            }
            at = next(at, current.length);
        }
    }

    /** False when the key is there already. One writer at a time. */
    boolean add(long key) {
        long[] current = slots;
        int at = freeSlot(current, key);
        if (current[at] == key) {
            return false;
        }
        LONGS.setRelease(current, at, key);
        int count = size + 1;
        size = count;
        if (count > current.length - current.length / 4) {
            long[] grown = new long[Math.addExact(current.length, current.length / 4)];
            for (long moved : current) {
                if (moved != 0) {
                    grown[freeSlot(grown, moved)] = moved;
                }
            }
            slots = grown;
        }
        return true;
    }

    /** All keys now in it. */
    LongStream keys() {
        return Arrays.stream(slots).filter(key -> key != 0);
    }

    int size() {
        return size;
    }

    private static int freeSlot(long[] slots, long key) {
        int at = firstSlot(key, slots.length);
        while (slots[at] != 0 && slots[at] != key) {
            at = next(at, slots.length);
        }
        return at;
    }

    /** Keys are 63 uniform bits. */
    private static int firstSlot(long key, int length) {
        return (int) (((key << 1 >>> Integer.SIZE) * length) >>> Integer.SIZE);
    }

    private static int next(int at, int length) {
        return at + 1 == length ? 0 : at + 1;
    }
}
