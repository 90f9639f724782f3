package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PurseBooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lots and books of every purse keep to; {@link LotsTest} plays points alone, {@link MoneyPursesTest} money. */
final class LotRulesTest {
    private static final String WINDOW = "accepted_window: {past_days: 3650}\nearning: {points: 1}\n";

    @ParameterizedTest
    @CsvSource(textBlock = """
            # sold,     length, unit,   end,          last day
            2026-01-15, 10,     DAYS,   EXACT_DAY,    26-01-25
            2026-01-25, 10,     DAYS,   EXACT_DAY,    26-02-04
            2026-01-25, 10,     DAYS,   END_OF_MONTH, 26-02-28
            2026-01-20, 10,     DAYS,   END_OF_MONTH, 26-01-31
            2026-01-20, 10,     DAYS,   END_OF_YEAR,  26-12-31
            2026-01-31, 1,      MONTHS, EXACT_DAY,    26-02-28
            2028-01-31, 1,      MONTHS, EXACT_DAY,    28-02-29
            2028-02-29, 12,     MONTHS, EXACT_DAY,    29-02-28
            2028-02-29, 48,     MONTHS, EXACT_DAY,    32-02-29
            2026-08-31, 6,      MONTHS, EXACT_DAY,    27-02-28
            2026-03-01, 12,     MONTHS, END_OF_MONTH, 27-03-31
            2026-03-31, 12,     MONTHS, END_OF_MONTH, 27-03-31
            2026-12-31, 1,      MONTHS, END_OF_MONTH, 27-01-31
            2026-12-31, 12,     MONTHS, END_OF_YEAR,  27-12-31
            """)
    void theLastDayOfALotFollowsFromTheDayOfItsSale(String sold, int length, String unit, String end, String last) {
        String validity = "validity: {length: " + length + ", unit: " + unit + ", end: " + end + "}";
        new LotSteps(TestProgrammes.published(WINDOW + "purse: {" + validity + "}\n"))
                .play(sold + " | #1 m7 1.00 | EARNED 1 .." + last + " | 1: 1 .." + last);
        new LotSteps(TestProgrammes.published(WINDOW + "money_purses: [{id: cagnotte, " + validity + "}]\n"
                        + "bonuses: [{id: back, award: {kind: CASHBACK_PERCENT, value: 5, target: cagnotte}}]\n"))
                .of("cagnotte")
                .play(sold + " | #1 m7 1.00 | EARNED 5 .." + last + " | 5: 5 .." + last);
    }

    @Test
    void lotsOfOneLastDayStayApartByTheMonthOfTheirSales() {
        new LotSteps(TestProgrammes.published(
                        WINDOW + "purse: {validity: {length: 6, unit: MONTHS, end: END_OF_YEAR}}\n"))
                .play("""
                2026-01-15 | #1 m7 1.00 | EARNED 1 ..26-12-31 | 1: 1 ..26-12-31
                2026-01-20 | #2 m7 2.00 | EARNED 2 ..26-12-31 | 3: 3 ..26-12-31
                2026-02-20 | #3 m7 4.00 | EARNED 4 ..26-12-31 | 7: 3 ..26-12-31, 4 ..26-12-31
                2026-02-21 | adjust -4  | ADJUSTED -3 ..26-12-31, ADJUSTED -1 ..26-12-31 | 3: 3 ..26-12-31
                """);
    }

    @Test
    void rewardsSpendWhatEndsSoonestAndNeverWhatIsPending() {
        LotSteps steps = new LotSteps(TestProgrammes.published(WINDOW + """
                purse: {validity: {length: 1, unit: MONTHS}, pending_days: 5}
                threshold_rewards:
                  - {id: five, measure: POINTS, reaches: 100, reward: {kind: FIXED_AMOUNT, value: 5}}
                shop:
                  - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 40, cost: 3.20}
                """));
        steps.play("""
                2026-01-10 | #1 m7 70.00             | EARNED 70 ..26-02-10~26-01-15 | 70 pending 70: 70 ..26-02-10~26-01-15
                """);
        long now = RecordingEngine.noon(LocalDate.parse("2026-01-10"));
        Operation reserve = new Operation(OperationKind.RESERVE, 7, 0, "mug", "r1", 1, now + 1_000, "", "", List.of());
        assertThat(steps.recording.operate(reserve, new OutcomeColumns(), now))
                .isEqualTo(OperationStatus.INSUFFICIENT_POINTS);
        steps.play("""
                2026-01-20 | #2 m7 50.00             | EARNED 50 ..26-02-20~26-01-25 | 120 pending 50: 70 ..26-02-10, 50 ..26-02-20~26-01-25
                2026-01-26 | #3 m7 1.00 uses=five    | SPENT 70 ..26-02-10, SPENT 30 ..26-02-20, EARNED 1 ..26-02-26~26-01-31 | 21 pending 1: 20 ..26-02-20, 1 ..26-02-26~26-01-31
                """);
    }

