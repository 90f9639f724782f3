package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The models at the edges of their parameters and data, against values computed with 40 digits by adaptive quadrature in
 * logit p (checked against the hypergeometric form where that exists), and by adaptive quadrature of the Pareto/NBD
 * integral.
 */
final class ModelEdgeTest {

    private static final Percentage NEARLY = Percentage.withPercentage(1e-9);

    @ParameterizedTest
    @CsvSource({
        "0.2426,  4.4136, 0.7929,      2.4259, 39,  1.1950476815137786",
        "0.2426,  4.4136, 1,           2.4259, 39,  1.082727875557872",
        "0.2426,  4.4136, 1.000000001, 2.4259, 39,  1.08272787508343",
        "0.2426,  4.4136, 0.4,         0.6,    39,  1.0799715996743415",
        "0.2426,  4.4136, 0.3,         0.2,    39,  0.87867340533131235",
        "26.24,   35.4,   0.79,        28.4,   52,  26.618281341046952",
        "3000.2,  35.4,   0.79,        3002.4, 52,  2986.4786016752876",
        "3000.2,  35.4,   1,           3002.4, 0.5, 42.079446308494965",
        "0.5,     0.001,  0.8,         2.4,    78,  57.025467074339671",
        "0.3,     10,     0.000001,    2,      52,  1.5599986358223356",
        "0.3,     10,     0.00001,     100000, 52,  1.559999999472741",
        "2,       10,     50000,       150000, 52,  3.2438812985571360",
        "0.3,     10,     5,           0.0001, 52,  0.42153417533931842",
        "150,     0.01,   0.7,         3,      300, 679.19633013417099"
    })
    void expectedPurchasesUnderGeometricDropoutHoldEverywhere(
            double r, double alpha, double a, double b, double time, double expected) {
        assertThat(GeometricDropout.expectedPurchases(r, alpha, a, b, time)).isCloseTo(expected, NEARLY);
        assertThat(GeometricDropout.byQuadrature(r, alpha, a, b, time)).isCloseTo(expected, NEARLY);
        if (time / alpha * r < 10_000) {
            assertThat(GeometricDropout.bySum(r, alpha, a, b, time)).isCloseTo(expected, NEARLY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.5533, 10.578,   0.6062,   11.669,   0,    0,        38.86, -0.52123139304287757, 0.29511816029135082",
        "0.5533, 10.578,   1,        11.669,   0,    0,        38.86, -0.40742026009648812, 0.14788083914106005",
        "0.5533, 10.578,   0.6062,   11.669,   26,   30.857,   31,    -39.130799090438797,  0.99787133228501425",
        "0.5533, 10.578,   0.6062,   11.669,   3000, 30.5,     38.86, 9863.4929739158843,   1.8159923473169756e-238",
        "0.5533, 10.578,   0.6062,   11.669,   3000, 38.86,    38.86, 9316.0743538494391,   1",
        "0.5533, 0.000001, 0.6062,   0.001,    0,    0,        38.86, -3.6486558582676048,  4.0101058140189203e-6",
        "0.5533, 50000,    0.6062,   0.000001, 2,    0.000001, 38.86, -22.211215810731737,  3.8094859388287595e-5",
        "0.5533, 0.00001,  0.6062,   100000,   5,    1,        38.86, -16.328730539901687,  0.0011172870965065007",
        "20,     10,       0.000001, 10,       5,    1,        300,   -15.485221267308179,  1.4083589537145803e-29",
        "20,     10,       3000,     10000,    500,  100,      300,   259.56767645017938,   4.9671453418862471e-259",
        "1e-5,   10,       1e-5,     10,       1,    1,        300,   -17.249294647569203,  0.99972824230850529"
    })
    void paretoNbdHoldsEverywhere(
            double r,
            double alpha,
            double s,
            double beta,
            int x,
            double lastAt,
            double age,
            double logLikelihood,
            double alive) {
        var model = new ParetoNbd(r, alpha, s, beta);
        var customer = new CustomerSummary(x, lastAt, age);
        assertThat(model.logLikelihood(customer)).isCloseTo(logLikelihood, NEARLY);
        assertThat(model.probabilityAlive(customer)).isCloseTo(alive, Percentage.withPercentage(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"BG_NBD", "MBG_NBD", "PARETO_NBD", "NBD"})
    void aCustomerOfTheLastDayIsCertainAndExpectedLikeANewOne(PurchaseFamily family) {
        PurchaseModel model = family.of(0.25, 4.4, 0.8, 2.4);
        var newest = new CustomerSummary(0, 0, 0);
        boolean mayStopAtOnce = family == PurchaseFamily.MBG_NBD;
        assertThat(model.logLikelihood(newest)).isCloseTo(0, within(1e-12));
        assertThat(model.probabilityAlive(newest)).isCloseTo(mayStopAtOnce ? 2.4 / 3.2 : 1, within(1e-12));
        assertThat(model.conditionalExpectedPurchases(newest, 39)).isCloseTo(model.expectedPurchases(39), NEARLY);
        assertThat(model.conditionalExpectedPurchases(newest, 0)).isZero();
    }

    @Test
    void paretoNbdIsContinuousAtUnitDropoutShape() {
        double at = new ParetoNbd(0.5533, 10.578, 1, 11.669).expectedPurchases(39);
        assertThat(at).isCloseTo(0.5533 / 10.578 * 11.669 * Math.log((11.669 + 39) / 11.669), NEARLY);
        for (double nearby : new double[] {1 - 1e-9, 1 + 1e-9, 1 - 1e-13, 1 + 1e-13}) {
            assertThat(new ParetoNbd(0.5533, 10.578, nearby, 11.669).expectedPurchases(39))
                    .isCloseTo(at, Percentage.withPercentage(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"BG_NBD, 0.0000001, 3", "MBG_NBD, 0.0000001, 3", "PARETO_NBD, 0.0000001, 3", "BG_NBD, 1, 1e12"})
    void withoutDropoutEveryModelIsNbd(PurchaseFamily family, double third, double fourth) {
        var nbd = new Nbd(0.4, 12);
        PurchaseModel model = family.of(0.4, 12, third, fourth);
        for (var customer : List.of(new CustomerSummary(0, 0, 38), new CustomerSummary(7, 30, 38))) {
            assertThat(model.logLikelihood(customer)).isCloseTo(nbd.logLikelihood(customer), within(1e-4));
            assertThat(model.conditionalExpectedPurchases(customer, 39))
                    .isCloseTo(nbd.conditionalExpectedPurchases(customer, 39), within(1e-4));
        }
    }

    @ParameterizedTest
    @CsvSource({"BG_NBD", "MBG_NBD", "PARETO_NBD"})
    void thousandsOfPurchasesStayFinite(PurchaseFamily family) {
        PurchaseModel model = family.of(0.25, 4.4, 1, 2.4);
        for (double lastAt : new double[] {0.001, 38.8, 38.86}) {
            var customer = new CustomerSummary(3_000, lastAt, 38.86);
            assertThat(model.logLikelihood(customer)).isFinite();
            assertThat(model.probabilityAlive(customer)).isBetween(0.0, 1.0);
            assertThat(model.conditionalExpectedPurchases(customer, 39)).isBetween(0.0, 3_100.0);
        }
    }

    @Test
    void anImpossibleSummaryIsRefusedWithItsNumbers() {
        assertThatThrownBy(() -> new CustomerSummary(2, 40, 38)).hasMessageContaining("lastAt=40.0 age=38.0");
        assertThatThrownBy(() -> new CustomerSummary(0, 1, 38)).hasMessageContaining("repeats=0");
        assertThatThrownBy(() -> SummaryTable.of(List.of())).hasMessageContaining("no customer");
    }

    @Test
    void discountedPurchasesAddUpToTheExpectationWithoutDiscount() {
        var model = new BgNbd(0.2426, 4.4136, 0.7929, 2.4259);
        var customer = new CustomerSummary(2, 30.43, 38.86);
        double plain = new DiscountedValue(12, 3.25, 0).discountedPurchases(model, customer);
        assertThat(plain).isCloseTo(model.conditionalExpectedPurchases(customer, 39), NEARLY);
        double monthly = DiscountedValue.perPeriod(0.10, 12);
        assertThat(Math.pow(1 + monthly, 12)).isCloseTo(1.10, within(1e-12));
        double discounted = new DiscountedValue(12, 3.25, monthly).discountedPurchases(model, customer);
        assertThat(discounted).isLessThan(plain).isGreaterThan(plain / 1.10);
    }
}
