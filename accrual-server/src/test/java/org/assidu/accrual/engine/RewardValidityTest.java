package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.assidu.accrual.model.ReceiptColumns;
import org.junit.jupiter.api.Test;

/** How long rewards can be used, each heading as a table: one step a row, what comes of it last. */
final class RewardValidityTest {
    private static final String COFFEE = """
            accepted_window: {past_days: 3650}
            earning: {basis: AMOUNT, points: 1}
            returns_restore_rewards: true
            threshold_rewards:
              - {id: coffee, measure: VISITS, reaches: 2, valid_days: 10, reminder_days: [7, 2], reward: {kind: FREE_ARTICLE, sku: C}}
            """;

    private static ActSteps steps(String programme) {
        return new ActSteps(TestProgrammes.published(programme));
    }

    @Test
    void anUnlockedRewardEndsSoManyDaysAfterTheNewestOneAndItsMemberIsRemindedOnce() {
        steps(COFFEE).play("""
                2026-03-02 | #1 m1 10.00 |
                2026-03-03 | #2 m1 10.00 | m1 THRESHOLD_REACHED coffee 1, m1 REWARD_AVAILABLE coffee 1
                2026-03-05 |             |
                2026-03-06 |             | m1 REWARD_EXPIRING coffee 2026-03-13
                2026-03-10 |             |
                2026-03-11 |             | m1 REWARD_EXPIRING coffee 2026-03-13
                # On the last day it can be used, on the next it is gone
                2026-03-13 | #3 m1 1.00 uses=coffee |
                2026-03-14 | #4 m1 1.00  | m1 THRESHOLD_REACHED coffee 1, m1 REWARD_AVAILABLE coffee 1
                # Another one gives both its own ten days
                2026-03-16 | #5 m1 1.00  |
                2026-03-16 | #6 m1 1.00  | m1 THRESHOLD_REACHED coffee 1, m1 REWARD_AVAILABLE coffee 2
                2026-03-25 |             | m1 REWARD_EXPIRING coffee 2026-03-26, m1 REWARD_EXPIRING coffee 2026-03-26
                2026-03-26 |             |
                2026-03-27 |             |
                """);
    }

    @Test
    void aRewardThatHasEndedIsUnfunded() {
        ActSteps steps = steps(COFFEE).play("""
                2026-03-02 | #1 m1 10.00 |
                2026-03-02 | #2 m1 10.00 | m1 THRESHOLD_REACHED coffee 1, m1 REWARD_AVAILABLE coffee 1
                2026-03-13 |             | m1 REWARD_EXPIRING coffee 2026-03-12, m1 REWARD_EXPIRING coffee 2026-03-12
                """);
        assertThat(steps.recording.engine.member(1).rewards()).isEmpty();
        long noon = RecordingEngine.noon(LocalDate.of(2026, 3, 13));
        ReceiptColumns late = ReceiptText.receipt("#3 m1 1.00 uses=coffee @2026-03-13T11:00Z");
        assertThat(steps.recording.told(steps.recording.submit(late, noon))).startsWith("REWARD_UNFUNDED");
        // It used up the next crossing.
        steps.play("""
                2026-03-14 | #4 m1 10.00 |
                2026-03-14 | #5 m1 10.00 |
                2026-03-14 | #6 m1 10.00 | m1 THRESHOLD_REACHED coffee 1, m1 REWARD_AVAILABLE coffee 1
                """);
    }

    @Test
    void whatAReturnGivesBackCanBeUsedAgainForSoLong() {
        steps(COFFEE).play("""
                2026-03-02 | #1 m1 10.00              |
                2026-03-02 | #2 m1 10.00              | m1 THRESHOLD_REACHED coffee 1, m1 REWARD_AVAILABLE coffee 1
                2026-03-03 | #3 m1 1.00 uses=coffee   |
                2026-03-20 | #4 m1 -1x-1.00<3:1       | m1 REWARD_AVAILABLE coffee 1
                2026-03-23 |                          | m1 REWARD_EXPIRING coffee 2026-03-30
                2026-03-24 | #5 m1 1.00 uses=coffee   |
                2026-03-31 |                          |
                """);
    }

    @Test
    void whatAnOpenReceiptHoldsIsLeftToItAndEndsWhenItIsFreed() {
        ActSteps steps = steps(COFFEE).play("""
                2026-03-02 | #1 m1 10.00              |
                2026-03-02 | #2 m1 10.00              | m1 THRESHOLD_REACHED coffee 1, m1 REWARD_AVAILABLE coffee 1
                2026-03-12 | #3 m1 OPEN:1 1.00        | *
                2026-03-13 |                          |
                """);
        assertThat(steps.recording.engine.member(1).rewards()).hasSize(1);
        steps.play("""
                2026-03-13 | #3 m1 VOID               |
                2026-03-14 |                          |
                """);
        assertThat(steps.recording.engine.member(1).rewards()).isEmpty();
    }

