package org.assidu.accrual.engine;

import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.programme.PurseRule;

/** Days that follow from a lot's key. */
final class PurseDays {
    private PurseDays() {}

    /** Last day of the month in which a lot was earned. */
    static int lastDayOfCohort(long lot) {
        return PurseRule.lastDayOfCohort(LotKey.cohortMonth(lot));
    }

    /** The lot with its expiry moved forward to a day. */
    static long renewed(long lot, int expiryDay) {
        return LotKey.expiryDay(lot) >= expiryDay
                ? lot
                : LotKey.of(expiryDay, LotKey.cohortMonth(lot), LotKey.unlockDay(lot));
    }

    /** The lot with nothing to wait for. */
    static long unlocked(long lot) {
        return LotKey.of(LotKey.expiryDay(lot), LotKey.cohortMonth(lot), 0);
    }
}
