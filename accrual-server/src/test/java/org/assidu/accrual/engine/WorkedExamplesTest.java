package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The worked examples of the specification, row by row. */
class WorkedExamplesTest {
    private static final String T = """
            #1 m1 100.00 80.00               | ACCRUED 180 180
            #2 m1 110.00 20.00p              | ACCRUED 110 290
            #3 m1 12.50                      | ACCRUED 12.5 302.5
            #4 m1 OPEN:1                     | PROVISIONAL 0 302.5 ten-percent*1
            """;

    @Test
    void thresholdRewardOfExampleT() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(TestProgrammes.T.formatted(false)));

        till.play(T + """
                #4 m1 CLOSING:2 40.00 uses=ten-percent | ACCRUED 0 2.5
                #5 m1 7.50                             | ACCRUED 7.5 10
                """);
    }

    @Test
    void thresholdRewardOfExampleTWithEarningRewardReceipts() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(TestProgrammes.T.formatted(true)));

        till.play(T + """
                #4 m1 CLOSING:2 40.00 uses=ten-percent | ACCRUED 40 42.5
                #5 m1 7.50                             | ACCRUED 7.5 50
                """);
    }

    @Test
    void partialReturnsOfExampleR() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.earning("points: 1"));

        till.play("""
                #1 m1 3x10.00              | ACCRUED 10 10
                #2 m1 -1x-3.33<1:1         | ACCRUED -3.333333 6.666667
                #3 m1 -1x-3.33<1:1         | ACCRUED -3.333333 3.333334
                #4 m1 -1x-3.34<1:1         | ACCRUED -3.333334 0
                """);
    }

    @Test
    void wholeReturnOfExampleR() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.earning("points: 1"));

        till.play("""
                #1 m1 3x10.00              | ACCRUED 10 10
                #2 m1 -3x-10.00<1:1        | ACCRUED -10 0
                """);
        assertThat(till.engine.returnedThousandths(ReceiptText.receipt("#1"), 0))
                .isEqualTo(3000);
    }

    @Test
    void returnsOfExampleSInEitherOrder() {
        String sale = "#1 m1 7.50 5.00 | ACCRUED 12 12\n";
        String floor = "earning: {points: 1}\npurse: {rounding: FLOOR_PER_RECEIPT}\n";

        new RecordingEngine(TestProgrammes.published(floor)).play(sale + """
                        #2 m1 -1x-7.50<1:1 | ACCRUED -7 5
                        #3 m1 -1x-5.00<1:2 | ACCRUED -5 0
                        """);
        new RecordingEngine(TestProgrammes.published(floor)).play(sale + """
                        #2 m1 -1x-5.00<1:2 | ACCRUED -5 7
                        #3 m1 -1x-7.50<1:1 | ACCRUED -7 0
                        """);
    }
}
