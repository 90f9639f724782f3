package org.assidu.accrual.model;

import java.math.BigDecimal;

/** Micropoints: one point is 1,000,000 of them. Balances and shares are {@code long} micropoints everywhere. */
public final class Points {
    /** Micropoints in a point. */
    public static final long MICRO = 1_000_000L;

    private Points() {}

    /** Whole points a member sees: the floor of the purse. */
    public static long whole(long pointsMicro) {
        return Math.floorDiv(pointsMicro, MICRO);
    }

    /** Decimal points without trailing zeros, such as {@code 12.5}. */
    public static String format(long pointsMicro) {
        return BigDecimal.valueOf(pointsMicro, 6).stripTrailingZeros().toPlainString();
    }
}
