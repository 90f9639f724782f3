package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.assidu.analytics.fixture.PublicData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What others published about public data, met by the same code. The donations are Table 1 of Fader, Hardie &amp; Shang
 * (2010), in the columns frequency, recency, periods, weights; figures of the R packages BTYD and BTYDplus and of the
 * Python package lifetimes are those that their manuals and tests state.
 */
final class PublishedDataTest {

    private static final List<Double> DONATIONS = List.of(1.204, 0.750, 0.657, 2.783);

    @Test
    void donationsGiveThePublishedParametersFromEveryStart() throws Exception {
        BgBbFit fit = BgBbFit.fit(donations());
        assertThat(fit.customers()).isEqualTo(11_104);
        assertThat(fit.logLikelihood()).isCloseTo(-33_225.6, within(0.05));
        for (int i = 0; i < 4; i++) {
            assertThat(fit.model().parameters().get(i)).isCloseTo(DONATIONS.get(i), within(0.0006));
        }
        assertThat(fit.starts()).hasSizeGreaterThanOrEqualTo(4);
        fit.starts().forEach(end -> assertThat(end).isCloseTo(fit.logLikelihood(), within(1e-3)));
        assertThat(fit.verdict()).isEqualTo(DropoutDiagnosis.Verdict.IDENTIFIED);
    }

    /** Table 6 of the paper: P(alive in 2002). */
    @ParameterizedTest
    @CsvSource({"0, 0, 0.11", "2, 4, 0.59", "6, 6, 0.93"})
    void donorsAreAliveAsPublished(int used, int last, double published) throws Exception {
        BgBb model = BgBbFit.fit(donations()).model();
        assertThat(model.probabilityAlive(new CustomerSummary(used, last, 6))).isCloseTo(published, within(0.005));
    }

    @Test
    void donationsOfTheNextFiveYearsAndTheInSampleHistogramAreThePublishedOnes() throws Exception {
        SummaryTable table = donations();
        BgBb model = BgBbFit.fit(table).model();
        double total = 0;
        for (int i = 0; i < table.size(); i++) {
            total += table.count(i) * model.conditionalExpectedPurchases(table.row(i), 5);
        }
        assertThat(total).isCloseTo(12_884.2, within(0.5));
        assertThat(11_104 * model.probabilityOfPurchases(0, 6)).isCloseTo(3_454.9, within(0.1));
        assertThat(11_104 * model.probabilityOfPurchases(6, 6)).isCloseTo(1_253.1, within(0.1));
    }

    @Test
    void groceryCustomersGiveTheNbdOfBtydPlus() {
        TransactionDays grocery = TransactionDays.read("grocery_elog.csv.gz", "grocery data of BTYDplus", 0, 1);
        assertThat(grocery.customers()).isEqualTo(1_525);
        // The example of nbd.EstimateParameters, on all of the two years; it gives six decimals of an optimiser that
        // stops short of the seventh digit.
        PurchaseFit fit = PurchaseFitter.fit(PurchaseFamily.NBD, grocery.until("2007-12-30"));
        assertThat(fit.model().parameters().get(0)).isCloseTo(0.350372, Percentage.withPercentage(0.01));
        assertThat(fit.model().parameters().get(1)).isCloseTo(5.821382, Percentage.withPercentage(0.01));
    }

    @ParameterizedTest
    @CsvSource({"0.1429, 0.0078", "31.8571, 1.0405"})
    void cdnowExpectationsOfBgNbdAreThoseOfItsSpreadsheet(double weeks, double expected) {
        PurchaseModel model = PurchaseFitter.fit(
                        PurchaseFamily.BG_NBD, CdnowData.read().table())
                .model();
        assertThat(model.expectedPurchases(weeks)).isCloseTo(expected, within(0.00006));
    }

    /** The example of pnbd.Expectation in BTYD, with the output its manual shows. */
    @Test
    void expectationsOfParetoNbdAreThoseOfBtyd() {
        double[] published = {
            0,
            0.05077821,
            0.09916088,
            0.14542507,
            0.18979930,
            0.23247466,
            0.27361274,
            0.31335159,
            0.35181024,
            0.38909211
        };
        var model = new ParetoNbd(0.55, 10.56, 0.61, 11.64);
        for (int weeks = 0; weeks < published.length; weeks++) {
            assertThat(model.expectedPurchases(weeks)).isCloseTo(published[weeks], within(5e-9));
        }
    }

    @Test
    void cdnowStandardErrorsOfParetoNbdAreThoseOfClvTools() {
        List<Double> published = List.of(0.0476264, 0.8427222, 0.1872594, 6.2105448);
        PurchaseFit fit =
                PurchaseFitter.fit(PurchaseFamily.PARETO_NBD, CdnowData.read().table());
        for (int i = 0; i < 4; i++) {
            assertThat(fit.standardErrors().get(i)).isCloseTo(published.get(i), Percentage.withPercentage(0.3));
        }
    }

    /** The first ten customers of the sample in the spreadsheet to the Gamma-Gamma note. */
    @Test
    void cdnowSpendExpectationsAreThoseOfTheSpreadsheet() {
        double[] published = {24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17};
        int[] repeats = {2, 1, 0, 0, 0, 7, 1, 0, 2, 0};
        double[] meanSpend = {22.345, 11.77, 0, 0, 0, 73.74, 11.77, 0, 25.55, 0};
        CdnowData data = CdnowData.read();
        GammaGamma model = SpendFit.fit(data.spend()).model();
        int buyer = 0;
        for (int i = 0; i < published.length; i++) {
            assertThat(data.customers().get(i).repeats()).isEqualTo(repeats[i]);
            if (repeats[i] > 0) {
                assertThat(data.spend().get(buyer++).meanSpend()).isCloseTo(meanSpend[i], within(0.006));
            }
            assertThat(model.conditionalMeanSpend(repeats[i], meanSpend[i])).isCloseTo(published[i], within(0.02));
        }
    }

    private static SummaryTable donations() throws IOException {
        List<String> lines = Files.readAllLines(PublicData.require("donations.csv", "public-broadcasting donations"));
        Map<CustomerSummary, Long> rows = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            rows.put(
                    new CustomerSummary(
                            Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), Integer.parseInt(cells[2])),
                    Long.parseLong(cells[3]));
        }
        return SummaryTable.of(rows);
    }
}