    @Test
    void moneyThatIsPastOnArrivalIsCreditedAndExpiredInOneOutcome() {
        new LotSteps(TestProgrammes.published(WINDOW + """
                        money_purses: [{id: cagnotte, validity: {length: 10, unit: DAYS}}]
                        bonuses: [{id: back, award: {kind: CASHBACK_PERCENT, value: 5, target: cagnotte}}]
                        """)).of("cagnotte").play("""
                2026-03-01 | #1 m7 10.00 @2026-03-01T08:00Z | EARNED 50 ..26-03-11 | 50: 50 ..26-03-11
                2026-03-02 | #2 m7 20.00 @2026-01-10T08:00Z | EARNED 100 ..26-01-20, EXPIRED 100 ..26-01-20, POINTS_EXPIRED 100 26-01-20 | 50: 50 ..26-03-11
                """);
    }

    @Test
    void activityRenewsEachPurseThatSaysSoAndNoOther() {
        LotSteps steps = new LotSteps(TestProgrammes.published(WINDOW + """
                purse: {validity: {length: 3, unit: MONTHS}}
                money_purses: [{id: cagnotte, validity: {length: 3, unit: MONTHS, renewed_by_activity: true}}]
                bonuses: [{id: back, award: {kind: CASHBACK_PERCENT, value: 5, target: cagnotte}}]
                """));
        steps.of("cagnotte").play("""
                2026-01-10 | #1 m7 10.00 | EARNED 50 ..26-04-10 | 50: 50 ..26-04-10
                2026-03-01 | #2 m7 2.00  | EARNED 10 ..26-06-01 | 60: 50 ..26-06-01, 10 ..26-06-01
                """);
        steps.of("points").play("""
                2026-03-02 | | | 12: 10 ..26-04-10, 2 ..26-06-01
                """);
    }

    @Test
    void aVersionThatDropsOrShortensAValidityLeavesEarnedMoneyAsItWas() {
        String purse = "money_purses: [{id: cagnotte, validity: {length: %s, unit: DAYS}}]\n"
                + "bonuses: [{id: back, award: {kind: CASHBACK_PERCENT, value: 5, target: cagnotte}}]\n";
        new LotSteps(
                        TestProgrammes.published(1, WINDOW + purse.formatted(300)),
                        TestProgrammes.published(2, "effective_from: 2026-03-01\n" + WINDOW + purse.formatted(10)))
                .of("cagnotte")
                .play("""
                2026-02-28 | #1 m7 10.00 | EARNED 50 ..26-12-25 | 50: 50 ..26-12-25
                2026-03-02 | #2 m7 2.00  | EARNED 10 ..26-03-12 | 60: 10 ..26-03-12, 50 ..26-12-25
                2026-03-13 |             | EXPIRED 10 ..26-03-12, POINTS_EXPIRED 10 26-03-12 | 50: 50 ..26-12-25
                """);
    }

