package org.assidu.analytics.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The BG/BB model fitted by maximum likelihood over log parameters, and whether its dropout is identified.
 *
 * <p>Its likelihood is of used and unused opportunities, not of purchase times, and must not be compared with that of the
 * {@link PurchaseModel}s. Dropout is judged against the same model without it (beta-Bernoulli), as {@link
 * DropoutDiagnosis} judges the others against NBD.
 *
 * @param standardErrors of the parameters; NaN where the likelihood is flat
 * @param gain log-likelihood over that without dropout
 * @param starts log-likelihood reached from each start
 */
public record BgBbFit(
        BgBb model,
        double logLikelihood,
        List<Double> standardErrors,
        boolean curved,
        double gain,
        List<Double> starts,
        long customers) {

    private static final double[][] STARTS = {{1, 1, 1, 1}, {0.5, 2, 0.5, 3}, {1.2, 0.8, 0.7, 3}, {0.3, 4, 1, 20}};
    private static final double VANISHING = 1e-3;

    /** Fits to summaries that count opportunities. */
    public static BgBbFit fit(SummaryTable table) {
        if (table.repeats() == 0) {
            throw new IllegalArgumentException("BG/BB has nothing to fit: none of " + table.customers()
                    + " customers used an opportunity; use a longer period");
        }
        List<LikelihoodSearch.Optimum> ends = IntStream.range(0, STARTS.length)
                .parallel()
                .mapToObj(i -> new LikelihoodSearch(point -> of(point).logLikelihood(table))
                        .from(Arrays.stream(STARTS[i]).map(Math::log).toArray()))
                .toList();
        LikelihoodSearch.Optimum best = ends.stream()
                .max(Comparator.comparingDouble(LikelihoodSearch.Optimum::logLikelihood))
                .orElseThrow();
        BgBb model = of(best.point());
        return new BgBbFit(
                model,
                best.logLikelihood(),
                standardErrors(model, best.covariance()),
                best.curved(),
                best.logLikelihood() - withoutDropout(table),
                ends.stream().map(LikelihoodSearch.Optimum::logLikelihood).toList(),
                table.customers());
    }

    /** 95 % intervals of the parameters, in their order. */
    public List<Interval> intervals() {
        List<Double> values = model.parameters();
        return IntStream.range(0, values.size())
                .mapToObj(i -> Interval.ofPositive(values.get(i), standardErrors.get(i)))
                .toList();
    }

    /** Bayesian information criterion, comparable among models of opportunities only. */
    public double bayesianCriterion() {
        return BgBb.PARAMETER_NAMES.size() * Math.log((double) customers) - 2 * logLikelihood;
    }

    public DropoutDiagnosis.Verdict verdict() {
        if (gain < DropoutDiagnosis.LEAST_GAIN) {
            return DropoutDiagnosis.Verdict.NO_GAIN_OVER_NBD;
        }
        if (model.meanDropout() < VANISHING) {
            return DropoutDiagnosis.Verdict.VANISHES;
        }
        return DropoutDiagnosis.spreadUnknown(curved, model.delta(), standardErrors.get(3))
                ? DropoutDiagnosis.Verdict.SPREAD_UNKNOWN
                : DropoutDiagnosis.Verdict.IDENTIFIED;
    }

    /** The verdict in a sentence with its numbers. */
    public String explanation() {
        String numbers =
                String.format(Locale.ROOT, "gain over the model without dropout %.2f log-likelihood units", gain);
        return switch (verdict()) {
            case NO_GAIN_OVER_NBD ->
                "Dropout is not identifiable (" + numbers + ", under " + DropoutDiagnosis.LEAST_GAIN
                        + "): unused opportunities look like chance. P(alive) is not shown.";
            case VANISHES ->
                "Dropout is not identifiable (" + numbers + ", dropout rate near zero). P(alive) is not shown.";
            case SPREAD_UNKNOWN ->
                "Dropout is not identifiable per customer (" + numbers + "): its spread over customers is at the edge"
                        + " of the parameters. P(alive) is not shown.";
            case ASSUMED_AWAY, IDENTIFIED -> "Dropout is identified (" + numbers + ").";
        };
    }

    /** The greatest log-likelihood of a beta-Bernoulli model, in which nobody stops. */
    private static double withoutDropout(SummaryTable table) {
        var search = new LikelihoodSearch(point -> {
            double sum = 0;
            for (int i = 0; i < table.size(); i++) {
                CustomerSummary row = table.row(i);
                double a = Math.exp(point[0]);
                double b = Math.exp(point[1]);
                int n = (int) row.age();
                sum += table.count(i)
                        * (LogMath.logRising(a, row.repeats())
                                + LogMath.logRising(b, n - row.repeats())
                                - LogMath.logRising(a + b, n));
            }
            return sum;
        });
        double used = table.repeats() / table.observedTime();
        return search.from(new double[] {Math.log(used), Math.log(1 - used + 1e-3)})
                .logLikelihood();
    }

    private static BgBb of(double[] logs) {
        return new BgBb(Math.exp(logs[0]), Math.exp(logs[1]), Math.exp(logs[2]), Math.exp(logs[3]));
    }

    private static List<Double> standardErrors(BgBb model, double @Nullable [][] covariance) {
        var errors = new ArrayList<Double>();
        for (int i = 0; i < model.parameters().size(); i++) {
            errors.add(covariance == null ? Double.NaN : model.parameters().get(i) * Math.sqrt(covariance[i][i]));
        }
        return List.copyOf(errors);
    }
}
