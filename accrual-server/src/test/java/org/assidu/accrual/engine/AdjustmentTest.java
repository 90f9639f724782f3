package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdjustmentTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            # purse,  points, author, reason,   approver, status,            balance after
            points,   50,     anna,   goodwill, ,         DONE,              60
            points,   -4,     anna,   slip,     ,         DONE,              6
            points,   -25,    anna,   slip,     ,         DONE,              -15
            points,   1000,   anna,   goodwill, ,         DONE,              1010
            points,   1001,   anna,   goodwill, ,         APPROVAL_REQUIRED, 10
            points,   1001,   anna,   goodwill, anna,     APPROVAL_REQUIRED, 10
            points,   1001,   anna,   goodwill, boris,    DONE,              1011
            points,   10001,  anna,   goodwill, boris,    LIMIT_EXCEEDED,    10
            points,   0,      anna,   goodwill, ,         MALFORMED,         10
            points,   5,      '',     goodwill, ,         MALFORMED,         10
            points,   5,      anna,   '',       ,         MALFORMED,         10
            cagnotte, 5,      anna,   goodwill, ,         SUBJECT_UNKNOWN,   10
            """)
    void adjustmentsMovePursesWithinTheirLimits(
            String purse, long points, String author, String reason, String approver, String status, String balance) {
        RecordingEngine recording =
                new RecordingEngine(TestProgrammes.published("earning: {basis: AMOUNT, points: 1}"));
        recording.submit("#1 m7 10.00");
        Operation operation = new Operation(
                OperationKind.ADJUST,
                7,
                0,
                purse,
                "",
                points * 1_000_000,
                RecordingEngine.NOW,
                author,
                reason,
                approver == null ? List.of() : List.of(approver));
        assertThat(recording.operate(operation)).hasToString(status);
        assertThat(recording.balance(7)).isEqualTo(balance);
    }
}
