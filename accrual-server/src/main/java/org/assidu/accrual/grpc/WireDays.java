package org.assidu.accrual.grpc;

import java.time.LocalDate;
import org.assidu.accrual.model.LotKey;

/** Days since 1970-01-01 as the wire contract has them: yyyymmdd, and 0 for none. */
public final class WireDays {
    private WireDays() {}

    public static int of(int epochDay) {
        if (epochDay == 0) {
            return 0;
        }
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    }

    /** As {@link #of}, and 0 for what lives for ever. */
    static int lastDay(int expiryDay) {
        return expiryDay == LotKey.NEVER ? 0 : of(expiryDay);
    }

    static int lastDayOfLot(long lot) {
        return lot == LotKey.NONE ? 0 : lastDay(LotKey.expiryDay(lot));
    }
}
