package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UCI Online Retail, where every dropout model collapses to NBD and has to say so. */
final class UciBoundaryTest {

    private static SummaryTable table;
    private static PurchaseFit nbd;

    @BeforeAll
    static void fitNbd() {
        List<CustomerSummary> customers = UciData.query(
                        "select count(*) - 1, date_diff('day', min(day), max(day)) / 7.0,"
                                + " date_diff('day', min(day), date '2011-12-09') / 7.0 from"
                                + " (select customer, day from lines where customer is not null group by all"
                                + " having sum(quantity * price) > 0) group by customer")
                .stream()
                .map(row -> new CustomerSummary((int) row[0], row[1], row[2]))
                .toList();
        table = SummaryTable.of(customers);
        nbd = PurchaseFitter.fit(PurchaseFamily.NBD, table);
    }

    @ParameterizedTest
    @CsvSource({"BG_NBD", "MBG_NBD", "PARETO_NBD"})
    void dropoutIsNotIdentifiable(PurchaseFamily family) {
        PurchaseFit fit = PurchaseFitter.fit(family, table);
        var diagnosis = DropoutDiagnosis.of(fit, nbd, table);
        assertThat(diagnosis.identified()).isFalse();
        assertThat(diagnosis.explanation()).contains("Dropout is not identifiable", "P(alive) is not shown");
    }
}
