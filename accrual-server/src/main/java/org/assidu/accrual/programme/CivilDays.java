package org.assidu.accrual.programme;

/**
 * Proleptic Gregorian calendar arithmetic on days since 1970-01-01 and months since January of year 0, without allocation:
 * years are counted from March, so that the leap day comes last (H. Hinnant, "chrono-compatible low-level date algorithms",
 * civil_from_days and days_from_civil).
 */
public final class CivilDays {
    private static final int ERA_DAYS = 146_097;
    private static final int ERA_MONTHS = 4_800;
    /** Days from 0000-03-01 to 1970-01-01. */
    private static final int EPOCH_SHIFT = 719_468;

    private static final int MARCH = 2;

    private CivilDays() {}

    /** Months since January of year 0. */
    public static int month(long epochDay) {
        long day = epochDay + EPOCH_SHIFT;
        long era = Math.floorDiv(day, (long) ERA_DAYS);
        long yearOfEra = yearOfEra(day - era * ERA_DAYS);
        long monthFromMarch = (5 * dayOfYear(day - era * ERA_DAYS, yearOfEra) + 2) / 153;
        return Math.toIntExact(era * ERA_MONTHS + yearOfEra * 12 + monthFromMarch + MARCH);
    }

    /** From 1. */
    public static int dayOfMonth(long epochDay) {
        long dayOfEra = Math.floorMod(epochDay + EPOCH_SHIFT, (long) ERA_DAYS);
        long dayOfYear = dayOfYear(dayOfEra, yearOfEra(dayOfEra));
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        return (int) (dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    }

    private static long yearOfEra(long dayOfEra) {
        return (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    }

    private static long dayOfYear(long dayOfEra, long yearOfEra) {
        return dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    }

    /** First day of a month. */
    public static int firstDay(int month) {
        long shifted = month - MARCH;
        long era = Math.floorDiv(shifted, (long) ERA_MONTHS);
        long monthOfEra = shifted - era * ERA_MONTHS;
        long yearOfEra = monthOfEra / 12;
        long dayOfYear = (153 * (monthOfEra % 12) + 2) / 5;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return Math.toIntExact(era * ERA_DAYS + dayOfEra - EPOCH_SHIFT);
    }

    public static int lastDay(int month) {
        return firstDay(month + 1) - 1;
    }

    /** The same day so many months later, or the last one of a month that is too short. */
    public static int plusMonths(int epochDay, int months) {
        int month = month(epochDay) + months;
        return Math.min(firstDay(month) + dayOfMonth(epochDay) - 1, lastDay(month));
    }

    /** Day of a date written as yyyymmdd. */
    public static int of(int yyyymmdd) {
        int month = yyyymmdd / 10_000 * 12 + yyyymmdd / 100 % 100 - 1;
        return firstDay(month) + yyyymmdd % 100 - 1;
    }
}
