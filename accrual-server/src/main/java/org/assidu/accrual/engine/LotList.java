package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;

/**
 * The lots of one purse of one member, copied out to be worked on: those that can be spent in order of expiry, and then what
 * of each cohort has expired, which a return does not take a second time.
 */
final class LotList {
    /** Bit of a key that holds what has expired. */
    private static final long EXPIRED = 1L << 62;

    private static final long UNLOCK_MASK = (1L << 20) - 1;

    long[] keys = new long[16];
    long[] micro = new long[16];
    int size;

    void clear() {
        size = 0;
    }

    /** Appends an entry whose key is above all others. */
    void append(long key, long amountMicro) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            micro = Arrays.copyOf(micro, size * 2);
        }
        keys[size] = key;
        micro[size++] = amountMicro;
    }

    /** Key under which what has expired of a lot is kept: by expiry and cohort. */
    static long expired(long lot) {
        return lot & ~UNLOCK_MASK | EXPIRED;
    }

    /** The lot that a key of what has expired stands for. */
    static long lotOf(long expired) {
        return expired & ~EXPIRED;
    }

    static boolean isExpired(long key) {
        return (key & EXPIRED) != 0;
    }

    /** What a movement does to the lots of its purse. */
    void move(long lot, MovementKind kind, long amountMicro) {
        if (lot == LotKey.NONE) {
            return;
        }
        add(lot, amountMicro);
        if (kind == MovementKind.EXPIRED) {
            add(expired(lot), -amountMicro);
        }
    }

    /** Adds what has expired, under a key of {@link #expired}. */
    void addExpired(long key, long amountMicro) {
        add(key, amountMicro);
    }

    /** Number of lots that are not expired; they come first. */
    int live() {
        int live = size;
        while (live > 0 && isExpired(keys[live - 1])) {
            live--;
        }
        return live;
    }

    /** Index of a key; below 0 when there is none. */
    int find(long key) {
        return Arrays.binarySearch(keys, 0, size, key);
    }

    /** Entries of zero go away. */
    private void add(long key, long amountMicro) {
        int at = Arrays.binarySearch(keys, 0, size, key);
        if (at >= 0) {
            micro[at] += amountMicro;
            if (micro[at] == 0) {
                remove(at);
            }
            return;
        }
        if (amountMicro == 0) {
            return;
        }
        append(key, amountMicro);
        int insert = -at - 1;
        System.arraycopy(keys, insert, keys, insert + 1, size - 1 - insert);
        System.arraycopy(micro, insert, micro, insert + 1, size - 1 - insert);
        keys[insert] = key;
        micro[insert] = amountMicro;
    }

    private void remove(int at) {
        size--;
        System.arraycopy(keys, at + 1, keys, at, size - at);
        System.arraycopy(micro, at + 1, micro, at, size - at);
    }

    /** Whether {@link #tidy} would change something. */
    boolean isToTidy(int day, int keptDays) {
        for (int i = 0; i < size; i++) {
            if (isExpired(keys[i]) ? isForgotten(keys[i], day, keptDays) : isUnlocked(keys[i], day)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Unlocks what a day unlocks, and drops what has expired of sales that can no longer be returned.
     *
     * @param keptDays days from a cohort's end within which its sales can be returned
     */
    void tidy(int day, int keptDays) {
        unlock(day);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!isExpired(keys[i]) || !isForgotten(keys[i], day, keptDays)) {
                keys[kept] = keys[i];
                micro[kept++] = micro[i];
            }
        }
        size = kept;
    }

    /** Makes lots that are unlocked on a day one with those of the same expiry and cohort: neighbours, the unlocked first. */
    void unlock(int day) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            long key = isUnlocked(keys[i], day) ? keys[i] & ~UNLOCK_MASK : keys[i];
            long amount = micro[i];
            if (kept > 0 && keys[kept - 1] == key) {
                amount += micro[--kept];
            }
            if (amount != 0) {
                keys[kept] = key;
                micro[kept++] = amount;
            }
        }
        size = kept;
    }

    private static boolean isUnlocked(long key, int day) {
        int unlock = LotKey.unlockDay(key);
        return unlock != 0 && unlock <= day && !isExpired(key);
    }

    private static boolean isForgotten(long key, int day, int keptDays) {
        return PurseDays.lastDayOfCohort(key) + keptDays < day;
    }

    /** Moves every expiry before a day to it; lots that live for ever stay. @param scratch emptied */
    void renew(int expiryDay, LotList scratch) {
        scratch.copy(this);
        size = 0;
        for (int i = 0; i < scratch.size; i++) {
            long key = scratch.keys[i];
            add(isExpired(key) ? key : PurseDays.renewed(key, expiryDay), scratch.micro[i]);
        }
    }

    private void copy(LotList other) {
        size = 0;
        for (int i = 0; i < other.size; i++) {
            append(other.keys[i], other.micro[i]);
        }
    }
}
