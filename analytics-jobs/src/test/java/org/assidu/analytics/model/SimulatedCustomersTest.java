package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fits on customers drawn from known parameters: works without any data set. */
final class SimulatedCustomersTest {

    private static final long SEED = Long.getLong("seed", 20_261_122L);

    @ParameterizedTest
    @CsvSource({
        "BG_NBD, 0.6, 5, 0.9, 3",
        "MBG_NBD, 0.8, 6, 0.9, 3",
        "PARETO_NBD, 0.6, 10, 0.9, 20",
        "NBD, 0.6, 10, 1, 1"
    })
    void knownParametersAreRecoveredWithinFourStandardErrors(
            PurchaseFamily family, double first, double second, double third, double fourth) {
        PurchaseModel truth = family.of(first, second, third, fourth);
        SummaryTable table = SummaryTable.of(customers(truth, 8_000));
        PurchaseFit fit = PurchaseFitter.fit(family, table);
        assertThat(fit.curved()).as("seed %s", SEED).isTrue();
        assertThat(fit.logLikelihood()).isGreaterThanOrEqualTo(truth.logLikelihood(table));
        for (int i = 0; i < truth.parameters().size(); i++) {
            double error = fit.standardErrors().get(i);
            assertThat(error).isPositive().isLessThan(0.4 * truth.parameters().get(i));
            assertThat(fit.model().parameters().get(i))
                    .as("%s of %s, seed %s", family.parameterNames().get(i), family, SEED)
                    .isCloseTo(truth.parameters().get(i), within(4 * error));
        }
        fit.starts().forEach(start -> assertThat(start.logLikelihood()).isCloseTo(fit.logLikelihood(), within(1e-3)));
    }

    /** Large data is searched in part first; what is found is the optimum of the whole. */
    @ParameterizedTest
    @CsvSource({"BG_NBD, 0.9, 3", "MBG_NBD, 0.9, 3", "PARETO_NBD, 0.9, 20", "NBD, 1, 1"})
    void beginningOnAPartEndsWhereTheWholeDoes(PurchaseFamily family, double third, double fourth) {
        SummaryTable table = SummaryTable.of(customers(family.of(0.7, 6, third, fourth), 8_000));
        List<double[]> starts = PurchaseFitter.starts(family, table);
        PurchaseFit whole = PurchaseFitter.fit(family, table, starts, Integer.MAX_VALUE);
        PurchaseFit part = PurchaseFitter.fit(family, table, starts, 500);
        assertThat(part.logLikelihood()).as("seed %s", SEED).isCloseTo(whole.logLikelihood(), within(1e-5));
        assertThat(part.customers()).isEqualTo(whole.customers());
        for (int i = 0; i < starts.get(0).length; i++) {
            assertThat(part.model().parameters().get(i))
                    .isCloseTo(whole.model().parameters().get(i), Percentage.withPercentage(0.01));
            assertThat(part.standardErrors().get(i))
                    .isCloseTo(whole.standardErrors().get(i), Percentage.withPercentage(0.1));
        }
        assertThat(part.starts()).hasSameSizeAs(whole.starts());
        part.starts().forEach(start -> assertThat(start.logLikelihood()).isLessThan(whole.logLikelihood() + 1e-5));
    }

    @Test
    void aPartKeepsTheSharesOfTheWhole() {
        SummaryTable table = SummaryTable.of(customers(new BgNbd(0.6, 5, 0.9, 3), 8_000));
        SummaryTable part = table.thinned(800);
        assertThat(part.customers()).isEqualTo(800);
        assertThat((double) part.repeaters() / 800).isCloseTo((double) table.repeaters() / 8_000, within(0.002));
        assertThat(part.observedTime() / 800).isCloseTo(table.observedTime() / 8_000, Percentage.withPercentage(0.5));
        assertThat(table.thinned(8_000).customers()).isEqualTo(8_000);
        assertThat(table.thinned(1_000_000).size()).isEqualTo(table.size());
    }

    @ParameterizedTest
    @CsvSource({"BG_NBD, 0.9, 3", "MBG_NBD, 0.9, 3", "PARETO_NBD, 0.9, 20", "NBD, 1, 1"})
    void formulasAgreeWithWhatSimulatedCustomersDo(PurchaseFamily family, double third, double fourth) {
        PurchaseModel model = family.of(0.8, 6, third, fourth);
        var simulator = new PurchaseSimulator(model, SEED);
        int draws = 200_000;
        double repeats = 0;
        double after = 0;
        double expectedAfter = 0;
        for (int i = 0; i < draws; i++) {
            PurchaseSimulator.Drawn drawn = simulator.draw(30, 20);
            repeats += drawn.customer().repeats();
            after += drawn.purchasesAfter();
            expectedAfter += i % 10 == 0 ? 10 * model.conditionalExpectedPurchases(drawn.customer(), 20) : 0;
        }
        assertThat(repeats / draws).isCloseTo(model.expectedPurchases(30), Percentage.withPercentage(2));
        assertThat(after / draws)
                .isCloseTo(model.expectedPurchases(50) - model.expectedPurchases(30), Percentage.withPercentage(3));
        assertThat(expectedAfter / draws).isCloseTo(after / draws, Percentage.withPercentage(4));
    }

