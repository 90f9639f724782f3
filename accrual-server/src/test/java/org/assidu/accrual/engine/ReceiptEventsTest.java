package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.assidu.accrual.model.OutcomeColumns;
import org.junit.jupiter.api.Test;

class ReceiptEventsTest {
    private static RecordingEngine till(String reward) {
        return new RecordingEngine(TestProgrammes.published("earning: {points: 1}\nthreshold_rewards: [{id: gift, "
                + reward + ", reward: {kind: GIFT_VOUCHER, value: 5}}]\n"));
    }

    /** Plays a table: {@code receipt | events}, an event as {@code m1 KIND rule value}. */
    private static void play(RecordingEngine till, String table) {
        table.lines().filter(row -> !row.isBlank()).forEach(row -> {
            String[] cells = row.split("\\|", -1);
            assertThat(events(till, till.submit(cells[0])))
                    .as(cells[0].trim())
                    .isEqualTo(cells[1].trim().replaceAll("\\s+", " "));
        });
        assertThat(till.replayed().stateHash()).isEqualTo(till.engine.stateHash());
    }

    private static String events(RecordingEngine till, OutcomeColumns out) {
        StringBuilder told = new StringBuilder();
        for (int e = 0; e < out.events; e++) {
            String rule = till.engine.programmes().get(out.programmeVersion - 1).ruleId(out.eventRule[e]);
            told.append(e == 0 ? "" : ", ").append('m').append(out.eventMember[e]);
            told.append(' ').append(out.eventKind[e]);
            told.append(rule.isEmpty() ? "" : " " + rule).append(' ').append(out.eventValue[e]);
        }
        return told.toString();
    }

    @Test
    void theFirstRecordWelcomesAndTheFirstReceiptIsTheFirstPurchase() {
        play(till("measure: POINTS, reaches: 100"), """
                #1 m1 10.00 2.50                 | m1 WELCOME 0, m1 FIRST_PURCHASE 1250
                #2 m1 10.00                      |
                #3 10.00                         |
                #4 unknown 10.00                 |
                #5 blocked 1.00                  |
                #6 m2 1.00                       | m2 WELCOME 0, m2 FIRST_PURCHASE 100
                """);
    }

    @Test
    void chunksWelcomeOnceAndTellTheRestAtTheEnd() {
        play(till("measure: POINTS, reaches: 100"), """
                #1 m1 OPEN:1 150.00              | m1 WELCOME 0
                #1 m1 OPEN:2 10.00               |
                #1 CLOSING:3 1.00                | m1 THRESHOLD_REACHED gift 1, m1 FIRST_PURCHASE 16100, m1 REWARD_AVAILABLE gift 1
                #2 m2 OPEN:1 5.00                | m2 WELCOME 0
                #2 VOID                          |
                #3 m2 1.00                       | m2 FIRST_PURCHASE 100
                """);
    }

    @Test
    void aThresholdReachedTwiceMakesTwoRewardsAvailable() {
        play(till("measure: POINTS, reaches: 100"), """
                #1 m1 1.00                       | m1 WELCOME 0, m1 FIRST_PURCHASE 100
                #2 m1 250.00                     | m1 THRESHOLD_REACHED gift 2, m1 REWARD_AVAILABLE gift 2
                #3 m1 1.00                       |
                #4 m1 48.00 uses=gift            | m1 THRESHOLD_REACHED gift 1, m1 REWARD_AVAILABLE gift 2
                #5 m1 1.00 uses=gift             |
                """);
    }

    @Test
    void whatTheSameReceiptTakesBackWasNotReached() {
        play(till("measure: POINTS, reaches: 100"), """
                #1 m1 99.00                      | m1 WELCOME 0, m1 FIRST_PURCHASE 9900
                #2 m1 2.00 -0.05x-4.95<1:1       |
                #3 m1 5.00                       | m1 THRESHOLD_REACHED gift 1, m1 REWARD_AVAILABLE gift 1
                """);
    }

    @Test
    void aRewardUsedBeforeItWasReachedMakesNoneAvailable() {
        play(till("measure: POINTS, reaches: 100"), """
                #1 m1 1.00 uses=gift             | m1 WELCOME 0, m1 FIRST_PURCHASE 100
                #2 m1 99.00                      |
                #3 m1 100.00                     | m1 THRESHOLD_REACHED gift 1, m1 REWARD_AVAILABLE gift 1
                """);
    }

    @Test
    void aRepeatIsToldTheFirstOutcomeAndRecordsNothing() {
        RecordingEngine till = till("measure: POINTS, reaches: 100");
        play(till, """
                #1 m1 100.00 | m1 THRESHOLD_REACHED gift 1, m1 WELCOME 0, m1 FIRST_PURCHASE 10000, m1 REWARD_AVAILABLE gift 1
                """);
        till.submit("#1 m1 100.00");
        assertThat(till.journal).hasSize(1);
    }
}
