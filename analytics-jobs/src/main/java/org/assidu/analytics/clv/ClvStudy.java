package org.assidu.analytics.clv;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.assidu.analytics.model.BgBbFit;
import org.assidu.analytics.model.CustomerSummary;
import org.assidu.analytics.model.DropoutDiagnosis;
import org.assidu.analytics.model.GammaGamma;
import org.assidu.analytics.model.HoldOut;
import org.assidu.analytics.model.ModelChoice;
import org.assidu.analytics.model.ParametricBootstrap;
import org.assidu.analytics.model.PredictionError;
import org.assidu.analytics.model.PurchaseFamily;
import org.assidu.analytics.model.PurchaseFit;
import org.assidu.analytics.model.PurchaseFitter;
import org.assidu.analytics.model.SpendFit;
import org.assidu.analytics.model.SpendSummary;
import org.assidu.analytics.model.SummaryTable;
import org.jspecify.annotations.Nullable;

/**
 * Every model fitted on the calibration and judged on the hold-out.
 *
 * @param candidates models of purchase times
 * @param discrete the model of opportunities; null where the calibration is too short for one repeat opportunity
 * @param spend null without a spend column or with fewer than {@value #FEWEST_SPENDERS} repeaters
 * @param baselines own rate and constant; empty without a hold-out
 * @param choice among the candidates
 * @param interval of the chosen model's hold-out total; null unless asked for
 */
