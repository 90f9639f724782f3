package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.assidu.accrual.model.OutcomeColumns;
import org.junit.jupiter.api.Test;

/** Which status wins: wire shape, idempotency, facts, rules. */
class StatusTest {
    private static final String PROGRAMME = """
            earning: {points: 1}
            largest_amount: 500
            accepted_window: {past_days: 45, ahead_minutes: 10}
            threshold_rewards:
              - {id: gift, measure: POINTS, reaches: 100, reward: {kind: GIFT_VOUCHER, value: 5}}
            """;

    /** Receipt 1 is recorded as {@code m1 10.00}. */
    private static final String TABLE = """
            #2 m1                                        | MALFORMED_LINE
            #2 m1 10.00 0x1.00                           | MALFORMED_LINE line 2
            #2 m1 -1x1.00                                | MALFORMED_LINE line 1
            #2 m1 1000001x1.00                           | MALFORMED_LINE line 1
            #2 m1 1.00 uses=gift*1001                    | MALFORMED_LINE
            #4294967296 m1 1.00                          | MALFORMED_IDENTITY
            #2 m1 1.00 date=20260231                     | MALFORMED_IDENTITY
            #2 m1 1.00 OPEN:0                            | MALFORMED_IDENTITY
            #2 m1 1.00 lines=2                           | MALFORMED_TOTAL
            #2 m1 1.00 total=1.01                        | MALFORMED_TOTAL
            #1 m1 10.00 lines=2                          | MALFORMED_TOTAL
            #1 m1 11.00 @2030-01-01T00:00Z               | RECEIPT_CONFLICT SOLD_AT
            #1 m1 10.00                                  | ALREADY_ACCRUED 10 10
            #2 m1 1.00 @2026-03-02T10:11:01Z             | SOLD_IN_THE_FUTURE
            #2 m1 1.00 USD @2026-03-02T10:11:01Z         | SOLD_IN_THE_FUTURE
            #2 m1 1.00 historical @2026-03-02T10:11:01Z  | SOLD_IN_THE_FUTURE
            #2 m1 600.00 USD                             | CURRENCY_NOT_ACCEPTED
            #2 m1 1.00 600.00                            | AMOUNT_OUT_OF_RANGE line 2
            #2 m1 300.00 300.00                          | AMOUNT_OUT_OF_RANGE
            #2 unknown 600.00                            | AMOUNT_OUT_OF_RANGE line 1
            #2 m1 1.00 @2026-03-02T10:11:00Z             | ACCRUED 1 11
            #3 unknown 1.00 @2025-12-31T22:59:59Z        | NO_PROGRAMME 0 0
            #4 unknown 1.00 @2026-01-10T10:00:00Z        | SOLD_TOO_LONG_AGO 0 0
            #5 m1 1.00 @2026-01-10T10:00:00Z historical  | ACCRUED 1 12
            #6 unknown 1.00 uses=gift                    | MEMBER_UNKNOWN 0 0
            #7 closed 1.00                               | MEMBER_CLOSED 0 0
            #8 blocked 1.00                              | CARD_BLOCKED 0 0
            #9 m1 1.00 uses=gift                         | REWARD_UNFUNDED 1 -87
            #10 m1 1.00 uses=nothing                     | REWARD_UNFUNDED 1 -86
            #11 1.00 uses=gift                           | REWARD_UNFUNDED 0 0
            #12 1.00                                     | ACCRUED 0 0
            #13 m2 0.00                                  | ACCRUED 0 0
            """;

