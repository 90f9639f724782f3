package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assidu.accrual.model.Problem;
import org.junit.jupiter.api.Test;

class ThresholdTest {
    private static RecordingEngine till(String reward) {
        return new RecordingEngine(TestProgrammes.published("earning: {points: 1}\nthreshold_rewards: [{id: gift, "
                + reward + ", reward: {kind: GIFT_VOUCHER, value: 5}}]\n"));
    }

    @Test
    void twoCrossingsGiveTwoAndTheSurplusIsKept() {
        till("measure: POINTS, reaches: 100").play("""
                        #1 m1 250.00          | ACCRUED 250 250
                        #2 m1 49.99           | ACCRUED 49.99 299.99 gift*2
                        #3 m1 0.01            | ACCRUED 0.01 300 gift*2
                        #4 m1 1.00 uses=gift*3 | ACCRUED 1 1
                        """);
    }

    @Test
    void theSurplusIsResetWhereTheProgrammeSaysSo() {
        till("measure: POINTS, reaches: 100, surplus: RESET").play("""
                        #1 m1 250.00          | ACCRUED 250 250
                        #2 m1 99.99           | ACCRUED 99.99 349.99 gift*2
                        #3 m1 0.01            | ACCRUED 0.01 350 gift*2
                        #4 m1 0.00            | ACCRUED 0 350 gift*3
                        """);
    }

    @Test
    void spendArticlesAndVisitsAreCountedAndTakeNoPoints() {
        till("measure: SPEND, reaches: 50").play("""
                        #1 m1 30.00 20.00        | ACCRUED 50 50
                        #2 m1 1.00 uses=gift     | ACCRUED 1 51
                        #3 m1 -1x-2.00 51.00     | ACCRUED 49 100
                        #4 m1 0.00               | ACCRUED 0 100 gift*1
                        """);
        till("measure: ARTICLES, reaches: 3").play("""
                        #1 m1 2x1.00 0.4x1.00w 9.00g | ACCRUED 2 2
                        #2 m1 0.00               | ACCRUED 0 2 gift*1
                        """);
        till("measure: VISITS, reaches: 2").play("""
                        #1 m1 1.00 1.00          | ACCRUED 2 2
                        #2 m1 0.00               | ACCRUED 0 2
                        #3 m1 1.00               | ACCRUED 1 3
                        #4 m1 0.00 uses=gift     | ACCRUED 0 3
                        """);
    }

    @Test
    void onlyTheNamedCategoryCounts() {
        till("measure: SPEND, reaches: 10, category: food").play("""
                        #1 m1 9.00/food/wine 9.00/foo  | ACCRUED 18 18
                        #2 m1 1.00/food                | ACCRUED 1 19
                        #3 m1 0.00                     | ACCRUED 0 19 gift*1
                        """);
        till("measure: POINTS, reaches: 10, category: food").play("""
                        #1 m1 9.00/food 9.00           | ACCRUED 18 18
                        #2 m1 1.00/food                | ACCRUED 1 19
                        #3 m1 0.00                     | ACCRUED 0 19 gift*1
                        """);
    }

    @Test
    void calendarWindowsStartAfreshInTheZoneOfTheProgramme() {
        String month = """
                #1 m1 @2026-01-31T22:59:59Z historical 60.00 | ACCRUED 60 60
                #2 m1 @2026-01-31T23:00:00Z historical 60.00 | ACCRUED 60 120
                #3 m1 @2026-01-15T10:00:00Z historical 60.00 | ACCRUED 60 180
                #4 m1 @2026-02-01T10:00:00Z historical 40.00 | ACCRUED 40 220
                #5 m1 @2026-03-01T10:00:00Z historical 0.00  | ACCRUED 0 220 gift*1
                """;
        till("measure: POINTS, reaches: 100, window: CALENDAR_MONTH").play(month);
        till("measure: POINTS, reaches: 200, window: CALENDAR_YEAR").play(month);
    }

    @Test
    void aReturnLowersTheMeasureAndTakesBackWhatItHadUnlocked() {
        till("measure: POINTS, reaches: 100").play("""
                        #1 m1 99.00           | ACCRUED 99 99
                        #2 m1 4x2.00          | ACCRUED 2 101
                        #3 m1 -2x-1.00<2:1    | ACCRUED -1 100 gift*1
                        #4 m1 -1x-0.50<2:1    | ACCRUED -0.5 99.5
                        #5 m1 0.50            | ACCRUED 0.5 100
                        #6 m1 -1x-0.50<2:1    | ACCRUED -0.5 99.5
                        #7 m1 0.00            | ACCRUED 0 99.5
                        """);
        till("measure: VISITS, reaches: 2").play("""
                        #1 m1 1.00 1.00       | ACCRUED 2 2
                        #2 m1 -1x-1.00<1:1    | ACCRUED -1 1
                        #3 m1 -1x-1.00<1:2    | ACCRUED -1 0
                        #4 m1 1.00            | ACCRUED 1 1
                        #5 m1 1.00            | ACCRUED 1 2
                        #6 m1 0.00            | ACCRUED 0 2 gift*1
                        """);
    }

    @Test
    void aRewardUsedBeforeItWasUnlockedUsesUpTheNextOne() {
        till("measure: POINTS, reaches: 100").play("""
                        #1 m1 60.00           | ACCRUED 60 60
                        #2 m1 1.00 uses=gift  | REWARD_UNFUNDED 1 -39
                        #3 m1 100.00          | ACCRUED 100 61
                        #4 m1 39.00           | ACCRUED 39 100
                        #5 m1 0.00            | ACCRUED 0 100 gift*1
                        """);
    }

    @Test
    void progressSurvivesRepublicationAndUnknownRewardsAreNotAlerted() {
        RecordingEngine till = new RecordingEngine(
                TestProgrammes.published(1, TestProgrammes.T.formatted(true)),
                TestProgrammes.published(2, "effective_from: 2026-03-01\n" + TestProgrammes.T.formatted(true)),
                TestProgrammes.published(3, "effective_from: 2026-03-02\nearning: {points: 1}\n"));

        till.play("""
                #1 m1 200.00 @2026-02-20T10:00:00Z | ACCRUED 200 200
                #2 m1 150.00 @2026-03-01T10:00:00Z | ACCRUED 150 350
                #3 m1 1.00   @2026-03-02T09:00:00Z | ACCRUED 1 351
                #4 m1 1.00   @2026-03-01T11:00:00Z | ACCRUED 1 352 ten-percent*1
                """);
        assertThat(till.engine.member(1).rewards()).containsExactly(new MemberView.UnlockedReward("ten-percent", 1, 0));
    }

    @Test
    void whatMustNotChangeOverVersionsIsRefused() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(TestProgrammes.T.formatted(true)));
        String other = TestProgrammes.T.formatted(true).replace("measure: POINTS", "measure: VISITS");

        List<Problem> problems = till.engine.publicationProblems(
                TestProgrammes.published(2, "id: other\ncurrency: GBP\nnumbering: DAILY\npurse: {id: p}\n" + other)
                        .document(),
                0);

        assertThat(problems)
                .extracting(Problem::path)
                .containsExactly("id", "purse.id", "currency", "numbering", "threshold_rewards[0].id");
    }
}
