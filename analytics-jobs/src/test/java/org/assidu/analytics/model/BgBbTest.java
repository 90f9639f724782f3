package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BG/BB at its edges against 60-digit arithmetic, against enumeration, and on simulated customers. */
final class BgBbTest {

    private static final long SEED = Long.getLong("seed", 20_261_122L);
    private static final Percentage NEARLY = Percentage.withPercentage(1e-9);

    @ParameterizedTest
    @CsvSource({
        "1.204, 0.75, 0.657, 2.783, 0, 0, 6, -1.1672624726738937816, 0.10801658416867419518, 0.13010379141284863691",
        "1.204, 0.75, 0.657, 2.783, 2, 4, 6, -5.1956976010426469604, 0.58951411643369789278, 1.8895558933913142692",
        "1.204, 0.75, 0.657, 2.783, 6, 6, 6, -2.182248447618299826, 0.93040254237288135593, 6.7052908250144918251",
        "1.2, 0.75, 1, 2.78, 3, 4, 6, -5.1639756400288357937, 0.32584966973789053707, 1.2304336264400877506",
        "0.5, 11, 0.6, 11, 3000, 3000, 3000, -75.748661807143885, 0.99980077035462877, 9.9525731113504112",
        "0.5, 11, 0.6, 11, 0, 0, 3000, -0.59348197573210413, 0.0036896871698179848, 6.1205130579718211e-6",
        "1e-5, 1e-5, 1e-5, 1e-5, 5, 7, 300, -29.422670128137908, 0.00015575834356191775, 2.595977026863213e-5",
        "1e5, 2e5, 1e4, 1e6, 40, 110, 120, -76.536985702829401, 0.35034650122179102, 1.1171463039412161",
        "0.5, 11, 1e-7, 3, 3, 20, 50, -12.469516131427779, 0.99999959727347738, 0.5691054573768373",
        "1e-6, 50000, 3, 1e-4, 1, 5, 50, -38.499619716090465, 0.0014928639638230767, 2.3616718649059202e-7"
    })
    void itAgreesWithSixtyDigits(
            double alpha,
            double beta,
            double gamma,
            double delta,
            int used,
            int last,
            int of,
            double logLikelihood,
            double alive,
            double expected) {
        var model = new BgBb(alpha, beta, gamma, delta);
        var customer = new CustomerSummary(used, last, of);
        assertThat(model.logLikelihood(customer)).isCloseTo(logLikelihood, NEARLY);
        assertThat(model.probabilityAlive(customer)).isCloseTo(alive, Percentage.withPercentage(1e-7));
        assertThat(model.conditionalExpectedPurchases(customer, 10))
                .isCloseTo(expected, Percentage.withPercentage(1e-7));
    }

    @Test
    void aHopelessCustomerHasNoExpectationButAFiniteLikelihood() {
        var model = new BgBb(0.5, 11, 0.6, 11);
        var customer = new CustomerSummary(3_000, 3_500, 4_000);
        assertThat(model.logLikelihood(customer)).isCloseTo(-1470.2808454995533, NEARLY);
        assertThat(model.probabilityAlive(customer)).isBetween(0.0, 1e-300);
        assertThat(model.conditionalExpectedPurchases(customer, 10)).isBetween(0.0, 1e-300);
    }

