package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Likelihood, P(alive) and conditional expectation of every model, at x up to 3,000, T = 0, a = 1, s = 1 and extreme
 * parameters, against values computed with 80 digits: the textbook likelihoods as they stand, the expectation by
 * summing over the purchases due, the Pareto/NBD integral by quadrature over ln(y + min(α, β)).
 */
final class PurchaseModelPrecisionTest {

    private static final Percentage NEARLY = Percentage.withPercentage(1e-8);

    @ParameterizedTest
    @CsvSource({
        "BG_NBD, 0.2426, 4.4136, 0.7929, 2.4259, 0.0, 0.0, 38.86, -0.55381991128943085, 1.0, 0.19478676916062002",
        "BG_NBD, 0.2426, 4.4136, 1.0, 2.4259, 2.0, 30.43, 38.86, -9.5009796701047707, 0.67818706524525395, 1.1019895239724575",
        "BG_NBD, 0.2426, 4.4136, 0.7929, 2.4259, 3000.0, 30.5, 38.86, 10343.592500701799, 7.4183754351958375e-277, 1.5297437829592051e-273",
        "BG_NBD, 0.2426, 4.4136, 0.7929, 2.4259, 3000.0, 38.86, 38.86, 9707.7806541711621, 0.99973589533181259, 2061.5561774201603",
        "BG_NBD, 0.2426, 4.4136, 0.7929, 2.4259, 0.0, 0.0, 0.0, 0.0, 1.0, 1.1950476815137786",
        "BG_NBD, 1.0e-6, 0.001, 1.0e-6, 5.0, 1.0, 1.0, 300.0, -19.519249238684118, 0.99994006299109264, 0.12999190210889393",
        "BG_NBD, 5000.0, 60000.0, 20.0, 0.0001, 40.0, 100.0, 500.0, -156.07372586712483, 5.8923206218470001e-15, 1.174666863545397e-14",
        "BG_NBD, 0.3, 1000000.0, 0.5, 0.5, 5.0, 40.0, 50.0, -67.830656611490278, 0.89999523011352437, 0.00018601780883593499",
        "BG_NBD, 0.3, 10.0, 40000.0, 90000.0, 7.0, 40.0, 50.0, -24.733304876487499, 0.37286381227178754, 0.89164643071751682",
        "MBG_NBD, 0.2426, 4.4136, 0.7929, 2.4259, 0.0, 0.0, 38.86, -0.38639269169309824, 0.63747944262687332, 0.12730221502893353",
        "MBG_NBD, 0.2426, 4.4136, 1.0, 2.4259, 2.0, 30.43, 38.86, -9.7801801320173366, 0.73136560807576317, 1.2242674922894067",
        "MBG_NBD, 0.2426, 4.4136, 0.7929, 2.4259, 3000.0, 30.5, 38.86, 10343.591903530728, 7.4208470522479846e-277, 1.530361444108706e-273",
        "MBG_NBD, 0.2426, 4.4136, 0.7929, 2.4259, 3000.0, 38.86, 38.86, 9707.7803900316121, 0.99973598327234766, 2061.7018411997048",
        "MBG_NBD, 0.2426, 4.4136, 0.7929, 2.4259, 0.0, 0.0, 0.0, 0, 0.7536659624704859, 0.98974075679330824",
        "MBG_NBD, 1.0e-6, 0.001, 1.0e-6, 5.0, 1.0, 1.0, 300.0, -19.519259394902151, 0.99995005199362152, 0.12999320106598591",
        "MBG_NBD, 5000.0, 60000.0, 20.0, 0.0001, 40.0, 100.0, 500.0, -156.50450788578328, 6.0434053786001101e-15, 1.2135234354166366e-14",
        "MBG_NBD, 0.3, 1000000.0, 0.5, 0.5, 5.0, 40.0, 50.0, -67.936018010460805, 0.91666261814833501, 0.00018946302749681271",
        "MBG_NBD, 0.3, 10.0, 40000.0, 90000.0, 7.0, 40.0, 50.0, -25.101012694225977, 0.37286641026993289, 0.89165650511809278",
        "PARETO_NBD, 0.5533, 10.578, 0.6062, 11.669, 2.0, 30.43, 38.86, -9.5542536216325059, 0.8691242543735004, 1.4551353139156353",
        "PARETO_NBD, 0.5533, 10.578, 1.0, 11.669, 2.0, 30.43, 38.86, -10.041797242421472, 0.79462622214518572, 1.1861840814773039",
        "PARETO_NBD, 0.5533, 10.578, 0.6062, 11.669, 3000.0, 38.86, 38.86, 9316.0743538494391, 1.0, 1967.5284060640913",
        "PARETO_NBD, 0.5533, 1.0e-6, 0.6062, 0.001, 0.0, 0.0, 38.86, -3.6486558582676048, 4.0101058140189203e-6, 1.7735817701031567e-6",
        "PARETO_NBD, 0.5533, 10.578, 0.6062, 11.669, 0.0, 0.0, 0.0, 0.0, 1.0, 1.2134656128166475",
        "PARETO_NBD, 20.0, 10.0, 3000.0, 10000.0, 500.0, 290.0, 300.0, -317.17097493601273, 1.4808827192204594e-8, 8.5313523721474361e-8",
        "PARETO_NBD, 1.0e-5, 10.0, 1.0e-5, 10.0, 1.0, 1.0, 300.0, -17.249294647569203, 0.99972824230850529, 0.12577344447268826"
    })
    void everyModelAgreesWithEightyDigits(
            PurchaseFamily family,
            double first,
            double second,
            double third,
            double fourth,
            double repeats,
            double lastAt,
            double age,
            double logLikelihood,
            double alive,
            double expected) {
        PurchaseModel model = family.of(first, second, third, fourth);
        var customer = new CustomerSummary((int) repeats, lastAt, age);
        assertThat(model.logLikelihood(customer))
                .isCloseTo(logLikelihood, within(1e-11 * Math.max(1, Math.abs(logLikelihood))));
        assertThat(model.probabilityAlive(customer)).isCloseTo(alive, NEARLY);
        assertThat(model.conditionalExpectedPurchases(customer, 39)).isCloseTo(expected, NEARLY);
    }

