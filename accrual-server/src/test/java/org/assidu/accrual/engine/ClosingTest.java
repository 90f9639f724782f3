package org.assidu.accrual.engine;

import org.junit.jupiter.api.Test;

/** A programme that ends: nothing is earned after its last day to earn, and nothing used after its last day to use. */
class ClosingTest {
    @Test
    void salesEarnUntilTheLastDayInTheProgrammesZoneAndRewardsAreUsedUntilTheirs() {
        new RecordingEngine(TestProgrammes.published("""
                        earning: {points: 1}
                        bonuses: [{id: double, award: {kind: MULTIPLIER, value: 2}}]
                        threshold_rewards: [{id: gift, measure: SPEND, reaches: 50, reward: {kind: GIFT_VOUCHER, value: 5}}]
                        last_earn_day: 2026-01-31
                        last_burn_day: 2026-02-15
                        """)).play("""
                        #1 m1 @2026-01-31T22:59:59Z historical 100.00           | ACCRUED 200 200
                        #2 m1 @2026-01-31T23:00:00Z historical 100.00           | NO_PROGRAMME 0 200 gift*2
                        #3 m1 @2026-02-15T22:59:59Z historical 1.00 uses=gift   | NO_PROGRAMME 0 200 gift*1
                        #4 m1 @2026-02-15T23:00:00Z historical 1.00             | NO_PROGRAMME 0 200
                        """);
    }

    @Test
    void returnsTakeBackWhatWasEarnedAlsoAfterTheEnd() {
        new RecordingEngine(TestProgrammes.published("""
                        earning: {points: 1}
                        last_earn_day: 2026-01-31
                        """)).play("""
                        #1 m1 @2026-01-31T10:00:00Z historical 10.00             | ACCRUED 10 10
                        #2 m1 @2026-02-02T10:00:00Z historical -1x-10.00<1:1     | NO_PROGRAMME -10 0
                        """);
    }
}
