package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdjustmentTest {
    private final RecordingEngine recording =
            new RecordingEngine(TestProgrammes.published("earning: {basis: AMOUNT, points: 1}"));

    private OperationStatus operate(
            OperationKind kind, String id, String purse, double points, String author, String reason) {
        return recording.operate(new Operation(
                kind, 7, 0, purse, id, (long) (points * 1_000_000), RecordingEngine.NOW, author, reason, List.of()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # purse,  points, author, reason,   status,            balance after
            points,   50,     anna,   goodwill, DONE,              60
            points,   -4,     anna,   slip,     DONE,              6
            points,   -25,    anna,   slip,     DONE,              -15
            points,   1000,   anna,   goodwill, DONE,              1010
            points,   1000.5, anna,   goodwill, APPROVAL_REQUIRED, 10
            points,   -1001,  anna,   slip,     APPROVAL_REQUIRED, 10
            points,   10001,  anna,   goodwill, LIMIT_EXCEEDED,    10
            points,   0,      anna,   goodwill, MALFORMED,         10
            points,   5,      '',     goodwill, MALFORMED,         10
            points,   5,      anna,   '',       MALFORMED,         10
            cagnotte, 5,      anna,   goodwill, SUBJECT_UNKNOWN,   10
            """)
    void adjustmentsMovePursesWithinTheirLimits(
            String purse, double points, String author, String reason, String status, String balance) {
        recording.submit("#1 m7 10.00");
        assertThat(operate(OperationKind.ADJUST, "", purse, points, author, reason))
                .hasToString(status);
        assertThat(recording.balance(7)).isEqualTo(balance);
    }

    @Test
    void aLargeAdjustmentTakesTwoPeople() {
        recording.submit("#1 m7 10.00");
        String table = """
                # what               | id | points | author | status            | waiting | balance
                ADJUST               | a  | 2000   | anna   | APPROVAL_REQUIRED | 0       | 10
                PROPOSE_ADJUSTMENT   | a  | 2000   | anna   | DONE              | 1       | 10
                PROPOSE_ADJUSTMENT   | a  | 2000   | anna   | ALREADY_DONE      | 1       | 10
                ADJUST               | a  | 2000   | anna   | ALREADY_DONE      | 1       | 10
                ADJUST               | a  | 2      | anna   | ALREADY_DONE      | 1       | 10
                APPROVE_ADJUSTMENT   | a  | 2000   | anna   | NOT_ALLOWED       | 1       | 10
                APPROVE_ADJUSTMENT   | a  | 2000   |        | MALFORMED         | 1       | 10
                APPROVE_ADJUSTMENT   | b  | 2000   | boris  | NOTHING_TO_DO     | 1       | 10
                APPROVE_ADJUSTMENT   | a  | 2000   | boris  | DONE              | 0       | 2010
                APPROVE_ADJUSTMENT   | a  | 2000   | boris  | ALREADY_DONE      | 0       | 2010
                ADJUST               | a  | 2000   | anna   | ALREADY_DONE      | 0       | 2010
                PROPOSE_ADJUSTMENT   | c  | -1500  | anna   | DONE              | 1       | 2010
                REJECT_ADJUSTMENT    | c  | -1500  | anna   | DONE              | 0       | 2010
                APPROVE_ADJUSTMENT   | c  | -1500  | boris  | NOTHING_TO_DO     | 0       | 2010
                PROPOSE_ADJUSTMENT   | c  | -1500  | anna   | ALREADY_DONE      | 0       | 2010
                PROPOSE_ADJUSTMENT   |    | 1500   | anna   | MALFORMED         | 0       | 2010
                PROPOSE_ADJUSTMENT   | d  | 10001  | anna   | LIMIT_EXCEEDED    | 0       | 2010
                """;
        table.lines().filter(row -> !row.startsWith("#")).forEach(row -> {
            String[] cell = row.split("\\|");
            OperationStatus status = operate(
                    OperationKind.valueOf(cell[0].strip()),
                    cell[1].strip(),
                    "points",
                    Double.parseDouble(cell[2].strip()),
                    cell[3].strip(),
                    "case 12");
            assertThat(status).as(row).hasToString(cell[4].strip());
            assertThat(recording.engine.desk().pendingAdjustments()).as(row).hasSize(Integer.parseInt(cell[5].strip()));
            assertThat(recording.balance(7)).as(row).isEqualTo(cell[6].strip());
        });
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
    }

    @Test
    void aWaitingAdjustmentIsPartOfTheState() {
        recording.submit("#1 m7 10.00");
        long before = recording.engine.stateHash();
        operate(OperationKind.PROPOSE_ADJUSTMENT, "a", "points", 2000, "anna", "case 12");
        assertThat(recording.engine.stateHash()).isNotEqualTo(before);
        assertThat(recording.replayed().desk().pendingAdjustments())
                .isEqualTo(recording.engine.desk().pendingAdjustments());
    }
}
