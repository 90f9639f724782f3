package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.junit.jupiter.api.Test;

/** Members who share purses. Rows: a receipt, {@code join mMEMBER hHOUSEHOLD} or {@code leave mMEMBER hHOUSEHOLD SHARE}. */
final class HouseholdTest {
    private static final String BASE = "earning: {basis: AMOUNT, points: 1}\n";

    private RecordingEngine recording = new RecordingEngine();

    private OperationStatus operate(OperationKind kind, long member, long household, long share) {
        return recording.operate(
                new Operation(kind, member, household, "", "", share, RecordingEngine.NOW, "anna", "family", List.of()),
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
            if (words[0].equals("join") || words[0].equals("leave")) {
                long member = Long.parseLong(words[1].substring(1));
                boolean join = words[0].equals("join");
                OperationStatus status = operate(
                        join ? OperationKind.JOIN_HOUSEHOLD : OperationKind.LEAVE_HOUSEHOLD,
                        member,
                        Long.parseLong(words[2].substring(1)),
                        join ? 0 : Long.parseLong(words[3]));
                told = status + " " + recording.balance(member);
            } else if (words[0].equals("merge")) {
                long survivor = Long.parseLong(words[3].substring(1));
                told = operate(OperationKind.MERGE, survivor, Long.parseLong(words[1].substring(1)), 0) + " "
                        + recording.balance(survivor);
            } else {
                told = recording.told(recording.submit(cells[0]));
            }
            assertThat(told).as(row).isEqualTo(cells[1].trim().replaceAll("\\s+", " "));
        });
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
        assertThat(recording.engine.totals().books().get(0).transferred()).isZero();
    }

    @Test
    void membersOfAHouseholdEarnIntoAndSpendFromOnePurse() {
        play(BASE + """
                threshold_rewards:
                  - {id: ten, measure: POINTS, reaches: 100, reward: {kind: PERCENTAGE_OFF, value: 10}}
                """, """
                #1 m7 60.00              | ACCRUED 60 60
                #2 m8 30.00              | ACCRUED 30 30
                join m7 h90              | DONE 60
                join m8 h90              | DONE 90
                join m8 h90              | ALREADY_DONE 90
                join m8 h91              | NOT_ALLOWED 90
                #3 m8 5.00               | ACCRUED 5 95
                #4 m7 40.00              | ACCRUED 40 135
                #5 m7 1.00 uses=ten      | ACCRUED 1 36
                #6 m8 -1x-30.00<2:1      | ACCRUED -30 6
                #7 -1x-5.00<3:1          | ACCRUED 0 0
                join m7 h7               | MALFORMED 1
                join m9 h90              | MEMBER_UNKNOWN 0
                """);
        assertThat(recording.engine.member(8).receipts())
                .as("receipts stay each one's own")
                .isEqualTo(3);
    }

    @Test
    void whoLeavesTakesTheShareAndTheLastOneAll() {
        play(BASE, """
                #1 m7 60.00              | ACCRUED 60 60
                #2 m8 30.00              | ACCRUED 30 30
                #3 m9 10.00              | ACCRUED 10 10
                join m7 h90              | DONE 60
                join m8 h90              | DONE 90
                join m9 h90              | DONE 100
                #4 m9 5.00               | ACCRUED 5 105
                leave m9 h90 0           | DONE 0
                leave m9 h90 0           | NOTHING_TO_DO 0
                leave m8 h91 0           | NOTHING_TO_DO 105
                leave m8 h90 3333        | DONE 34.9965
                #5 m9 -1x-5.00<4:1       | ACCRUED 0 0
                #6 m8 -1x-30.00<2:1      | ACCRUED -30 4.9965
                leave m7 h90 0           | DONE 65.0035
                #7 m7 1.00               | ACCRUED 1 66.0035
                join m8 h90              | NOT_ALLOWED 4.9965
                """);
        assertThat(recording.engine.desk().householdOf(7)).isZero();
    }

    @Test
    void lotsKeepTheirExpiryInAndOut() {
        recording = new RecordingEngine(TestProgrammes.published(BASE + """
                accepted_window: {past_days: 3650}
                purse: {id: points, validity: {length: 1, unit: MONTHS}}
                """));
        recording.day(LocalDate.of(2026, 2, 25));
        go("""
                #1 m7 @2026-02-20T10:00Z 10.00  | ACCRUED 10 10
                #2 m8 @2026-02-10T10:00Z 30.00  | ACCRUED 30 30
                join m7 h90                     | DONE 10
                join m8 h90                     | DONE 40
                #3 m8 @2026-02-24T10:00Z 4.00   | ACCRUED 4 44
                leave m8 h90 5000               | DONE 22
                """);
        recording.day(LocalDate.of(2026, 3, 11));
        assertThat(recording.balance(8)).isEqualTo("7");
        assertThat(recording.balance(7)).isEqualTo("7");
        recording.day(LocalDate.of(2026, 3, 21));
        assertThat(recording.balance(8)).isEqualTo("2");
        go("leave m7 h90 0 | DONE 2\n");
        recording.day(LocalDate.of(2026, 3, 25));
        assertThat(recording.balance(7)).isEqualTo("0");
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
    }

    @Test
    void aRewardHeldForAMemberGoesBackToTheHouseholdThatPaidForIt() {
        play(BASE + "shop: [{id: mug, kind: VOUCHER, value: 5, price: 50}]\n", """
                #1 m7 60.00              | ACCRUED 60 60
                #2 m8 1.00               | ACCRUED 1 1
                join m7 h90              | DONE 60
                join m8 h90              | DONE 61
                """);
        long ends = RecordingEngine.NOW + 60_000;
        assertThat(recording.operate(
                        new Operation(OperationKind.RESERVE, 8, 0, "mug", "r", 1, ends, "", "", List.of())))
                .isEqualTo(OperationStatus.DONE);
        go("leave m8 h90 0 | DONE 0\n");
        assertThat(recording.balance(7)).isEqualTo("11");
        assertThat(recording.operate(new Operation(OperationKind.CANCEL, 8, 0, "", "r", 0, 0, "", "", List.of())))
                .isEqualTo(OperationStatus.DONE);
        assertThat(recording.balance(7)).isEqualTo("61");
        assertThat(recording.balance(8)).isEqualTo("0");
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
    }

    @Test
    void aMergeWithinAHouseholdKeepsItsPurseAndAcrossItIsRefused() {
        play(BASE, """
                #1 m7 60.00              | ACCRUED 60 60
                #2 m8 30.00              | ACCRUED 30 30
                #3 m9 5.00               | ACCRUED 5 5
                #4 m10 2.00              | ACCRUED 2 2
                join m7 h90              | DONE 60
                join m8 h90              | DONE 90
                merge m7 into m9         | NOT_ALLOWED 5
                merge m9 into m7         | DONE 95
                merge m8 into m7         | DONE 95
                #5 -1x-5.00<3:1          | ACCRUED 0 0
                #6 m8 10.00              | ACCRUED 10 100
                leave m7 h90 0           | DONE 100
                merge m10 into m7        | DONE 102
                """);
    }
}
