package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.engine.RecordingEngine.NOW;

import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.junit.jupiter.api.Test;

/** Receipts of nobody and who claims them. Rows: a receipt, or {@code claim NUMBER mMEMBER}. */
final class ClaimTest {
    private static final long DAY = 86_400_000L;
    private static final String BASE = "earning: {basis: AMOUNT, points: 1}\n";

    private RecordingEngine recording;

    private OutcomeColumns claimed = new OutcomeColumns();

    private OperationStatus claim(long number, long member, long soldAtMillis, long nowMillis) {
        claimed = new OutcomeColumns();
        return recording.operate(
                new Operation(
                        OperationKind.CLAIM,
                        member,
                        0,
                        "",
                        "",
                        0,
                        soldAtMillis,
                        "anna",
                        "receipt shown",
                        List.of("Lyon", "1", "0", Long.toString(number), "0")),
                claimed,
                nowMillis);
    }

    private void play(String programme, String table) {
        recording = new RecordingEngine(TestProgrammes.published(programme));
        table.lines().filter(row -> !row.isBlank()).forEach(row -> {
            String[] cells = row.split("\\|");
            String[] words = cells[0].trim().split("\\s+");
            String told;
            if (words[0].equals("claim")) {
                long member = Long.parseLong(words[2].substring(1));
                told = claim(Long.parseLong(words[1]), member, ReceiptText.SOLD_AT, NOW) + " "
                        + Points.format(claimed.pointsMicro) + " " + recording.balance(member);
            } else {
                told = recording.told(recording.submit(cells[0]));
            }
            assertThat(told).as(row).isEqualTo(cells[1].trim().replaceAll("\\s+", " "));
        });
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
    }

    @Test
    void aReceiptOfNobodyIsClaimedOnceAndItsReturnsTakeBack() {
        play(BASE, """
                #1 m7 10.00          | ACCRUED 10 10
                #2 30.00 3x10.00     | ACCRUED 0 0
                claim 2 m7           | DONE 40 50
                claim 2 m7           | ALREADY_DONE 0 50
                claim 1 m7           | NOT_ALLOWED 0 50
                claim 3 m7           | SUBJECT_UNKNOWN 0 50
                claim 2 m8           | MEMBER_UNKNOWN 0 0
                #8 m8 5.00           | ACCRUED 5 5
                claim 2 m8           | NOT_ALLOWED 0 5
                #2 30.00 3x10.00     | ALREADY_ACCRUED 0 0
                #2 m7 30.00 3x10.00  | RECEIPT_CONFLICT MEMBER
                #2 30.00 3x11.00     | RECEIPT_CONFLICT LINE_AMOUNT line 2
                #4 -1x-3.33<2:2      | ACCRUED 0 0
                #5 m8 -2x-6.67<2:2   | ACCRUED 0 5
                #6 m7 -1x-30.00<2:1  | ACCRUED -30 10
                #9 m7 -1x-30.00<2:1  | ACCRUED 0 10
                """);
        assertThat(recording.engine.member(7).receipts()).isEqualTo(4);
    }

    @Test
    void whatCameBackBeforeTheClaimIsNotCredited() {
        play(BASE, """
                #1 m7 1.00           | ACCRUED 1 1
                #2 3x10.00           | ACCRUED 0 0
                #3 -1x-3.33<2:1      | ACCRUED 0 0
                claim 2 m7           | DONE 6.666667 7.666667
                #4 -1x-3.33<2:1      | ACCRUED 0 0
                #5 -1x-3.34<2:1      | ACCRUED 0 0
                """);
        assertThat(recording.balance(7)).isEqualTo("1");
    }

    @Test
    void anUnknownCardIsNobodyAndABlockedOneIsSomebody() {
        play(BASE, """
                #1 m7 1.00           | ACCRUED 1 1
                #2 unknown 10.00     | MEMBER_UNKNOWN 0 0
                #3 blocked 10.00     | CARD_BLOCKED 0 0
                claim 2 m7           | DONE 10 11
                claim 3 m7           | NOT_ALLOWED 0 11
                """);
    }

    @Test
    void thresholdsAndBonusesCountAsIfTheReceiptHadNamedTheMember() {
        play(BASE + """
                threshold_rewards:
                  - {id: ten, measure: POINTS, reaches: 100, reward: {kind: PERCENTAGE_OFF, value: 10}}
                bonuses:
                  - id: wine
                    name: {en: Wine, fr: Vin}
                    when: {categories: [wine]}
                    award: {kind: EXTRA_RATE, value: 1}
                    limits: {per_member: 30}
                  - id: price
                    name: {en: Price, fr: Prix}
                    when: {categories: [cheese]}
                    award: {kind: MEMBER_PRICE_PERCENT, value: 50}
                """, """
                #1 m7 10.00/wine     | ACCRUED 20 20
                #2 40.00/wine        | ACCRUED 0 0
                claim 2 m7           | DONE 60 80
                #3 20.00/cheese      | ACCRUED 0 0
                claim 3 m7           | DONE 20 100
                #4 m7 1.00           | ACCRUED 1 101 ten*1
                #5 -1x-40.00<2:1     | ACCRUED 0 0
                #6 m7 20.00/wine     | ACCRUED 40 81
                """);
    }

    @Test
    void aClaimComesWithinTheDaysOfTheProgramme() {
        recording = new RecordingEngine(TestProgrammes.published(BASE + "desk: {claim_days: 30}\n"));
        recording.submit("#1 m7 10.00");
        recording.submit("#2 10.00");
        long sold = ReceiptText.SOLD_AT;
        assertThat(claim(2, 7, sold, sold + 31 * DAY)).isEqualTo(OperationStatus.TOO_LATE);
        assertThat(claim(2, 7, sold + 1, sold + DAY)).isEqualTo(OperationStatus.SUBJECT_UNKNOWN);
        assertThat(claim(2, 7, sold, sold + 30 * DAY)).isEqualTo(OperationStatus.DONE);
        recording = new RecordingEngine(TestProgrammes.published(BASE + "desk: {claim_days: 0}\n"));
        recording.submit("#1 m7 10.00");
        recording.submit("#2 10.00");
        assertThat(claim(2, 7, sold, sold)).isEqualTo(OperationStatus.NOT_ALLOWED);
    }
}
