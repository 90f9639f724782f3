package org.assidu.analytics.features;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/**
 * What a run looks at: the same for every report.
 *
 * @param firstDate first day with a receipt in the data; what happened before is not known (left truncation)
 * @param lastDate last day with a receipt: the end of observation
 * @param zone in which days and months are told
 * @param position journal position the export reached
 * @param lines in the run's currency, anonymous ones included
 * @param populationLines sale lines of members: the sales population
 */
public record Scope(
        LocalDate firstDate,
        LocalDate lastDate,
        Currency currency,
        ZoneId zone,
        long position,
        long lines,
        long populationLines) {

    /** Every calendar month from the first to the last day, gaps included. */
    public List<YearMonth> months() {
        List<YearMonth> months = new ArrayList<>();
        for (YearMonth month = YearMonth.from(firstDate);
                !month.isAfter(YearMonth.from(lastDate));
                month = month.plusMonths(1)) {
            months.add(month);
        }
        return months;
    }

    /** The data end before the month does, so the month's figures are not final. */
    public boolean isPartial(YearMonth month) {
        return (month.equals(YearMonth.from(lastDate)) && lastDate.isBefore(month.atEndOfMonth()))
                || (month.equals(YearMonth.from(firstDate)) && firstDate.getDayOfMonth() > 1);
    }

    /** Days of a calendar year that were observed. */
    public long daysOf(int year) {
        LocalDate from = LocalDate.of(year, 1, 1);
        LocalDate to = LocalDate.of(year, 12, 31);
        long first = Math.max(from.toEpochDay(), firstDate.toEpochDay());
        long last = Math.min(to.toEpochDay(), lastDate.toEpochDay());
        return Math.max(0, last - first + 1);
    }

    /** Days observed, first and last included. */
    public long days() {
        return lastDate.toEpochDay() - firstDate.toEpochDay() + 1;
    }
}
