package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Standard errors, intervals and the diagnosis of fits at the edge of their parameters, on simulated customers. */
final class FitUncertaintyTest {

    private static final long SEED = Long.getLong("seed", 20_261_122L);

    /** Over many samples an interval holds the truth 19 times in 20, and errors tell how far estimates scatter. */
    @ParameterizedTest
    @CsvSource({
        "BG_NBD, 0.8, 6, 0.9, 3, 60",
        "MBG_NBD, 0.8, 6, 0.9, 3, 60",
        "PARETO_NBD, 0.8, 6, 0.9, 20, 30",
        "NBD, 0.8, 6, 1, 1, 80"
    })
    void intervalsHoldTheTruthNineteenTimesInTwenty(
            PurchaseFamily family, double first, double second, double third, double fourth, int samples) {
        PurchaseModel truth = family.of(first, second, third, fourth);
        List<PurchaseFit> fits = IntStream.range(0, samples)
                .parallel()
                .mapToObj(i -> PurchaseFitter.refit(truth, sample(truth, 1_000, SEED + 7_919L * i)))
                .toList();
        int held = 0;
        for (int i = 0; i < truth.parameters().size(); i++) {
            double value = truth.parameters().get(i);
            double squares = 0;
            double errors = 0;
            for (PurchaseFit fit : fits) {
                Interval interval = fit.intervals().get(i);
                held += interval.low() <= value && value <= interval.high() ? 1 : 0;
                double deviation = Math.log(fit.model().parameters().get(i) / value);
                squares += deviation * deviation / samples;
                errors += fit.standardErrors().get(i) / fit.model().parameters().get(i) / samples;
            }
            assertThat(errors)
                    .as("standard error of %s, seed %s", family.parameterNames().get(i), SEED)
                    .isCloseTo(Math.sqrt(squares), Percentage.withPercentage(40));
        }
        // Parameters of one sample are not independent, hence the wide margin around 95 %.
        assertThat(held / (double) samples / truth.parameters().size())
                .as("seed %s", SEED)
                .isBetween(0.87, 0.995);
    }

    @Test
    void theIntervalOfATotalHoldsTheTruth() {
        PurchaseModel truth = new BgNbd(0.8, 6, 0.9, 3);
        SummaryTable table = sample(truth, 2_000, SEED);
        PurchaseFit fit = PurchaseFitter.fit(PurchaseFamily.BG_NBD, table);
        var interval = ParametricBootstrap.of(fit, table, model -> model.expectedPurchases(200), 20, SEED);
        assertThat(truth.expectedPurchases(200)).isBetween(interval.low(), interval.high());
        assertThat(interval.high() / interval.low()).isBetween(1.05, 1.6);
    }

    /** Everyone stops with the same probability: that they stop is seen, how it differs between them is not. */
    @Test
    void dropoutWithoutSpreadIsAtTheEdge() {
        SummaryTable table = sample(new BgNbd(3, 6, 2e6, 18e6), 4_000, SEED);
        PurchaseFit fit = PurchaseFitter.fit(PurchaseFamily.BG_NBD, table);
        var diagnosis = DropoutDiagnosis.of(fit, PurchaseFitter.fit(PurchaseFamily.NBD, table), table);
        assertThat(diagnosis.gain()).isGreaterThan(50);
        assertThat(diagnosis.meanDropout()).isCloseTo(0.1, within(0.02));
        assertThat(diagnosis.verdict()).as("%s", fit).isEqualTo(DropoutDiagnosis.Verdict.SPREAD_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "BG_NBD,     0.8,  3,    true,  50,  IDENTIFIED",
        "BG_NBD,     0.8,  3,    true,  1.9, NO_GAIN_OVER_NBD",
        "BG_NBD,     0.8,  3,    false, 50,  SPREAD_UNKNOWN",
        "BG_NBD,     4e3,  2e4,  true,  50,  SPREAD_UNKNOWN",
        "MBG_NBD,    1e-6, 3,    true,  50,  VANISHES",
        "PARETO_NBD, 1e-6, 3,    true,  50,  VANISHES",
        "PARETO_NBD, 0.6,  12,   true,  50,  IDENTIFIED",
        "PARETO_NBD, 2e4,  9e5,  true,  50,  SPREAD_UNKNOWN",
        "NBD,        1,    1,    true,  0,   ASSUMED_AWAY"
    })
    void everyEdgeHasItsVerdict(
            PurchaseFamily family,
            double third,
            double fourth,
            boolean curved,
            double gain,
            DropoutDiagnosis.Verdict verdict) {
        SummaryTable table = SummaryTable.of(List.of(new CustomerSummary(1, 10, 40)));
        PurchaseFit fit = fit(family.of(0.5, 6, third, fourth), -100 + gain, curved);
        var diagnosis = DropoutDiagnosis.of(fit, fit(new Nbd(0.5, 6), -100, true), table);
        assertThat(diagnosis.verdict()).isEqualTo(verdict);
        assertThat(diagnosis.gain()).isCloseTo(gain, within(1e-9));
        assertThat(diagnosis.explanation())
                .contains(verdict == DropoutDiagnosis.Verdict.IDENTIFIED ? "is identified" : "P(alive)");
    }

    @Test
    void aFlatFitHasNoInterval() {
        PurchaseFit flat = new PurchaseFit(
                new BgNbd(0.5, 6, 0.8, 3),
                -100,
                List.of(Double.NaN, Double.NaN, Double.NaN, Double.NaN),
                false,
                List.of(),
                1);
        assertThat(flat.intervals()).hasSize(4).allMatch(one -> Double.isNaN(one.low()) && Double.isNaN(one.high()));
    }

    @Test
    void anIntervalOfAPositiveParameterIsSymmetricInItsLogarithm() {
        Interval interval = Interval.ofPositive(2, 0.5);
        assertThat(interval.low() * interval.high()).isCloseTo(4, within(1e-12));
        assertThat(Math.log(interval.high() / 2)).isCloseTo(1.959964 / 4, within(1e-6));
        SpendFit spend = new SpendFit(new GammaGamma(6, 1.01, 15), -1, List.of(0.1, 0.05, 1.0), true, 0, 9, List.of());
        assertThat(spend.intervals().get(1).low()).isGreaterThan(1);
    }

    private static PurchaseFit fit(PurchaseModel model, double logLikelihood, boolean curved) {
        List<Double> errors =
                model.parameters().stream().map(value -> value / 10).toList();
        return new PurchaseFit(model, logLikelihood, errors, curved, List.of(), 1);
    }

    private static SummaryTable sample(PurchaseModel model, int customers, long seed) {
        var ages = new SplittableRandom(seed);
        List<Double> drawn =
                ages.ints(customers, 26, 79).mapToObj(age -> (double) age).toList();
        return SummaryTable.of(new PurchaseSimulator(model, seed + 1).customers(drawn));
    }
}