    @Test
    void remindersOfEachPurseAreItsOwn() {
        LotSteps steps = new LotSteps(TestProgrammes.published(WINDOW + """
                purse: {validity: {length: 2, unit: MONTHS}, reminder_days: [30]}
                money_purses: [{id: cagnotte, validity: {length: 2, unit: MONTHS}, reminder_days: [7, 1]}]
                bonuses: [{id: back, award: {kind: CASHBACK_PERCENT, value: 5, target: cagnotte}}]
                """));
        steps.of("cagnotte").play("""
                2026-01-10 | #1 m7 10.00 | EARNED 50 ..26-03-10 | 50: 50 ..26-03-10
                2026-02-08 |             |                      | 50: 50 ..26-03-10
                2026-03-03 |             | POINTS_EXPIRING 50 26-03-10 | 50: 50 ..26-03-10
                2026-03-09 |             | POINTS_EXPIRING 50 26-03-10 | 50: 50 ..26-03-10
                2026-03-11 |             | EXPIRED 50 ..26-03-10, POINTS_EXPIRED 50 26-03-10 | 0
                """);
    }

    /** Every kind of movement but one, in both purses; the equation itself is checked at every step of every history. */
    @Test
    void theBooksOfEachPurseSayWhatBecameOfIt() {
        LotSteps steps = new LotSteps(TestProgrammes.published(WINDOW + """
                returns_restore_rewards: true
                purse: {negative: FLOOR_AT_ZERO, validity: {length: 1, unit: MONTHS}}
                money_purses: [{id: cagnotte, negative: FLOOR_AT_ZERO, points_per_unit: 10, validity: {length: 1, unit: MONTHS}}]
                bonuses: [{id: back, award: {kind: CASHBACK_PERCENT, value: 5, target: cagnotte}}]
                shop:
                  - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 40, cost: 3.20}
                """));
        steps.play("""
                2026-01-10 | #1 m7 100.00                            | EARNED 100 ..26-02-10 | 100: 100 ..26-02-10
                2026-01-11 | convert 20                              | TRANSFERRED -20 ..26-02-10 | 80: 80 ..26-02-10
                2026-01-12 | adjust 7                                | ADJUSTED 7 ..26-02-12 | 87: 80 ..26-02-10, 7 ..26-02-12
                2026-01-13 | #2 m7 10.00 uses=mug uses=cagnotte:3.00 | SPENT 40 ..26-02-10, EARNED 10 ..26-02-13 | 57: 40 ..26-02-10, 7 ..26-02-12, 10 ..26-02-13
                2026-01-14 | #3 m7 -1x-10.00<2:1                     | RESTORED 40 ..26-02-10, REVERSED 10 ..26-02-13 | 87: 80 ..26-02-10, 7 ..26-02-12
                2026-01-15 | adjust -37                              | ADJUSTED -37 ..26-02-10 | 50: 43 ..26-02-10, 7 ..26-02-12
                2026-01-16 | #4 m7 -1x-100.00<1:1                    | REVERSED 43 ..26-02-10, REVERSED 7 ..26-02-12, REVERSED 50, FORGIVEN 50 | 0
                2026-01-17 | #5 m7 5.00                              | EARNED 5 ..26-02-17 | 5: 5 ..26-02-17
                2026-02-18 |                                         | EXPIRED 5 ..26-02-17, POINTS_EXPIRED 5 26-02-17 | 0
                """);
        // Cents: 500 + 50 + 25 earned, 200 converted, 300 used and given back, 50 and 500 taken back, the rest expired.
        assertThat(steps.recording.engine.totals().books().stream()
                        .map(LotRulesTest::told)
                        .collect(Collectors.joining("\n")))
                .isEqualTo("""
                        points: issued 115, adjusted -30, migrated 0, restored 40, forgiven 50, spent 40, expired 5, reversed 110, transferred -20 = 0
                        cagnotte: issued 575, adjusted 0, migrated 0, restored 300, forgiven 0, spent 300, expired 225, reversed 550, transferred 200 = 0""");
    }

    private static String told(PurseBooks books) {
        assertThat(books.balanced()).as("%s", books).isTrue();
        return books.purseId() + ": issued " + books.issued() / 1_000_000 + ", adjusted "
                + books.adjusted() / 1_000_000 + ", migrated " + books.migrated() / 1_000_000 + ", restored "
                + books.restored() / 1_000_000 + ", forgiven " + books.forgiven() / 1_000_000 + ", spent "
                + books.spent() / 1_000_000 + ", expired " + books.expired() / 1_000_000 + ", reversed "
                + books.reversed() / 1_000_000 + ", transferred " + books.transferred() / 1_000_000 + " = "
                + books.outstanding() / 1_000_000;
    }
}