    @Test
    void aValidityThatBeginsOrBecomesShorterNeverShortensWhatAMemberHas() {
        String before = COFFEE.replace("valid_days: 10, reminder_days: [7, 2], ", "");
        ActSteps steps = steps(before).play("""
                2026-03-02 | #1 m1 10.00 |
                2026-03-02 | #2 m1 10.00 | m1 THRESHOLD_REACHED coffee 1, m1 REWARD_AVAILABLE coffee 1
                """);
        steps.recording.publish(TestProgrammes.published(2, "effective_from: 2026-03-05\n" + COFFEE));
        steps.play("""
                2026-03-06 | #3 m2 1.00              |
                2026-03-06 | #4 m2 1.00              | m2 THRESHOLD_REACHED coffee 1, m2 REWARD_AVAILABLE coffee 1
                2026-03-06 | #5 m1 1.00              |
                # With one that does not end
                2026-03-06 | #6 m1 1.00              | m1 THRESHOLD_REACHED coffee 1, m1 REWARD_AVAILABLE coffee 2
                2026-03-17 |                         | m2 REWARD_EXPIRING coffee 2026-03-16, m2 REWARD_EXPIRING coffee 2026-03-16
                """);
        assertThat(steps.recording.engine.member(1).rewards().get(0).unlocked()).isEqualTo(2);
        assertThat(steps.recording.engine.member(2).rewards()).isEmpty();
    }

    @Test
    void ofTwoMembershipsTheLaterEndStands() {
        steps(COFFEE).play("""
                2026-03-02 | #1 m1 10.00 |
                2026-03-02 | #2 m1 10.00 | m1 THRESHOLD_REACHED coffee 1, m1 REWARD_AVAILABLE coffee 1
                2026-03-04 | #3 m2 10.00 |
                2026-03-04 | #4 m2 10.00 | m2 THRESHOLD_REACHED coffee 1, m2 REWARD_AVAILABLE coffee 1
                2026-03-04 | merge 1 of 2 | m2 -20, m1 +20
                2026-03-07 |             | m1 REWARD_EXPIRING coffee 2026-03-14
                2026-03-14 | #5 m1 1.00 uses=coffee*2 | m1 REWARD_EXPIRING coffee 2026-03-14
                """);
    }

    @Test
    void grantsOfTheShopAndAllRewardsOfAProgrammeThatClosesAreRemindedOfBeforeTheirLastDay() {
        steps("""
                earning: {basis: AMOUNT, points: 1}
                last_earn_day: 2026-04-01
                last_burn_day: 2026-04-10
                threshold_rewards:
                  - {id: ten, measure: POINTS, reaches: 100, reminder_days: [5], reward: {kind: PERCENTAGE_OFF, value: 10}}
                acts:
                  - {id: hello, act: WELCOME, reward: mug}
                shop:
                  - {id: mug, kind: FREE_ARTICLE, sku: M, price: 50, last_day: 2026-03-20, reminder_days: [3]}
                """).play("""
                2026-03-02 | join 1       |
                2026-03-02 | #1 m1 120.00 | m1 THRESHOLD_REACHED ten 1, m1 REWARD_AVAILABLE ten 1
                2026-03-16 |              |
                2026-03-17 |              | m1 REWARD_EXPIRING mug 2026-03-20
                2026-04-04 |              |
                2026-04-05 |              | m1 REWARD_EXPIRING ten 2026-04-10
                """);
    }

    @Test
    void theOwnerOfACodeBoughtWithPointsIsRemindedWhileSomethingIsLeftOnIt() {
        steps("""
                earning: {basis: AMOUNT, points: 1}
                shop:
                  - {id: gift, kind: VOUCHER, value: 5, price: 50, valid_days: 30, reminder_days: [7]}
                """).play("""
                2026-03-02 | join 1                      |
                2026-03-02 | join 2                      |
                2026-03-02 | code 1 gift 7 2026-04-01    |
                2026-03-02 | code 1 gift 8 2026-04-02    |
                2026-03-02 | code 2 gift 9 2026-04-03    |
                2026-03-24 | redeem 7                    |
                2026-03-25 |                             |
                2026-03-26 |                             | m1 REWARD_EXPIRING gift 2026-04-02
                2026-03-26 | merge 1 of 2                |
                2026-03-27 |                             | m1 REWARD_EXPIRING gift 2026-04-03
                2026-04-02 | redeem 7                    | TOO_LATE
                2026-04-02 | redeem 8                    |
                2026-04-04 | redeem 9                    | TOO_LATE
                """);
    }
}
