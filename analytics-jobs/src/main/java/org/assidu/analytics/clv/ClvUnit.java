package org.assidu.analytics.clv;

import java.time.LocalDate;
import java.util.Locale;

/** The unit of time of rates, ages and opportunities. */
public enum ClvUnit {
    DAYS(1),
    WEEKS(7),
    /** A twelfth of 365.25 days as a length; calendar months as opportunities. */
    MONTHS(365.25 / 12);

    private final double days;

    ClvUnit(double days) {
        this.days = days;
    }

    /** As typed on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Time from one day to another. */
    double between(LocalDate from, LocalDate to) {
        return (to.toEpochDay() - from.toEpochDay()) / days;
    }

    /** The period a day falls in, counted from the one that begins on {@code start}; negative before it. */
    int period(LocalDate start, LocalDate day) {
        if (this != MONTHS) {
            return (int) Math.floorDiv(day.toEpochDay() - start.toEpochDay(), (long) days);
        }
        int months = (day.getYear() - start.getYear()) * 12 + day.getMonthValue() - start.getMonthValue();
        return day.getDayOfMonth() < start.getDayOfMonth() ? months - 1 : months;
    }
}
