package org.assidu.accrual.model;

/**
 * What tells lots of a purse apart, packed into 64 bits: expiry day, cohort month and unlock day. Ordered by expiry first,
 * and a lot without expiry comes last, so that ascending keys are the order of spending.
 */
public final class LotKey {
    /** The lot of a purse that keeps none: no expiry, no cohort, unlocked. */
    public static final long NONE = 0;

    /** Expiry of a lot that lives for ever. */
    public static final int NEVER = (1 << 20) - 1;

    private static final int MONTH_BITS = 16;
    private static final int DAY_BITS = 20;
    private static final int MONTH_SHIFT = DAY_BITS;
    private static final int EXPIRY_SHIFT = DAY_BITS + MONTH_BITS;
    private static final int DAY_MASK = (1 << DAY_BITS) - 1;
    private static final int MONTH_MASK = (1 << MONTH_BITS) - 1;

    private LotKey() {}

    /**
     * @param expiryDay last epoch day on which the lot can be spent, from 0 (1970-01-01) to {@link #NEVER}
     * @param cohortMonth months since January 1970 of the sale, from 0
     * @param unlockDay first epoch day on which the lot can be spent; 0 = at once
     * @throws IllegalArgumentException when a part is out of range
     */
    public static long of(int expiryDay, int cohortMonth, int unlockDay) {
        if ((expiryDay & ~DAY_MASK) != 0 || (cohortMonth & ~MONTH_MASK) != 0 || (unlockDay & ~DAY_MASK) != 0) {
            throw new IllegalArgumentException("lot of expiry day " + expiryDay + ", cohort month " + cohortMonth
                    + ", unlock day " + unlockDay + ": days are 0 to " + DAY_MASK + ", months 0 to " + MONTH_MASK);
        }
        return (long) expiryDay << EXPIRY_SHIFT | (long) cohortMonth << MONTH_SHIFT | unlockDay;
    }

    public static int expiryDay(long lot) {
        return (int) (lot >>> EXPIRY_SHIFT) & DAY_MASK;
    }

    public static int cohortMonth(long lot) {
        return (int) (lot >>> MONTH_SHIFT) & MONTH_MASK;
    }

    public static int unlockDay(long lot) {
        return (int) lot & DAY_MASK;
    }
}
