package org.assidu.accrual.table;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalInt;

/** Times and dates as the tables hold them. */
final class Calendar {
    private static final long FIRST_MILLIS =
            LocalDate.of(1, 1, 2).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    private static final long LAST_MILLIS =
            LocalDate.of(9999, 12, 30).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();

    private Calendar() {}

    /** A time within the years 1 to 9999, which every reader of Parquet knows; times outside become the nearest. */
    static long within(long millis) {
        return Math.max(FIRST_MILLIS, Math.min(LAST_MILLIS, millis));
    }

    static long micros(long millis) {
        return within(millis) * 1_000;
    }

    static LocalDateTime local(long millis, ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(within(millis)), zone);
    }

    /** Month as yyyymm. */
    static int month(LocalDateTime time) {
        return time.getYear() * 100 + time.getMonthValue();
    }

    /** {@code 2026-11} for 202611. */
    static String monthText(int month) {
        return String.format(Locale.ROOT, "%04d-%02d", month / 100, month % 100);
    }

    /** Days since 1970-01-01 of a date as yyyymmdd; empty for what is no date, 0 included. */
    static OptionalInt epochDay(int yyyymmdd) {
        int year = yyyymmdd / 10_000;
        int month = yyyymmdd / 100 % 100;
        int day = yyyymmdd % 100;
        if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
            return OptionalInt.empty();
        }
        YearMonth within = YearMonth.of(year, month);
        return within.isValidDay(day) ? OptionalInt.of((int) within.atDay(day).toEpochDay()) : OptionalInt.empty();
    }
}
