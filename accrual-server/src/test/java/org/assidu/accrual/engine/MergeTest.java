package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.junit.jupiter.api.Test;

/** Two members become one. Rows: a receipt, or {@code merge mABSORBED into mSURVIVOR}. */
final class MergeTest {
    private static final String BASE = "earning: {basis: AMOUNT, points: 1}\n";

    private RecordingEngine recording = new RecordingEngine();

    private OperationStatus merge(long absorbed, long survivor) {
        return recording.operate(
                new Operation(
                        OperationKind.MERGE,
                        survivor,
                        absorbed,
                        "",
                        "",
                        0,
                        RecordingEngine.NOW,
                        "anna",
                        "same person",
                        List.of()),
                new OutcomeColumns(),
                RecordingEngine.NOW);
    }

    private void play(String programme, String table) {
        recording = new RecordingEngine(TestProgrammes.published(programme));
        go(table);
    }

    private void go(String table) {
        table.lines().filter(row -> !row.isBlank()).forEach(row -> {
            String[] cells = row.split("\\|");
            String[] words = cells[0].trim().split("\\s+");
            String told;
            if (words[0].equals("merge")) {
                long survivor = Long.parseLong(words[3].substring(1));
                told = merge(Long.parseLong(words[1].substring(1)), survivor) + " " + recording.balance(survivor);
            } else {
                told = recording.told(recording.submit(cells[0]));
            }
            assertThat(told).as(row).isEqualTo(cells[1].trim().replaceAll("\\s+", " "));
        });
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
    }

    @Test
    void theSurvivorHasBothPursesAndOldReceiptsAndLateOnesAreTheirs() {
        play(BASE, """
                #1 m7 10.00          | ACCRUED 10 10
                #2 m8 30.00          | ACCRUED 30 30
                #3 m8 4.00           | ACCRUED 4 34
                merge m8 into m7     | DONE 44
                merge m8 into m7     | ALREADY_DONE 44
                merge m7 into m8     | NOT_ALLOWED 44
                merge m9 into m7     | MEMBER_UNKNOWN 44
                #4 m8 5.00           | ACCRUED 5 49
                #2 m8 30.00          | ALREADY_ACCRUED 30 30
                #2 m7 30.00          | ALREADY_ACCRUED 30 30
                #5 m7 -1x-30.00<2:1  | ACCRUED -30 19
                #6 m8 -1x-4.00<3:1   | ACCRUED -4 15
                """);
        assertThat(recording.balance(8))
                .as("the old key reads the survivor's purse")
                .isEqualTo("15");
        assertThat(recording.engine.totals().outstandingMicro()).isEqualTo(15_000_000);
        assertThat(recording.engine.member(7).receipts()).isEqualTo(6);
        assertThat(recording.engine.totals().books().get(0).transferred()).isZero();
        assertThat(recording.engine.desk().absorbedBy(7)).containsExactly(8L);
    }

    @Test
    void whoWasMergedTwiceOverLeadsToTheLastOne() {
        play(BASE, """
                #1 m7 1.00           | ACCRUED 1 1
                #2 m8 2.00           | ACCRUED 2 2
                #3 m9 4.00           | ACCRUED 4 4
                merge m9 into m8     | DONE 6
                merge m8 into m7     | DONE 7
                merge m9 into m8     | NOT_ALLOWED 7
                #4 m9 8.00           | ACCRUED 8 15
                #5 -1x-4.00<3:1      | ACCRUED 0 0
                """);
        assertThat(recording.balance(7)).isEqualTo("11");
        assertThat(recording.engine.desk().absorbedBy(7)).containsExactly(8L, 9L);
    }

    @Test
    void progressAddsUpAndMayReachWhatNeitherDid() {
        play(BASE + """
                threshold_rewards:
                  - {id: ten, measure: POINTS, reaches: 100, reward: {kind: PERCENTAGE_OFF, value: 10}}
                  - {id: year, measure: VISITS, reaches: 3, window: CALENDAR_YEAR, reward: {kind: PERCENTAGE_OFF, value: 5}}
                """, """
                #1 m7 60.00          | ACCRUED 60 60
                #2 m8 150.00         | ACCRUED 150 150
                #3 m8 1.00           | ACCRUED 1 151 ten*1
                merge m8 into m7     | DONE 211
                #4 m7 1.00           | ACCRUED 1 212 ten*2 year*1
                #5 m7 9.00 uses=ten  | ACCRUED 9 121 ten*1 year*1
                """);
    }

    @Test
    void capsAndVisitsAndTagsOfBothCount() {
        play(BASE + """
                bonuses:
                  - {id: cap, when: {categories: [wine]}, award: {kind: EXTRA_RATE, value: 1}, limits: {per_member: 50}}
                  - {id: day, when: {categories: [beer]}, award: {kind: EXTRA_RATE, value: 1}, limits: {per_member_day: 20}}
                  - {id: third, when: {nth_visit: {n: 4, window: CALENDAR_MONTH}}, award: {kind: FIXED_POINTS, value: 7}}
                """, """
                #1 m7 30.00/wine     | ACCRUED 60 60
                #2 m8 15.00/wine     | ACCRUED 30 30
                #3 m8 15.00/beer     | ACCRUED 30 60
                merge m8 into m7     | DONE 120
                #4 m7 40.00/wine     | ACCRUED 52 172
                #5 m7 10.00/beer     | ACCRUED 15 187
                """);
    }