    @ParameterizedTest
    @CsvSource({"BG_NBD", "MBG_NBD", "PARETO_NBD"})
    void dropoutIsNotIdentifiedAmongCustomersWhoNeverStop(PurchaseFamily family) {
        SummaryTable table = SummaryTable.of(customers(new Nbd(1.2, 9), 4_000));
        PurchaseFit nbd = PurchaseFitter.fit(PurchaseFamily.NBD, table);
        var diagnosis = DropoutDiagnosis.of(PurchaseFitter.fit(family, table), nbd, table);
        assertThat(diagnosis.identified()).as("seed %s: %s", SEED, diagnosis).isFalse();
        assertThat(diagnosis.explanation()).contains("not identifiable").contains("P(alive) is not shown");
    }

    @Test
    void onlyNbdIsChosenWhenNoDropoutIsIdentified() {
        SummaryTable table = SummaryTable.of(customers(new Nbd(1.2, 9), 4_000));
        PurchaseFit nbd = PurchaseFitter.fit(PurchaseFamily.NBD, table);
        PurchaseFit bg = PurchaseFitter.fit(PurchaseFamily.BG_NBD, table);
        var none = new PredictionError(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        ModelChoice choice = ModelChoice.of(List.of(
                new ModelChoice.Candidate(bg, DropoutDiagnosis.of(bg, nbd, table), none),
                new ModelChoice.Candidate(nbd, DropoutDiagnosis.of(nbd, nbd, table), none)));
        assertThat(choice.reason()).isEqualTo(ModelChoice.Reason.ONLY_NBD_IDENTIFIED);
        assertThat(choice.chosen().fit().family()).isEqualTo(PurchaseFamily.NBD);
    }

    @Test
    void spendParametersAreRecovered() {
        var random = new SplittableRandom(SEED);
        var spend = new ArrayList<SpendSummary>();
        for (int i = 0; i < 8_000; i++) {
            // q = 4 and p = 6: sums of exponentials.
            double rate = exponentials(random, 4) / 15;
            int purchases = 1 + random.nextInt(6);
            spend.add(new SpendSummary(purchases, exponentials(random, 6 * purchases) / rate / purchases));
        }
        SpendFit fit = SpendFit.fit(spend);
        List<Double> truth = List.of(6.0, 4.0, 15.0);
        List<Double> found =
                List.of(fit.model().p(), fit.model().q(), fit.model().v());
        for (int i = 0; i < 3; i++) {
            assertThat(found.get(i))
                    .isCloseTo(truth.get(i), within(4 * fit.standardErrors().get(i)));
        }
        assertThat(fit.countSpendCorrelation()).isCloseTo(0, within(0.05));
        assertThat(fit.model().meanSpend()).isCloseTo(30, Percentage.withPercentage(5));
        assertThat(fit.model().conditionalMeanSpend(0, 0)).isCloseTo(fit.model().meanSpend(), within(1e-9));
    }

    @Test
    void theUnitOfTimeDoesNotMatter() {
        List<CustomerSummary> weeks = customers(new BgNbd(0.6, 5, 0.9, 3), 3_000);
        List<CustomerSummary> days = weeks.stream()
                .map(c -> new CustomerSummary(c.repeats(), c.lastAt() * 7, c.age() * 7))
                .toList();
        PurchaseModel byWeek = PurchaseFitter.fit(PurchaseFamily.BG_NBD, SummaryTable.of(weeks))
                .model();
        PurchaseModel byDay =
                PurchaseFitter.fit(PurchaseFamily.BG_NBD, SummaryTable.of(days)).model();
        assertThat(byDay.expectedPurchases(70))
                .isCloseTo(byWeek.expectedPurchases(10), Percentage.withPercentage(0.01));
    }

    private static List<CustomerSummary> customers(PurchaseModel model, int count) {
        var ages = new SplittableRandom(SEED);
        // Whole weeks, so that many customers share a summary's age.
        List<Double> drawn =
                ages.ints(count, 26, 79).mapToObj(age -> (double) age).toList();
        return new PurchaseSimulator(model, SEED + 1).customers(drawn);
    }

    private static double exponentials(SplittableRandom random, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum -= Math.log(1 - random.nextDouble());
        }
        return sum;
    }
}