    @Test
    void theFirstReasonInOrderOfPrecedenceIsTold() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(PROGRAMME));
        till.submit("#1 m1 10.00");

        till.play(TABLE);

        assertThat(till.engine.totals().members()).isEqualTo(2);
        assertThat(till.engine.totals().receipts()).isEqualTo(13);
        assertThat(till.engine.totals().lines()).isEqualTo(13);
    }

    @Test
    void anUnusedIdentityStaysFreeAfterARefusal() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(PROGRAMME));

        till.play("""
                #1 m1 1.00 USD | CURRENCY_NOT_ACCEPTED
                #1 m1 1.00     | ACCRUED 1 1
                """);
    }

    @Test
    void withoutAProgrammeReceiptsAreRecordedAndEarnNothing() {
        RecordingEngine till = new RecordingEngine();

        till.play("""
                #1 m1 1.00                        | NO_PROGRAMME 0 0
                #1 m1 1.00                        | ALREADY_ACCRUED 0 0
                #2 m1 1.00 @2026-03-02T10:11:01Z  | SOLD_IN_THE_FUTURE
                """);
    }

    @Test
    void dailyNumberingMakesTheBusinessDatePartOfTheIdentity() {
        RecordingEngine till =
                new RecordingEngine(TestProgrammes.published("numbering: DAILY\nearning: {points: 1}\n"));

        till.play("""
                #1 m1 1.00 date=20260301 | ACCRUED 1 1
                #1 m1 1.00 date=20260302 | ACCRUED 1 2
                #1 m1 1.00 date=20260301 | ALREADY_ACCRUED 1 1
                #1 m1 1.00               | MALFORMED_IDENTITY
                """);
    }

    @Test
    void continuousNumberingComparesTheBusinessDate() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.earning("points: 1"));

        till.play("""
                #1 m1 1.00 date=20260301 | ACCRUED 1 1
                #1 m1 1.00 date=20260302 | RECEIPT_CONFLICT BUSINESS_DATE
                """);
    }

    /** The first receipt, then a repeat of it and what the repeat is told. */
    private static final String REPEATS = """
            m1 10.00             | m1 10.00                | ALREADY_ACCRUED 10 10
            m1 10.00             | m1 10.00 total=10.00    | ALREADY_ACCRUED 10 10
            m1 10.00             | m2 10.00                | RECEIPT_CONFLICT MEMBER
            m1 10.00             | 10.00                   | RECEIPT_CONFLICT MEMBER
            10.00                | m1 10.00                | RECEIPT_CONFLICT MEMBER
            m1 10.00             | blocked 10.00           | ALREADY_ACCRUED 10 10
            m1 10.00             | unknown 10.00           | ALREADY_ACCRUED 10 10
            unknown 10.00        | m1 10.00                | ALREADY_ACCRUED 0 0
            m1 10.00 5.00        | m1 10.00                | RECEIPT_CONFLICT LINE_COUNT
            m1 10.00 5.00        | m1 10.00 5.01           | RECEIPT_CONFLICT LINE_AMOUNT line 2
            m1 10.00 5.00        | m1 2x10.00 5.01         | RECEIPT_CONFLICT LINE_QUANTITY line 1
            m1 10.00/a           | m1 10.00/b              | RECEIPT_CONFLICT LINE_CATEGORY line 1
            m1 10.00p            | m1 10.00                | RECEIPT_CONFLICT LINE_FLAGS line 1
            m1 10.00%20          | m1 10.00%10             | RECEIPT_CONFLICT LINE_VAT_RATE line 1
            m1 -1x-1.00<8:1      | m1 -1x-1.00<8:2         | RECEIPT_CONFLICT LINE_ORIGINAL line 1
            m1 10.00 USD         | m1 10.00                | ACCRUED 10 10
            m1 10.00 pays=CASH:9 | m1 10.00 pays=CASH:8    | RECEIPT_CONFLICT TENDERS
            m1 10.00             | m1 10.00 uses=gift      | RECEIPT_CONFLICT USED_REWARDS
            m1 10.00             | m1 10.00 historical     | RECEIPT_CONFLICT HISTORICAL
            m1 10.00             | VOID                    | RECEIPT_CONFLICT PHASE
            m1 10.00             | m1 10.00 OPEN:1         | RECEIPT_CONFLICT PHASE
            m1 10.00             | m1 10.00 CLOSING:1      | ALREADY_ACCRUED 10 10
            m1 10.00             | m1 10.00 CLOSING:2      | RECEIPT_CONFLICT CHUNK
            """;

    @Test
    void aRepeatIsToldTheFirstOutcomeOrTheFirstDifference() {
        REPEATS.lines().forEach(row -> {
            String[] cells = row.split("\\|");
            RecordingEngine till = new RecordingEngine(TestProgrammes.published(PROGRAMME));
            till.submit("#7 " + cells[0]);
            OutcomeColumns out = till.submit("#7 " + cells[1]);
            assertThat(till.told(out)).as(row).isEqualTo(cells[2].trim());
        });
    }

    @Test
    void aRepeatIsToldTheFirstBalanceAndAlertsWhateverCameSince() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(PROGRAMME));

        till.play("""
                #1 m1 100.00  | ACCRUED 100 100
                #2 m1 1.00    | ACCRUED 1 101 gift*1
                #3 m1 100.00  | ACCRUED 100 201 gift*1
                #2 m1 1.00    | ALREADY_ACCRUED 1 101 gift*1
                #1 m1 100.00  | ALREADY_ACCRUED 100 100
                """);
    }

    @Test
    void aRepeatOfAnArchivedReceiptIsKnownWithoutDetail() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(PROGRAMME));
        till.submit("#1 m1 10.00");
        till.archive();

        till.play("#1 m1 12.00 | ALREADY_ACCRUED 0 10\n");
    }
}
