package org.assidu.analytics.clv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assidu.analytics.model.CustomerSummary;
import org.assidu.analytics.model.SummaryTable;
import org.junit.jupiter.api.Test;

final class EarlyCustomersTest {

    @Test
    void aSteadyInflowIsNotTakenForTruncation() {
        List<CustomerSummary> steady = new ArrayList<>();
        for (int age = 1; age <= 100; age++) {
            steady.add(new CustomerSummary(1, age / 2.0, age));
        }
        EarlyCustomers early = EarlyCustomers.in(SummaryTable.of(steady));
        assertThat(early).isEqualTo(new EarlyCustomers(11, 100));
        assertThat(early.isSuspicious()).isFalse();
    }

    @Test
    void oldCustomersPileUpInTheFirstDays() {
        List<CustomerSummary> piled = new ArrayList<>();
        for (int age = 1; age <= 100; age++) {
            piled.add(new CustomerSummary(1, age / 2.0, age));
            piled.add(new CustomerSummary(2, 50, 95 + age % 5));
        }
        EarlyCustomers early = EarlyCustomers.in(SummaryTable.of(piled));
        assertThat(early).isEqualTo(new EarlyCustomers(111, 200));
        assertThat(early.isSuspicious()).isTrue();
    }
}
