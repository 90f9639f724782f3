package org.assidu.analytics.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assidu.analytics.model.CustomerSummary;
import org.assidu.analytics.model.SpendSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClvSplitTest {

    private static final LocalDate END = LocalDate.of(2024, 3, 31);

    private static final Transactions TRANSACTIONS = transactions(
            customer("early", "2024-01-01:10", "2024-01-15:20", "2024-03-04:40", "2024-04-01:5", "2024-04-30:15"),
            customer("once", "2024-03-31:7"),
            customer("late", "2024-04-02:7"));

    @Test
    void calibrationEndsOnItsDayAndTheHoldOutBeginsOnTheNext() {
        ClvSplit split = ClvSplit.of(TRANSACTIONS, ClvUnit.WEEKS, END, null);
        assertThat(split.customers())
                .containsExactly(new CustomerSummary(2, 9, 90 / 7.0), new CustomerSummary(0, 0, 0));
        assertThat(split.laterCustomers()).isEqualTo(1);
        assertThat(split.holdOutEnd()).isEqualTo("2024-04-30");
        assertThat(Objects.requireNonNull(split.holdOut()).time()).isEqualTo(30 / 7.0);
        assertThat(split.holdOut().scoreConstant().error().actualTotal()).isEqualTo(2);
        assertThat(split.spend().get(0)).isEqualTo(new ClvSplit.SpendHistory(new SpendSummary(2, 30), 10));
        assertThat(split.spend().get(1)).isEqualTo(new ClvSplit.SpendHistory(null, Double.NaN));
    }

    @Test
    void theHoldOutEndsWhereAsked() {
        ClvSplit split = ClvSplit.of(TRANSACTIONS, ClvUnit.DAYS, END, LocalDate.of(2024, 4, 1));
        assertThat(Objects.requireNonNull(split.holdOut()).time()).isEqualTo(1);
        assertThat(split.holdOut().scoreConstant().error().actualTotal()).isEqualTo(1);
        assertThat(split.laterCustomers()).isZero();
    }

    @Test
    void opportunitiesAreWholePeriodsThatEndWithTheCalibration() {
        ClvSplit.Opportunities months =
                ClvSplit.of(TRANSACTIONS, ClvUnit.MONTHS, END, null).opportunities();
        // January twice, February not, March once: of two opportunities after January the second was used.
        assertThat(months.customers()).containsExactly(new CustomerSummary(1, 2, 2), new CustomerSummary(0, 0, 0));
        assertThat(months.sameCounts()).isFalse();
        assertThat(Objects.requireNonNull(months.holdOut()).time()).isEqualTo(1);
        assertThat(months.holdOut().scoreConstant().error().actualTotal()).isEqualTo(1);
        ClvSplit.Opportunities days =
                ClvSplit.of(TRANSACTIONS, ClvUnit.DAYS, END, null).opportunities();
        assertThat(days.customers()).containsExactly(new CustomerSummary(2, 63, 90), new CustomerSummary(0, 0, 0));
        assertThat(days.sameCounts()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-04-01, 2024-04-01, 0",
        "2024-04-01, 2024-04-30, 0",
        "2024-04-01, 2024-05-01, 1",
        "2024-04-01, 2024-03-31, -1",
        "2024-04-01, 2023-12-31, -4",
        "2024-04-16, 2024-04-15, -1",
        "2024-04-16, 2024-03-16, -1",
        "2024-04-16, 2024-03-15, -2"
    })
    void everyDayIsInOneMonthlyPeriod(LocalDate start, LocalDate day, int period) {
        assertThat(ClvUnit.MONTHS.period(start, day)).isEqualTo(period);
    }

    @Test
    void aMonthIsATwelfthOfAYear() {
        assertThat(ClvUnit.MONTHS.between(LocalDate.of(2021, 1, 1), LocalDate.of(2025, 1, 1)))
                .isEqualTo(48, within(1e-12));
        assertThat(ClvUnit.WEEKS.period(LocalDate.of(2024, 4, 1), LocalDate.of(2024, 3, 25)))
                .isEqualTo(-1);
        assertThat(ClvUnit.WEEKS.period(LocalDate.of(2024, 4, 1), LocalDate.of(2024, 3, 24)))
                .isEqualTo(-2);
    }

    @Test
    void withoutDataAfterCalibrationThereIsNoHoldOut() {
        ClvSplit split = ClvSplit.of(TRANSACTIONS, ClvUnit.WEEKS, LocalDate.of(2024, 4, 30), null);
        assertThat(split.holdOut()).isNull();
        assertThat(split.customers()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "2023-12-31, , outside the data: the data run from 2024-01-01 to 2024-04-30",
        "2024-05-01, , choose a day in between",
        "2024-03-31, 2024-03-31, not after --calibration-end",
        "2024-04-30, 2024-05-31, no transaction after --calibration-end"
    })
    void datesOutsideTheDataAreRefusedWithTheRemedy(LocalDate calibrationEnd, LocalDate holdOutEnd, String message) {
        assertThatThrownBy(() -> ClvSplit.of(TRANSACTIONS, ClvUnit.WEEKS, calibrationEnd, holdOutEnd))
                .isInstanceOf(TransactionException.class)
                .hasMessageContaining(message);
    }

    private static Transactions.Customer customer(String name, String... purchases) {
        return new Transactions.Customer(
                name,
                Arrays.stream(purchases)
                        .map(one -> LocalDate.parse(one.split(":")[0]))
                        .toArray(LocalDate[]::new),
                Arrays.stream(purchases)
                        .mapToDouble(one -> Double.parseDouble(one.split(":")[1]))
                        .toArray());
    }

    private static Transactions transactions(Transactions.Customer... customers) {
        return new Transactions(List.of(customers), LocalDate.of(2024, 1, 1), LocalDate.of(2024, 4, 30), true, 8, 0, 0);
    }
}