    @ParameterizedTest
    @CsvSource({
        "6.25, 3.74, 15.44, 2.0, 29.0, -3.8005649636024753, 30.118110236220472",
        "6.25, 3.74, 15.44, 3000.0, 29.0, -3.6735782664785895, 29.000908667213431",
        "1.0e-5, 1.00001, 15.44, 1.0, 0.01, -6.9084761718312512, 7.725",
        "2000.0, 5000.0, 80.0, 40.0, 1000000.0, -46606.456602790087, 941189.42575795009",
        "0.5, 2.0, 1.0e+8, 1.0, 0.001, -6.0441448049618951, 33333333.333666667"
    })
    void spendModelAgreesWithEightyDigits(
            double p, double q, double v, double purchases, double meanSpend, double logLikelihood, double expected) {
        var model = new GammaGamma(p, q, v);
        assertThat(model.logLikelihood((int) purchases, meanSpend)).isCloseTo(logLikelihood, NEARLY);
        assertThat(model.conditionalMeanSpend((int) purchases, meanSpend)).isCloseTo(expected, NEARLY);
    }

    /** NBD is elementary: the reference is a product of its own factors. */
    @ParameterizedTest
    @CsvSource({"0.3848, 12.072, 3000, 38.86", "0.3848, 12.072, 0, 0", "1e-6, 1e6, 2, 500", "5000, 1, 40, 0.1"})
    void nbdAgreesWithItsProduct(double r, double alpha, int repeats, double age) {
        double product = r * (Math.log(alpha) - Math.log(alpha + age));
        for (int i = 0; i < repeats; i++) {
            product += Math.log((r + i) / (alpha + age));
        }
        var customer = new CustomerSummary(repeats, repeats == 0 ? 0 : age, age);
        assertThat(new Nbd(r, alpha).logLikelihood(customer))
                .isCloseTo(product, within(1e-9 * Math.max(1, Math.abs(product))));
    }

    /** Customers and parameters on which published implementations gave NaN, infinity or P(alive) above 1. */
    @ParameterizedTest
    @CsvSource({
        "0.5143, 2.8845, 0.2856, 14.1087, 221, 103.42857, 103.57143",
        "0.5143, 2.8845, 0.2856, 14.1087, 254, 97.14286, 97.28571",
        "0.5143, 2.8845, 0.2856, 14.1087, 161, 94.71429, 98",
        "0.5143, 2.8845, 0.2856, 14.1087, 204, 98.57143, 99.42857",
        "10.465, 0.00798565181, 3.0516, 2.82, 40, 5, 6",
        "10.465, 0.00798565181, 3.0516, 2.82, 50, 1, 37"
    })
    void customersThatBrokeOtherImplementationsAreSane(
            double r, double alpha, double s, double beta, int repeats, double lastAt, double age) {
        var model = new ParetoNbd(r, alpha, s, beta);
        var customer = new CustomerSummary(repeats, lastAt, age);
        assertThat(model.logLikelihood(customer)).isFinite();
        assertThat(model.probabilityAlive(customer)).isBetween(0.0, 1.0);
        assertThat(model.conditionalExpectedPurchases(customer, 10))
                .isPositive()
                .isLessThan(10.0 * repeats);
    }

    /** The pair of the Python package lifetimes, one purchase apart, between which an underflow used to fall. */
    @ParameterizedTest
    @CsvSource({"132, 6.2060517889632418", "133, 6.2528722475748113"})
    void oneMorePurchaseChangesLittle(int repeats, double expected) {
        var model = new ParetoNbd(0.55, 10.58, 0.61, 11.67);
        var customer = new CustomerSummary(repeats, 200, 200);
        assertThat(model.conditionalExpectedPurchases(customer, 10)).isCloseTo(expected, NEARLY);
    }

    @ParameterizedTest
    @EnumSource(PurchaseFamily.class)
    void probabilityAliveFallsWithSilenceAndExpectationsRiseWithTheHorizon(PurchaseFamily family) {
        PurchaseModel model = family.of(0.5, 6, 0.8, 3);
        double alive = 1.0000001;
        for (double age : List.of(20.0, 20.5, 25.0, 60.0, 500.0)) {
            var customer = new CustomerSummary(4, 20, age);
            assertThat(model.probabilityAlive(customer)).isLessThanOrEqualTo(alive);
            alive = model.probabilityAlive(customer);
            double before = 0;
            for (double horizon : List.of(1e-9, 1.0, 39.0, 400.0, 1e6)) {
                double expected = model.conditionalExpectedPurchases(customer, horizon);
                assertThat(expected).isGreaterThan(before);
                before = expected;
            }
        }
    }

    @Test
    void probabilityOfNoRepeatIsThePublishedOne() {
        // P(X(39) = 0) of BG/NBD at the published parameters is the likelihood of a customer without a repeat.
        var model = new BgNbd(0.243, 4.414, 0.793, 2.426);
        assertThat(Math.exp(model.logLikelihood(new CustomerSummary(0, 0, 39)))).isCloseTo(0.5737864, within(5e-8));
    }
}
