package org.assidu.accrual.programme;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/** Days that come again: birthdays, and every so many months since a day. */
public final class Anniversaries {
    /** No day. */
    public static final int NEVER = Integer.MAX_VALUE;

    private static final int LAST_YEAR = 9_999;

    private Anniversaries() {}

    /** Whether month × 100 + day is a day of some year. */
    public static boolean isMonthAndDay(long monthAndDay) {
        long month = monthAndDay / 100;
        long day = monthAndDay % 100;
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= Month.of((int) month).maxLength();
    }

    /**
     * The birthday of a year, as epoch day; 29 February is 28 February in years without one.
     *
     * @param monthAndDay month × 100 + day
     */
    public static int birthday(long monthAndDay, int year) {
        int month = (int) (monthAndDay / 100);
        int dayOfMonth = (int) (monthAndDay % 100);
        int moved = month == 2 && dayOfMonth == 29 && !Year.isLeap(year) ? 28 : dayOfMonth;
        return (int) LocalDate.of(year, month, moved).toEpochDay();
    }

    /** First birthday after a day; {@link #NEVER} for a month and day of 0, which is unknown. */
    public static int nextBirthday(long monthAndDay, int afterDay) {
        if (monthAndDay == 0) {
            return NEVER;
        }
        int year = LocalDate.ofEpochDay(afterDay).getYear();
        if (year >= LAST_YEAR) {
            return NEVER;
        }
        int thisYear = birthday(monthAndDay, year);
        return thisYear > afterDay ? thisYear : birthday(monthAndDay, year + 1);
    }

    /**
     * First day after {@code afterDay} that is a whole multiple of some months after a day; the end of shorter months stands for
     * days that they lack.
     */
    public static int nextEvery(int months, int fromDay, int afterDay) {
        LocalDate from = LocalDate.ofEpochDay(fromDay);
        LocalDate after = LocalDate.ofEpochDay(Math.max(fromDay, afterDay));
        if (after.getYear() >= LAST_YEAR) {
            return NEVER;
        }
        long passed = (after.getYear() - from.getYear()) * 12L + after.getMonthValue() - from.getMonthValue();
        long multiple = Math.max(1, passed / months);
        while (!from.plusMonths(multiple * months).isAfter(after)) {
            multiple++;
        }
        return (int) from.plusMonths(multiple * months).toEpochDay();
    }
}