    @ParameterizedTest
    @CsvSource({"1.204, 0.75, 0.657, 2.783", "0.3, 4, 1, 1", "7, 0.2, 3, 0.01"})
    void likelihoodsOfEverySequenceOfSevenAddUpToOne(double alpha, double beta, double gamma, double delta) {
        var model = new BgBb(alpha, beta, gamma, delta);
        double sum = 0;
        double[] byCount = new double[8];
        double mean = 0;
        for (int sequence = 0; sequence < 128; sequence++) {
            int last = 32 - Integer.numberOfLeadingZeros(sequence);
            int used = Integer.bitCount(sequence);
            double probability = Math.exp(model.logLikelihood(new CustomerSummary(used, last, 7)));
            sum += probability;
            byCount[used] += probability;
            mean += probability * used;
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
        for (int used = 0; used <= 7; used++) {
            assertThat(model.probabilityOfPurchases(used, 7)).isCloseTo(byCount[used], NEARLY);
        }
        assertThat(model.probabilityOfPurchases(8, 7)).isZero();
        assertThat(model.expectedPurchases(7)).isCloseTo(mean, NEARLY);
    }

    @Test
    void aCustomerWithoutAnOpportunityIsExpectedLikeANewOne() {
        var model = new BgBb(1.204, 0.75, 0.657, 2.783);
        var newest = new CustomerSummary(0, 0, 0);
        assertThat(model.logLikelihood(newest)).isZero();
        assertThat(model.conditionalExpectedPurchases(newest, 9)).isCloseTo(model.expectedPurchases(9), NEARLY);
        assertThat(model.conditionalExpectedPurchases(newest, 0)).isZero();
    }

    /** The example of the R package BTYD, with the output its manual shows. */
    @Test
    void expectationsAreThoseOfThePublishedImplementation() {
        double[] published = {
            0.4973166, 0.9207078, 1.2927317, 1.6266289, 1.9309062, 2.2113893, 2.4722624, 2.7166434, 2.9469256, 3.1649902
        };
        var model = new BgBb(1.20, 0.75, 0.66, 2.78);
        for (int n = 1; n <= 10; n++) {
            assertThat(model.expectedPurchases(n)).isCloseTo(published[n - 1], within(5e-8));
        }
    }

    @Test
    void knownParametersAreRecoveredWithinFourStandardErrors() {
        List<Double> truth = List.of(1.2, 1.8, 0.9, 5.0);
        SummaryTable table = SummaryTable.of(customers(10_000, truth, 16));
        BgBbFit fit = BgBbFit.fit(table);
        assertThat(fit.verdict()).isEqualTo(DropoutDiagnosis.Verdict.IDENTIFIED);
        assertThat(fit.explanation()).startsWith("Dropout is identified (gain over the model without dropout");
        for (int i = 0; i < 4; i++) {
            double error = fit.standardErrors().get(i);
            assertThat(error).isPositive().isLessThan(0.4 * truth.get(i));
            assertThat(fit.model().parameters().get(i)).as("seed %s", SEED).isCloseTo(truth.get(i), within(4 * error));
            assertThat(fit.intervals().get(i).low())
                    .isLessThan(fit.model().parameters().get(i));
        }
        fit.starts().forEach(end -> assertThat(end).isCloseTo(fit.logLikelihood(), within(1e-3)));
    }

    @Test
    void dropoutIsNotIdentifiedAmongCustomersWhoNeverStop() {
        BgBbFit fit = BgBbFit.fit(SummaryTable.of(customers(4_000, List.of(1.2, 1.8, 0.0, 5.0), 16)));
        assertThat(fit.verdict()).isNotEqualTo(DropoutDiagnosis.Verdict.IDENTIFIED);
        assertThat(fit.explanation()).contains("not identifiable", "P(alive) is not shown");
        assertThat(fit.gain()).isBetween(-1e-3, 10.0);
    }

    @Test
    void summariesThatAreNoCountsOfOpportunitiesAreRefusedWithTheirNumbers() {
        var model = new BgBb(1, 1, 1, 1);
        assertThatThrownBy(() -> model.logLikelihood(new CustomerSummary(1, 1, 2.5)))
                .hasMessageContaining("of 2.5 must be whole numbers");
        assertThatThrownBy(() -> model.logLikelihood(new CustomerSummary(3, 2, 2)))
                .hasMessageContaining("3 used, last at 2.0, of 2.0");
        assertThatThrownBy(() -> model.logLikelihood(new CustomerSummary(2, 1, 2)))
                .hasMessageContaining("2 used, last at 1.0");
        assertThatThrownBy(() -> BgBbFit.fit(SummaryTable.of(List.of(new CustomerSummary(0, 0, 5)))))
                .hasMessageContaining("none of 1 customers used an opportunity");
    }

    private static List<CustomerSummary> customers(int count, List<Double> parameters, int opportunities) {
        var random = new SplittableRandom(SEED);
        var customers = new ArrayList<CustomerSummary>();
        for (int i = 0; i < count; i++) {
            double p = beta(random, parameters.get(0), parameters.get(1));
            double stop = parameters.get(2) == 0 ? 0 : beta(random, parameters.get(2), parameters.get(3));
            int used = 0;
            int last = 0;
            for (int t = 1; t <= opportunities && random.nextDouble() >= stop; t++) {
                if (random.nextDouble() < p) {
                    used++;
                    last = t;
                }
            }
            customers.add(new CustomerSummary(used, last, opportunities));
        }
        return customers;
    }

    /** Jöhnk (1964). */
    private static double beta(SplittableRandom random, double a, double b) {
        while (true) {
            double x = Math.pow(random.nextDouble(), 1 / a);
            double y = Math.pow(random.nextDouble(), 1 / b);
            if (x + y <= 1 && x + y > 0) {
                return x / (x + y);
            }
        }
    }
}
