package org.assidu.accrual.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.assidu.accrual.replay.WhatIfReport.Change;
import org.jspecify.annotations.Nullable;

/** Points, amounts and counts as people write them. */
final class WhatIfNumbers {
    private static final int MICRO_DIGITS = 6;
    private static final int POINT_DIGITS = 2;

    private final String currency;
    private final int digits;
    private final DecimalFormat format;

    WhatIfNumbers(boolean french, String currency, int digits) {
        this.currency = currency;
        this.digits = digits;
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(french ? Locale.FRANCE : Locale.UK);
        format = new DecimalFormat("#,##0.##", symbols);
        format.setRoundingMode(RoundingMode.HALF_UP);
    }

    /** A constant's name as words. */
    static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Of a purse. */
    String purse(long micro, boolean money) {
        return money ? money(BigDecimal.valueOf(micro, MICRO_DIGITS + digits)) : points(micro);
    }

    String points(long micro) {
        return decimal(BigDecimal.valueOf(micro, MICRO_DIGITS), 0, POINT_DIGITS);
    }

    String minor(long minor) {
        return money(BigDecimal.valueOf(minor, digits));
    }

    String money(BigDecimal units) {
        return decimal(units, digits, digits) + ' ' + currency;
    }

    /** As exact as it is. */
    String exact(BigDecimal value) {
        return decimal(value, 0, 12);
    }

    String count(long count) {
        return decimal(BigDecimal.valueOf(count), 0, 0);
    }

    /** With its sign. */
    static String signed(String difference, long of) {
        return of > 0 ? "+" + difference : difference;
    }

    /** Relative to what it was; empty where that was nothing. */
    String percent(@Nullable Change change) {
        if (change == null || change.before() == 0 || change.difference() == 0) {
            return "";
        }
        BigDecimal percent = BigDecimal.valueOf(change.difference())
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(Math.abs(change.before())), 1, RoundingMode.HALF_UP);
        return signed(decimal(percent, 1, 1) + " %", percent.signum());
    }

    private String decimal(BigDecimal value, int least, int most) {
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(most);
        return format.format(value);
    }
}
