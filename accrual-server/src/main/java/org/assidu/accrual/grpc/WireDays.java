package org.assidu.accrual.grpc;

import java.time.DateTimeException;
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

    /**
     * Epoch day of yyyymmdd.
     *
     * @param absent what 0 means
     * @throws io.grpc.StatusRuntimeException when there is no such day
     */
    static int epochDay(int day, int absent, String field) {
        if (day == 0) {
            return absent;
        }
        try {
            return Math.toIntExact(
                    LocalDate.of(day / 10_000, day / 100 % 100, day % 100).toEpochDay());
        } catch (DateTimeException none) {
            throw GrpcErrors.invalidArgument(field, day + " is no day; send yyyymmdd, such as 20261231");
        }
    }

    /** As {@link #of}, and 0 for what lives for ever. */
    static int lastDay(int expiryDay) {
        return expiryDay == LotKey.NEVER ? 0 : of(expiryDay);
    }

    static int lastDayOfLot(long lot) {
        return lot == LotKey.NONE ? 0 : lastDay(LotKey.expiryDay(lot));
    }
}
