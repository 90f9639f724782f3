package org.assidu.analytics.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assidu.analytics.model.CustomerSummary;
import org.assidu.analytics.model.DiscountedValue;
import org.assidu.analytics.model.ParametricBootstrap;
import org.assidu.analytics.model.PurchaseModel;
import org.assidu.analytics.model.SpendFit;
import org.assidu.analytics.model.SummaryTable;
import org.jspecify.annotations.Nullable;

/**
 * What each member is expected to buy over the horizon, and the totals by month. Purchases are worked out once for each
 * distinct summary and joined back to members.
 *
 * @param monthlyPurchases expected purchases of all members, month by month
 * @param monthlyValueMinor their value, not discounted
 * @param interval of the total of expected purchases; null where none was asked for
 */
record ClvScores(
        List<Member> members,
        double[] monthlyPurchases,
        double[] monthlyValueMinor,
        double discountedMinor,
        @Nullable ParametricBootstrap interval) {

    static final int MONTHS = 12;
    static final double ANNUAL_DISCOUNT = 0.10;
    private static final double DAYS_A_MONTH = 365.25 / 12;
    private static final long SEED = 20_050_405;

    static final DiscountedValue HORIZON = new DiscountedValue(
            MONTHS, DAYS_A_MONTH / Occasions.DAYS_A_WEEK, DiscountedValue.perPeriod(ANNUAL_DISCOUNT, MONTHS));

    /**
     * One member's expectations.
     *
     * @param purchases over the horizon
     * @param spendMinor expected net turnover a purchase
     * @param valueMinor discounted net turnover over the horizon
     */
    record Member(
            long key,
            CustomerSummary summary,
            double probabilityAlive,
            double purchases,
            double spendMinor,
            double valueMinor) {}

    private record Expectation(double alive, double[] monthly, double discounted) {}

    static ClvScores of(List<Occasions> occasions, ClvModels models, LocalDate end, int replicates) {
        PurchaseModel model = models.chosen().model();
        Map<CustomerSummary, Expectation> bySummary = new HashMap<>();
        SummaryTable whole = models.whole();
        for (int i = 0; i < whole.size(); i++) {
            bySummary.put(whole.row(i), expectation(model, whole.row(i)));
        }
        double[] purchases = new double[MONTHS];
        double[] values = new double[MONTHS];
        double discounted = 0;
        var members = new ArrayList<Member>(occasions.size());
        for (Occasions one : occasions) {
            CustomerSummary summary = one.summary(end);
            Expectation expected = Objects.requireNonNull(bySummary.get(summary));
            double spend = spend(models.spend(), one);
            double sum = 0;
            for (int month = 0; month < MONTHS; month++) {
                purchases[month] += expected.monthly()[month];
                values[month] += expected.monthly()[month] * spend;
                sum += expected.monthly()[month];
            }
            discounted += expected.discounted() * spend;
            members.add(new Member(one.member(), summary, expected.alive(), sum, spend, expected.discounted() * spend));
        }
        double weeks = MONTHS * HORIZON.periodLength();
        ParametricBootstrap interval = replicates == 0
                ? null
                : ParametricBootstrap.of(
                        models.chosen(), whole, fitted -> total(fitted, whole, weeks), replicates, SEED);
        return new ClvScores(List.copyOf(members), purchases, values, discounted, interval);
    }

    double purchases() {
        return Arrays.stream(monthlyPurchases).sum();
    }

    private static Expectation expectation(PurchaseModel model, CustomerSummary summary) {
        double[] monthly = HORIZON.purchasesPerPeriod(model, summary);
        double discounted = 0;
        for (int month = 0; month < MONTHS; month++) {
            discounted += monthly[month] * HORIZON.weight(month);
        }
        return new Expectation(model.probabilityAlive(summary), monthly, discounted);
    }

    private static double total(PurchaseModel model, SummaryTable table, double weeks) {
        double sum = 0;
        for (int i = 0; i < table.size(); i++) {
            sum += table.count(i) * model.conditionalExpectedPurchases(table.row(i), weeks);
        }
        return sum;
    }

    /** Expected net turnover a purchase; without a spend model, the member's own mean over all occasions. */
    private static double spend(@Nullable SpendFit fit, Occasions member) {
        if (fit != null && fit.curved()) {
            return fit.model().conditionalMeanSpend(member.days().length - 1, member.meanRepeatMinor());
        }
        double sum = 0;
        for (long net : member.netMinor()) {
            sum += net;
        }
        return sum / member.netMinor().length;
    }
}