    @Test
    void openReceiptsAndTheirReservationsGoOn() {
        play(BASE + """
                threshold_rewards:
                  - {id: ten, measure: POINTS, reaches: 100, reward: {kind: PERCENTAGE_OFF, value: 10}}
                """, """
                #1 m7 1.00                          | ACCRUED 1 1
                #2 m8 150.00                        | ACCRUED 150 150
                #3 m8 OPEN:1 5.00                   | PROVISIONAL 5 150 ten*1
                merge m8 into m7                    | DONE 151
                #4 m7 OPEN:1 5.00                   | PROVISIONAL 5 151
                #3 m8 CLOSING:2 5.00 uses=ten       | ACCRUED 10 61
                #4 m7 CLOSING:2 5.00                | ACCRUED 10 71
                """);
    }

    @Test
    void everyLotMovesWithItsOwnExpiryAndWhatExpiredIsNotTakenTwice() {
        recording = new RecordingEngine(TestProgrammes.published(BASE + """
                accepted_window: {past_days: 3650}
                purse: {id: points, validity: {length: 1, unit: MONTHS}}
                """));
        recording.day(LocalDate.of(2026, 2, 1));
        go("""
                #1 m7 @2026-02-20T10:00Z 10.00  | ACCRUED 10 10
                #2 m8 @2026-02-10T10:00Z 30.00  | ACCRUED 30 30
                #3 m8 @2026-02-25T10:00Z 5.00   | ACCRUED 5 35
                #4 m8 @2026-01-10T10:00Z 7.00   | ACCRUED 7 42
                """);
        recording.day(LocalDate.of(2026, 2, 26));
        assertThat(recording.balance(8)).isEqualTo("35");
        assertThat(merge(8, 7)).isEqualTo(OperationStatus.DONE);
        assertThat(recording.balance(7)).isEqualTo("45");
        go("""
                #5 m7 -1x-7.00<4:1              | ACCRUED 0 45
                """);
        recording.day(LocalDate.of(2026, 3, 11));
        assertThat(recording.balance(7)).isEqualTo("15");
        recording.day(LocalDate.of(2026, 3, 21));
        assertThat(recording.balance(7)).isEqualTo("5");
        recording.day(LocalDate.of(2026, 3, 26));
        assertThat(recording.balance(7)).isEqualTo("0");
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
    }

    @Test
    void whatIsMissingMovesTooAndIsTakenFromWhatIsThere() {
        play(BASE, """
                #1 m7 10.00          | ACCRUED 10 10
                #2 m8 30.00          | ACCRUED 30 30
                """);
        adjust(8, -70);
        assertThat(recording.balance(8)).isEqualTo("-40");
        assertThat(merge(8, 7)).isEqualTo(OperationStatus.DONE);
        assertThat(recording.balance(7)).isEqualTo("-30");
        assertThat(recording.engine.totals().outstandingMicro()).isEqualTo(-30_000_000);
        assertThat(recording.engine.totals().books().get(0).transferred()).isZero();
    }

    private void adjust(long member, long points) {
        assertThat(recording.operate(new Operation(
                        OperationKind.ADJUST,
                        member,
                        0,
                        "points",
                        "",
                        points * Points.MICRO,
                        RecordingEngine.NOW,
                        "anna",
                        "slip",
                        List.of())))
                .isEqualTo(OperationStatus.DONE);
    }

    @Test
    void claimsAndWaitingAdjustmentsAreTheSurvivors() {
        play(BASE, """
                #1 m7 10.00          | ACCRUED 10 10
                #2 m8 30.00          | ACCRUED 30 30
                #3 20.00             | ACCRUED 0 0
                """);
        recording.operate(new Operation(
                OperationKind.CLAIM,
                8,
                0,
                "",
                "",
                0,
                ReceiptText.SOLD_AT,
                "anna",
                "",
                List.of("Lyon", "1", "0", "3", "0")));
        recording.operate(new Operation(
                OperationKind.PROPOSE_ADJUSTMENT, 8, 0, "points", "x", 2_000_000_000, 1, "anna", "gift", List.of()));
        go("""
                merge m8 into m7     | DONE 60
                #4 -1x-20.00<3:1     | ACCRUED 0 0
                """);
        assertThat(recording.balance(7)).isEqualTo("40");
        assertThat(recording.engine.desk().pendingAdjustment("x").memberKey()).isEqualTo(7);
    }

    @Test
    void theHigherLevelStands() {
        play(BASE + """
                tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: silver, reaches: 100}, {id: gold, reaches: 500}]}
                """, """
                #1 m7 90.00          | ACCRUED 90 90
                #2 m8 450.00         | ACCRUED 450 450
                merge m8 into m7     | DONE 540
                """);
        assertThat(recording.engine.counter(7, "tier/level")).isEqualTo(1);
        go("""
                #3 m7 1.00           | ACCRUED 1 541
                """);
        assertThat(recording.engine.counter(7, "tier/level"))
                .as("540 and 1 reach gold")
                .isEqualTo(2);
        assertThat(recording.engine.counter(8, "tier/level")).isZero();
    }
}