public record ClvStudy(
        ClvSplit split,
        SummaryTable table,
        List<ModelChoice.Candidate> candidates,
        @Nullable Discrete discrete,
        @Nullable Spend spend,
        List<HoldOut.Score> baselines,
        ModelChoice choice,
        @Nullable ParametricBootstrap interval) {

    /** Below it a spend model says nothing. */
    static final int FEWEST_SPENDERS = 30;

    /** Below it a fit is shown with a warning. */
    static final int FEWEST_REPEATERS = 50;

    private static final double SAME_ERROR = 0.01;
    private static final long SEED = 20_050_405;
    private static final PredictionError NO_HOLD_OUT =
            new PredictionError(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /**
     * The BG/BB model.
     *
     * @param error in used opportunities; null without a whole period in the hold-out
     */
    public record Discrete(BgBbFit fit, @Nullable PredictionError error) {}

    /**
     * The spend model.
     *
     * @param error of mean spend a purchase over the customers who bought in the hold-out; null where nobody did
     * @param ownMean the same of guessing each customer's own mean so far, and the mean of all where there is none
     */
    public record Spend(
            SpendFit fit,
            @Nullable PredictionError error,
            @Nullable PredictionError ownMean) {}

    /**
     * Fits and judges.
     *
     * @param draws parametric bootstrap samples for the interval of the chosen model's total; 0 for none
     */
    public static ClvStudy of(ClvSplit split, int draws) {
        SummaryTable table = split.table();
        if (table.repeats() == 0) {
            throw new TransactionException(
                    "nothing to fit: no customer bought again by " + split.calibrationEnd() + " (" + table.customers()
                            + " customers with one purchase day each); choose a later --calibration-end");
        }
        Map<PurchaseFamily, PurchaseFit> fits = new EnumMap<>(PurchaseFamily.class);
        for (PurchaseFamily family : PurchaseFamily.values()) {
            fits.put(family, PurchaseFitter.fit(family, table));
        }
        PurchaseFit nbd = Objects.requireNonNull(fits.get(PurchaseFamily.NBD));
        HoldOut holdOut = split.holdOut();
        List<ModelChoice.Candidate> candidates = fits.values().stream()
                .map(fit -> new ModelChoice.Candidate(
                        fit,
                        DropoutDiagnosis.of(fit, nbd, table),
                        holdOut == null
                                ? NO_HOLD_OUT
                                : holdOut.score(fit.model()).error()))
                .toList();
        ModelChoice choice = ModelChoice.of(candidates);
        return new ClvStudy(
                split,
                table,
                candidates,
                discrete(split),
                spend(split),
                holdOut == null ? List.of() : List.of(holdOut.scoreOwnRate(), holdOut.scoreConstant()),
                choice,
                holdOut == null || draws == 0 ? null : interval(choice, table, holdOut.time(), draws));
    }

    /** Name of the chosen model, as in the JSON. */
    public String chosenName() {
        return winningDiscreteError() != null
                ? "BG/BB"
                : choice.chosen().fit().family().label();
    }

    /** Why, with numbers. */
    public String explanation() {
        PredictionError error = winningDiscreteError();
        if (error == null) {
            return choice.explanation();
        }
        return String.format(
                Locale.ROOT,
                "BG/BB: purchases fall one to a period, and it is closest to the hold-out (mean absolute error %.3f"
                        + " against %.3f of %s).",
                error.meanAbsoluteError(),
                choice.chosen().error().meanAbsoluteError(),
                choice.chosen().fit().family().label());
    }

    /**
     * Hold-out error of BG/BB where it is the model to use: where it counts the same purchases as the others, the hold-out
     * decides between the kinds, since their likelihoods do not compare.
     */
    private @Nullable PredictionError winningDiscreteError() {
        Discrete one = discrete;
        if (one == null
                || !split.opportunities().sameCounts()
                || one.fit().verdict() != DropoutDiagnosis.Verdict.IDENTIFIED) {
            return null;
        }
        PredictionError error = one.error();
        boolean closer = error != null
                && error.meanAbsoluteError() * (1 + SAME_ERROR)
                        < choice.chosen().error().meanAbsoluteError();
        return closer ? error : null;
    }

    private static @Nullable Discrete discrete(ClvSplit split) {
        ClvSplit.Opportunities opportunities = split.opportunities();
        SummaryTable table = opportunities.table();
        if (table.repeats() == 0) {
            return null;
        }
        BgBbFit fit = BgBbFit.fit(table);
        HoldOut holdOut = opportunities.holdOut();
        return new Discrete(
                fit,
                holdOut == null
                        ? null
                        : holdOut.error((customer, periods) ->
                                fit.model().conditionalExpectedPurchases(customer, (int) periods)));
    }

    private static @Nullable Spend spend(ClvSplit split) {
        List<SpendSummary> known = new ArrayList<>();
        for (ClvSplit.SpendHistory history : split.spend()) {
            SpendSummary summary = history.known();
            if (summary != null) {
                known.add(summary);
            }
        }
        if (known.size() < FEWEST_SPENDERS) {
            return null;
        }
        SpendFit fit = SpendFit.fit(known);
        List<ClvSplit.SpendHistory> again = split.spend().stream()
                .filter(history -> !Double.isNaN(history.meanAfter()))
                .toList();
        if (again.isEmpty()) {
            return new Spend(fit, null, null);
        }
        double mean =
                known.stream().mapToDouble(SpendSummary::meanSpend).average().orElse(0);
        double[] actual =
                again.stream().mapToDouble(ClvSplit.SpendHistory::meanAfter).toArray();
        return new Spend(
                fit,
                PredictionError.between(
                        again.stream()
                                .mapToDouble(one -> expected(fit.model(), one.known()))
                                .toArray(),
                        actual),
                PredictionError.between(
                        again.stream()
                                .mapToDouble(one -> own(one.known(), mean))
                                .toArray(),
                        actual));
    }

    private static double expected(GammaGamma model, @Nullable SpendSummary known) {
        return known == null ? model.meanSpend() : model.conditionalMeanSpend(known.purchases(), known.meanSpend());
    }

    private static double own(@Nullable SpendSummary known, double mean) {
        return known == null ? mean : known.meanSpend();
    }

    private static ParametricBootstrap interval(ModelChoice choice, SummaryTable table, double time, int draws) {
        return ParametricBootstrap.of(
                choice.chosen().fit(),
                table,
                model -> {
                    double sum = 0;
                    for (int i = 0; i < table.size(); i++) {
                        CustomerSummary row = table.row(i);
                        sum += table.count(i) * model.conditionalExpectedPurchases(row, time);
                    }
                    return sum;
                },
                draws,
                SEED);
    }
}
