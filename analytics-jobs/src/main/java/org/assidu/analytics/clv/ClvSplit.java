package org.assidu.analytics.clv;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.assidu.analytics.model.CustomerSummary;
import org.assidu.analytics.model.HoldOut;
import org.assidu.analytics.model.SpendSummary;
import org.assidu.analytics.model.SummaryTable;
import org.jspecify.annotations.Nullable;

/**
 * Customers as known at the end of calibration, and what they did afterwards.
 *
 * <p>Customers first seen after calibration are out: no model knows them. In {@code opportunities} time is counted in whole
 * periods that end with the calibration, as the BG/BB model needs it; a customer's first period is not an opportunity.
 *
 * @param calibrationEnd last day of calibration
 * @param holdOutEnd last day of the hold-out; the end of calibration where there is none
 * @param customers of the calibration, in the order of the transactions
 * @param holdOut null without one
 * @param spend of each customer, in the same order; empty without a spend column
 * @param laterCustomers first seen after calibration
 */
public record ClvSplit(
        ClvUnit unit,
        LocalDate calibrationEnd,
        LocalDate holdOutEnd,
        List<CustomerSummary> customers,
        @Nullable HoldOut holdOut,
        List<SpendHistory> spend,
        Opportunities opportunities,
        long laterCustomers) {

    /**
     * Repeat spend of one customer.
     *
     * @param known null without a repeat of positive mean spend
     * @param meanAfter mean spend a purchase in the hold-out; NaN without one
     */
    public record SpendHistory(@Nullable SpendSummary known, double meanAfter) {}

    /**
     * The same customers in whole periods.
     *
     * @param holdOut null without a whole period after calibration
     * @param sameCounts whether used periods and purchase days are the same for every customer, before and after
     */
    public record Opportunities(
            List<CustomerSummary> customers, @Nullable HoldOut holdOut, boolean sameCounts) {

        public SummaryTable table() {
            return SummaryTable.of(customers);
        }
    }

    public SummaryTable table() {
        return SummaryTable.of(customers);
    }

    /** Splits at the end of calibration; a null {@code holdOutEnd} is the last day of the data. */
    public static ClvSplit of(
            Transactions transactions, ClvUnit unit, LocalDate calibrationEnd, @Nullable LocalDate holdOutEnd) {
        LocalDate end = holdOutEnd == null ? transactions.lastDay() : holdOutEnd;
        check(transactions, calibrationEnd, end, holdOutEnd != null);
        var summaries = new ArrayList<CustomerSummary>();
        var after = new ArrayList<Integer>();
        var spend = new ArrayList<SpendHistory>();
        long later = 0;
        for (Transactions.Customer customer : transactions.customers()) {
            int known = customer.until(calibrationEnd);
            if (known == 0) {
                later += customer.until(end) > 0 ? 1 : 0;
                continue;
            }
            LocalDate first = customer.days()[0];
            int until = customer.until(end);
            summaries.add(new CustomerSummary(
                    known - 1, unit.between(first, customer.days()[known - 1]), unit.between(first, calibrationEnd)));
            after.add(until - known);
            spend.add(history(customer, known, until));
        }
        HoldOut holdOut =
                end.isAfter(calibrationEnd) ? new HoldOut(summaries, after, unit.between(calibrationEnd, end)) : null;
        return new ClvSplit(
                unit,
                calibrationEnd,
                end,
                List.copyOf(summaries),
                holdOut,
                transactions.withSpend() ? List.copyOf(spend) : List.of(),
                opportunities(transactions, unit, calibrationEnd, end),
                later);
    }

    private static void check(
            Transactions transactions, LocalDate calibrationEnd, LocalDate end, boolean holdOutAsked) {
        String range = "the data run from " + transactions.firstDay() + " to " + transactions.lastDay();
        if (calibrationEnd.isBefore(transactions.firstDay()) || calibrationEnd.isAfter(transactions.lastDay())) {
            throw new TransactionException("--calibration-end " + calibrationEnd + " is outside the data: " + range
                    + "; choose a day in between, at about two thirds");
        }
        if (holdOutAsked && !end.isAfter(calibrationEnd)) {
            throw new TransactionException("--holdout-end " + end + " is not after --calibration-end " + calibrationEnd
                    + "; leave it out to use all data after the calibration");
        }
        if (holdOutAsked && calibrationEnd.equals(transactions.lastDay())) {
            throw new TransactionException("no transaction after --calibration-end " + calibrationEnd + ": " + range
                    + "; choose an earlier day, or leave --holdout-end out to fit without a hold-out");
        }
    }

    private static SpendHistory history(Transactions.Customer customer, int known, int until) {
        double before = sum(customer.spend(), 1, known);
        double after = sum(customer.spend(), known, until);
        return new SpendHistory(
                before > 0 ? new SpendSummary(known - 1, before / (known - 1)) : null,
                until > known ? after / (until - known) : Double.NaN);
    }

    private static double sum(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }

    private static Opportunities opportunities(
            Transactions transactions, ClvUnit unit, LocalDate calibrationEnd, LocalDate end) {
        LocalDate start = calibrationEnd.plusDays(1);
        // Only whole periods after calibration are opportunities: the day after the end must begin a new one.
        int ahead = unit.period(start, end.plusDays(1));
        var summaries = new ArrayList<CustomerSummary>();
        var after = new ArrayList<Integer>();
        boolean sameCounts = true;
        for (Transactions.Customer customer : transactions.customers()) {
            int known = customer.until(calibrationEnd);
            if (known == 0) {
                continue;
            }
            int until = customer.until(end);
            int first = unit.period(start, customer.days()[0]);
            int used = 0;
            int usedAfter = 0;
            int last = first;
            int lastKnown = first;
            for (int i = 1; i < until; i++) {
                int period = unit.period(start, customer.days()[i]);
                if (period > last && period < 0) {
                    used++;
                    lastKnown = period;
                }
                usedAfter += period > last && period >= 0 && period < ahead ? 1 : 0;
                last = period;
            }
            sameCounts &= used == known - 1 && usedAfter == until - known;
            summaries.add(new CustomerSummary(used, lastKnown - first, -1 - first));
            after.add(usedAfter);
        }
        HoldOut holdOut = ahead > 0 ? new HoldOut(summaries, after, ahead) : null;
        return new Opportunities(List.copyOf(summaries), holdOut, sameCounts);
    }
}
