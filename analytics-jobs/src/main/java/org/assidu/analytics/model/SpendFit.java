package org.assidu.analytics.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Gamma-Gamma model fitted by maximum likelihood over (ln p, ln(q − 1), ln v), which keeps q above 1.
 *
 * @param standardErrors of p, q, v; NaN where the likelihood is flat
 * @param curved whether the optimum is an interior one
 * @param countSpendCorrelation between number of purchases and mean spend; the model assumes none
 * @param starts how each search ended: p, q, v and log-likelihood
 */
public record SpendFit(
        GammaGamma model,
        double logLikelihood,
        List<Double> standardErrors,
        boolean curved,
        double countSpendCorrelation,
        int customers,
        List<List<Double>> starts) {

    private static final double[][] STARTS = {{1, 1, 1}, {6, 2.5, 0.4}, {2, 4, 1.5}, {12, 1, 0.1}, {0.6, 8, 10}};

    public static SpendFit fit(Collection<SpendSummary> repeaters) {
        if (repeaters.size() < 3) {
            throw new IllegalArgumentException("spend model needs at least 3 customers with a repeat purchase of"
                    + " positive amount, found " + repeaters.size());
        }
        // Sorted, so that sums do not depend on the order of arrival.
        SpendSummary[] rows = repeaters.stream()
                .sorted(Comparator.comparingInt(SpendSummary::purchases).thenComparingDouble(SpendSummary::meanSpend))
                .toArray(SpendSummary[]::new);
        double mean = 0;
        for (SpendSummary row : rows) {
            mean += row.meanSpend() / rows.length;
        }
        double unit = mean;
        List<SameCount> groups = SameCount.of(rows);
        var ends = new ArrayList<LikelihoodSearch.Optimum>();
        for (double[] start : STARTS) {
            var search = new LikelihoodSearch(point -> sum(of(point, unit), groups));
            ends.add(search.from(new double[] {Math.log(start[0]), Math.log(start[1]), Math.log(start[2])}));
        }
        LikelihoodSearch.Optimum best = ends.stream()
                .max(Comparator.comparingDouble(LikelihoodSearch.Optimum::logLikelihood))
                .orElseThrow();
        GammaGamma model = of(best.point(), unit);
        return new SpendFit(
                model,
                best.logLikelihood(),
                standardErrors(model, best.covariance()),
                best.curved(),
                correlation(rows),
                rows.length,
                ends.stream().map(end -> row(end, unit)).toList());
    }

    /** 95 % intervals of p, q, v; that of q is symmetric in ln(q − 1), as q is above 1. */
    public List<Interval> intervals() {
        Interval above = Interval.ofPositive(model.q() - 1, standardErrors.get(1));
        return List.of(
                Interval.ofPositive(model.p(), standardErrors.get(0)),
                new Interval(1 + above.low(), 1 + above.high()),
                Interval.ofPositive(model.v(), standardErrors.get(2)));
    }

    private static GammaGamma of(double[] logs, double unit) {
        return new GammaGamma(Math.exp(logs[0]), 1 + Math.exp(logs[1]), Math.exp(logs[2]) * unit);
    }

    private static double sum(GammaGamma model, List<SameCount> groups) {
        double sum = 0;
        for (SameCount group : groups) {
            sum += group.logLikelihood(model);
        }
        return sum;
    }

    /**
     * Customers with as many purchases each: what depends on that number alone, the costly part, is worked out once.
     *
     * @param totals spend over all purchases, of each
     * @param logMeans sum of the logarithms of mean spend
     */
    private record SameCount(int purchases, double[] totals, double logMeans) {

        /** @param rows sorted by purchases */
        static List<SameCount> of(SpendSummary[] rows) {
            var groups = new ArrayList<SameCount>();
            int end;
            for (int begin = 0; begin < rows.length; begin = end) {
                int purchases = rows[begin].purchases();
                double logs = 0;
                for (end = begin; end < rows.length && rows[end].purchases() == purchases; end++) {
                    logs += Math.log(rows[end].meanSpend());
                }
                double[] totals = new double[end - begin];
                for (int i = begin; i < end; i++) {
                    totals[i - begin] = purchases * rows[i].meanSpend();
                }
                groups.add(new SameCount(purchases, totals, logs));
            }
            return groups;
        }

        /** Compensated, so that finite differences of it stay meaningful. */
        double logLikelihood(GammaGamma model) {
            double sum = 0;
            double lost = 0;
            for (double total : totals) {
                double term = Math.log(model.v() + total) - lost;
                double next = sum + term;
                lost = (next - sum) - term;
                sum = next;
            }
            return model.logLikelihood(purchases, totals.length, logMeans, sum);
        }
    }

    private static List<Double> standardErrors(GammaGamma model, double @Nullable [][] covariance) {
        double[] scale = {model.p(), model.q() - 1, model.v()};
        var errors = new ArrayList<Double>();
        for (int i = 0; i < scale.length; i++) {
            errors.add(covariance == null ? Double.NaN : scale[i] * Math.sqrt(covariance[i][i]));
        }
        return List.copyOf(errors);
    }

    private static List<Double> row(LikelihoodSearch.Optimum end, double unit) {
        GammaGamma model = of(end.point(), unit);
        return List.of(model.p(), model.q(), model.v(), end.logLikelihood());
    }

    private static double correlation(SpendSummary[] rows) {
        double[] counts = new double[rows.length];
        double[] means = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            counts[i] = rows[i].purchases();
            means[i] = rows[i].meanSpend();
        }
        return PredictionError.correlation(counts, means);
    }
}
