package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Money purses: amounts in the tables are cents, since a purse holds millionths of a minor unit. */
class MoneyPursesTest {
    private static LotSteps under(String purse) {
        return new LotSteps(TestProgrammes.published("""
                        earning: {points: 1}
                        money_purses: [{id: cagnotte, %s}]
                        """.formatted(purse))).of("cagnotte");
    }

    @Test
    void aReceiptUsesThePurseInPart() {
        LotSteps steps = under("negative: ALLOW").play("""
                2026-03-01 | #1 m7 10.00                         |             | 0
                2026-03-01 | adjust cagnotte 800                 | ADJUSTED 800 | 800
                2026-03-02 | #2 m7 20.00 uses=cagnotte:5.00      | SPENT 500   | 300
                2026-03-02 | #3 m7 20.00 uses=cagnotte:3.00      | SPENT 300   | 0
                """);
        assertThat(steps.recording.balance(7)).as("points").isEqualTo("50");
        steps.recording.journal.forEach(
                record -> assertThat(record.outcome().status).isEqualTo(ReceiptStatus.ACCRUED));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # held, used, minimum, status,           left
            800,    5.00, 5.00,    ACCRUED,          300
            499,    4.00, 5.00,    REWARD_UNFUNDED,  99
            500,    5.00, 5.00,    ACCRUED,          0
            500,    5.01, 5.00,    REWARD_UNFUNDED,  -1
            100,    0.00, 5.00,    ACCRUED,          100
            """)
    void whatIsBelowTheMinimumOrBeyondTheBalanceIsUnfundedAndTakenAllTheSame(
            String held, String used, String minimum, String status, String left) {
        LotSteps steps = under("minimum_to_spend: " + minimum);
        steps.play("""
                2026-03-01 | #1 m7 1.00            |                  | 0
                2026-03-01 | adjust cagnotte %1$s  | ADJUSTED %1$s    | %1$s
                """.formatted(held));
        OutcomeColumns out = steps.recording.submit(
                ReceiptText.receipt("#2 m7 20.00 uses=cagnotte:" + used + " @2026-03-01T12:00Z"),
                RecordingEngine.noon(java.time.LocalDate.parse("2026-03-01")));
        assertThat(out.status).hasToString(status);
        assertThat(steps.recording.engine.member(7).purses().get(1).balanceMicro())
                .isEqualTo(Long.parseLong(left) * 1_000_000);
    }

    @Test
    void aPurseExpiresOnItsOwnAndIsSpentBySoonestEnd() {
        under("validity: {length: 1, unit: MONTHS}, reminder_days: [7]").play("""
                2026-02-28 | #1 m7 1.00                          |                           | 0
                2026-03-01 | adjust cagnotte 300                 | ADJUSTED 300 ..26-04-01   | 300: 300 ..26-04-01
                2026-03-10 | adjust cagnotte 500                 | ADJUSTED 500 ..26-04-10   | 800: 300 ..26-04-01, 500 ..26-04-10
                2026-03-11 | #2 m7 20.00 uses=cagnotte:4.00      | SPENT 300 ..26-04-01, SPENT 100 ..26-04-10 | 400: 400 ..26-04-10
                2026-04-03 |                                     | POINTS_EXPIRING 400 26-04-10 | 400: 400 ..26-04-10
                2026-04-11 |                                     | EXPIRED 400 ..26-04-10, POINTS_EXPIRED 400 26-04-10 | 0
                """);
    }

    @Test
    void moneyOfABonusIsPendingAndGoesBackWithTheSale() {
        new LotSteps(TestProgrammes.published("""
                        earning: {points: 1}
                        money_purses: [{id: cagnotte, pending_days: 10, validity: {length: 60, unit: DAYS}}]
                        bonuses:
                          - {id: back, award: {kind: CASHBACK_PERCENT, value: 5, target: cagnotte}}
                        """)).of("cagnotte").play("""
                2026-03-01 | #1 m7 100.00                        | EARNED 500 ..26-04-30~26-03-11 | 500 pending 500: 500 ..26-04-30~26-03-11
                2026-03-12 | #2 m7 10.00 uses=cagnotte:2.00      | SPENT 200 ..26-04-30, EARNED 50 ..26-05-11~26-03-22 | 350 pending 50: 300 ..26-04-30, 50 ..26-05-11~26-03-22
                2026-03-13 | #3 m7 -1x-100.00<1:1                | REVERSED 300 ..26-04-30, REVERSED 50 ..26-05-11~26-03-22, REVERSED 150 | -150
                """);
    }

    @Test
    void pointsBecomeMoneyAtTheProgrammesRate() {
        LotSteps steps =
                under("points_per_unit: 80, validity: {length: 30, unit: DAYS}").play("""
                2026-03-01 | #1 m7 100.00   |                               | 0
                2026-03-02 | convert 60     | TRANSFERRED 75 ..26-04-01     | 75: 75 ..26-04-01
                2026-03-03 | convert 41     |                               | 75: 75 ..26-04-01
                2026-03-03 | convert 0      |                               | 75: 75 ..26-04-01
                2026-03-04 | convert 40     | TRANSFERRED 50 ..26-04-03     | 125: 75 ..26-04-01, 50 ..26-04-03
                """);
        assertThat(steps.recording.balance(7)).as("points").isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # purse,    points,     status
            cagnotte,   100,        DONE
            cagnotte,   101,        INSUFFICIENT_POINTS
            cagnotte,   -1,         MALFORMED
            cagnotte,   0.000001,   NOTHING_TO_DO
            gifts,      1,          NOT_ALLOWED
            points,     1,          NOT_ALLOWED
            purse,      1,          SUBJECT_UNKNOWN
            """)
    void aConversionIsDoneWholeOrNotAtAll(String purse, String points, String status) {
        RecordingEngine recording = new RecordingEngine(TestProgrammes.published("""
                earning: {points: 1}
                money_purses:
                  - {id: cagnotte, points_per_unit: 1000, rounding: FLOOR_PER_RECEIPT}
                  - {id: gifts}
                """));
        recording.submit("#1 m7 100.00");
        long micro = new java.math.BigDecimal(points).movePointRight(6).longValueExact();
        OutcomeColumns out = new OutcomeColumns();
        Operation operation =
                new Operation(OperationKind.CONVERT, 7, 0, purse, "key", micro, RecordingEngine.NOW, "", "", List.of());
        assertThat(recording.operate(operation, out, RecordingEngine.NOW)).hasToString(status);
        assertThat(out.movements).isEqualTo(status.equals("DONE") ? 2 : 0);
        assertThat(recording.operate(operation)).hasToString(status.equals("DONE") ? "ALREADY_DONE" : status);
    }
}
