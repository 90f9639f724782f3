package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Levels: what {@link StatusSteps} plays is member 7's. */
class TierTest {
    private static final String LEVELS =
            "levels: [{id: silver, reaches: 100, multiplier: 1.5}, {id: gold, reaches: 300, multiplier: 2}]}\n";

    private static StatusSteps rolling(String more) {
        return StatusSteps.under("tiers: {measure: SPEND, window: ROLLING_MONTHS, months: 3, " + more + LEVELS);
    }

    private static StatusSteps calendar(String more) {
        return StatusSteps.under("tiers: {measure: SPEND, window: CALENDAR_YEAR, " + more + LEVELS);
    }

    private static StatusSteps lifetime(String more) {
        return StatusSteps.under("tiers: {measure: SPEND, window: LIFETIME, " + more + LEVELS);
    }

    @Test
    void aLevelIsReachedWhenItsReceiptClosesAndCountsFromTheNextOn() {
        lifetime("").play("""
                2026-01-10 | #1 m7 99.99           | base 99.99                                    | none 99.99
                2026-01-10 | #2 m7 0.01            | base 0.01, TIER_REACHED silver 1              | silver 100
                2026-01-10 | #3 m7 200.00          | base 200, silver 100, TIER_REACHED gold 2     | gold 300
                2026-01-10 | #4 m7 10.00           | base 10, gold 10                              | gold 310
                2026-01-10 | #5 m8 10.00           |                                               | gold 310
                """);
    }

    @Test
    void aReceiptMayReachSeveralLevelsAtOnce() {
        lifetime("").play("""
                2026-01-10 | #1 m7 500.00          | base 500, TIER_REACHED gold 2                 | gold 500
                """);
    }

    @Test
    void usingPointsLowersNoLevelAndPointsOfBonusesCount() {
        StatusSteps.under("""
                tiers: {measure: POINTS_EARNED, window: LIFETIME, levels: [{id: silver, reaches: 100}]}
                threshold_rewards: [{id: gift, measure: POINTS, reaches: 50, reward: {kind: GIFT_VOUCHER, value: 5}}]
                bonuses: [{id: double, when: {categories: [wine]}, award: {kind: MULTIPLIER, value: 2}}]
                """).play("""
                2026-01-10 | #1 m7 30.00/wine      | base 30, double 30                            | none 60
                2026-01-11 | #2 m7 40.00 uses=gift  | gift -50, base 40, TIER_REACHED silver 1      | silver 100
                2026-01-12 | #3 m7 -1x-40.00<2:1   | - base 40, TIER_AT_RISK silver 26-01-13       | silver 60 until 26-01-13
                """);
    }

    @Test
    void whatEarnsNothingIsNoSpending() {
        StatusSteps.under("""
                guards: {never_earn: [tobacco]}
                tiers: {measure: SPEND, window: LIFETIME, levels: [{id: silver, reaches: 100}]}
                """).play("""
                2026-01-10 | #1 m7 90.00/tobacco 60.00 | base 60                                   | none 60
                2026-01-10 | #2 m7 -1x-90.00/tobacco<1:1 60.00 | base 60, TIER_REACHED silver 1    | silver 120
                """);
    }

    @Test
    void aReturnLowersTheMeasureOfItsMemberAndOverALifetimeTheLevelIsReviewedAfterTheGrace() {
        lifetime("grace_days: 10, downgrade: REQUALIFY, ").play("""
                2026-01-10 | #1 m7 150.00          | base 150, TIER_REACHED silver 1               | silver 150
                2026-01-11 | #2 m7 200.00          | base 200, silver 100, TIER_REACHED gold 2     | gold 350
                # Somebody else brings it back
                2026-01-12 | #3 m8 -1x-200.00<2:1  | - base 200, - silver 100, TIER_AT_RISK gold 26-01-22 | gold 150 until 26-01-22
                2026-01-13 | #4 m7 10.00           | base 10, gold 10                              | gold 160 until 26-01-22
                2026-01-22 |                       | TIER_LOST gold 1                              | silver 160
                2026-01-23 | #5 m7 10.00           | base 10, silver 5                             | silver 170
                """);
    }

    @Test
    void whoQualifiesAgainWithinTheGraceKeepsTheLevel() {
        lifetime("grace_days: 10, ").play("""
                2026-01-10 | #1 m7 350.00          | base 350, TIER_REACHED gold 2                 | gold 350
                2026-01-12 | #2 m7 -1x-350.00<1:1  | - base 350, TIER_AT_RISK gold 26-01-22        | gold 0 until 26-01-22
                2026-01-21 | #3 m7 300.00          | base 300, gold 300                            | gold 300
                2026-01-22 |                       |                                               | gold 300
                """);
    }

    @Test
    void oneLevelDownAtATimeOverALifetimeToo() {
        lifetime("").play("""
                2026-01-10 | #1 m7 350.00          | base 350, TIER_REACHED gold 2                 | gold 350
                2026-01-12 | #2 m7 -1x-350.00<1:1  | - base 350, TIER_AT_RISK gold 26-01-13        | gold 0 until 26-01-13
                2026-01-13 |                       | TIER_LOST gold 1                              | silver 0 until 26-01-14
                2026-01-14 |                       | TIER_LOST silver 0                            | none 0
                """);
    }

    @Test
    void anExchangeIsOneChange() {
        lifetime("").play("""
                2026-01-10 | #1 m7 100.00                   | base 100, TIER_REACHED silver 1             | silver 100
                2026-01-12 | #2 m7 -1x-100.00<1:1 120.00    | base 120, silver 60, - base 100             | silver 120
                2026-01-12 | #3 m7 -1x-120.00<2:2 310.00    | base 310, silver 155, - base 120, - silver 60, TIER_REACHED gold 2 | gold 310
                """);
    }

    @Test
    void aPurchaseCountsForThreeFullMonthsAndTheOneUnderWay() {
        rolling("").play("""
                2026-01-31 | #1 m7 60.00           | base 60                                       | none 60
                2026-04-30 | #2 m7 39.00           | base 39                                       | none 99
                2026-05-01 | #3 m7 60.00           | base 60                                       | none 99
                2026-05-02 | #4 m7 1.00            | base 1, TIER_REACHED silver 1                 | silver 100 until 26-09-01
                """);
    }

    @Test
    void aLevelIsHeldForThreeFullMonthsThenReviewedByWhatCountsThen() {
        rolling("").play("""
                2026-01-10 | #1 m7 100.00          | base 100, TIER_REACHED silver 1               | silver 100 until 26-05-01
                2026-04-30 |                       |                                               | silver 100 until 26-05-01
                2026-05-01 |                       | TIER_LOST silver 0                            | none 0
                """);
        rolling("").play("""
                2026-01-10 | #1 m7 100.00          | base 100, TIER_REACHED silver 1               | silver 100 until 26-05-01
                2026-02-01 | #2 m7 100.00          | base 100, silver 50                           | silver 200 until 26-05-01
                2026-05-01 |                       |                                               | silver 100 until 26-08-01
                2026-08-01 |                       | TIER_LOST silver 0                            | none 0
                """);
    }

    @Test
    void aHigherLevelBeginsAPeriodOfItsOwnAndFallsStepByStep() {
        rolling("").play("""
                2026-01-10 | #1 m7 100.00          | base 100, TIER_REACHED silver 1               | silver 100 until 26-05-01
                2026-03-10 | #2 m7 200.00          | base 200, silver 100, TIER_REACHED gold 2     | gold 300 until 26-07-01
                2026-07-01 |                       | TIER_LOST gold 1                              | silver 0 until 26-10-01
                2026-10-01 |                       | TIER_LOST silver 0                            | none 0
                """);
        rolling("downgrade: REQUALIFY, ").play("""
                2026-01-10 | #1 m7 300.00          | base 300, TIER_REACHED gold 2                 | gold 300 until 26-05-01
                2026-05-01 |                       | TIER_LOST gold 0                              | none 0
                """);
    }

    @Test
    void duringTheGraceTheLevelIsHeldAndCanBeDeservedAgain() {
        rolling("grace_days: 20, reminder_days: [25, 5], ").play("""
                2026-01-10 | #1 m7 100.00          | base 100, TIER_REACHED silver 1               | silver 100 until 26-05-21
                2026-04-26 |                       | TIER_AT_RISK silver 26-05-21                  | silver 100 until 26-05-21
                2026-05-10 | #2 m7 100.00          | base 100, silver 50                           | silver 100 until 26-05-21
                # Who will keep it is not warned
                2026-05-16 |                       |                                               | silver 100 until 26-05-21
                2026-05-21 |                       |                                               | silver 100 until 26-08-21
                2026-08-16 |                       |                                               | silver 100 until 26-08-21
                2026-08-21 |                       |                                               | silver 100 until 26-11-21
                """);
    }

    @Test
    void aCalendarYearIsReviewedAtItsEndByWhatItHad() {
        calendar("").play("""
                2026-05-10 | #1 m7 100.00          | base 100, TIER_REACHED silver 1               | silver 100 until 27-01-01
                2027-01-01 |                       |                                               | silver 0 until 28-01-01
                2027-12-31 | #2 m7 99.00           | base 99, silver 49.5                          | silver 99 until 28-01-01
                2028-01-01 |                       | TIER_LOST silver 0                            | none 0
                2028-01-02 | #3 m7 99.00           | base 99                                       | none 99
                """);
    }

    @Test
    void theGraceBelongsToTheYearThatEnded() {
        calendar("grace_days: 31, ").play("""
                2026-05-10 | #1 m7 100.00          | base 100, TIER_REACHED silver 1               | silver 100 until 27-02-01
                2027-12-31 | #2 m7 99.00           | base 99, silver 49.5                          | silver 99 until 28-02-01
                2028-01-20 | #3 m7 1.00            | base 1, silver 0.5                            | silver 1 until 28-02-01
                2028-02-01 |                       |                                               | silver 1 until 29-02-01
                """);
    }

    @Test
    void aReturnedPromotionLastsUntilTheReview() {
        calendar("").play("""
                2026-05-10 | #1 m7 100.00          | base 100, TIER_REACHED silver 1               | silver 100 until 27-01-01
                2026-05-11 | #2 m7 -1x-100.00<1:1  | - base 100, TIER_AT_RISK silver 27-01-01      | silver 0 until 27-01-01
                2027-01-01 |                       | TIER_LOST silver 0                            | none 0
                """);
    }

    @Test
    void aReturnLowersTheMonthOfItsSaleAndNothingOnceThatIsOver() {
        rolling("").play("""
                2026-01-10 | #1 m7 50.00           | base 50                                       | none 50
                2026-03-10 | #2 m7 50.00           | base 50, TIER_REACHED silver 1                | silver 100 until 26-07-01
                2026-04-10 | #3 m7 -1x-50.00<1:1   | - base 50, TIER_AT_RISK silver 26-07-01       | silver 50 until 26-07-01
                2026-06-10 | #4 m7 -1x-50.00<2:1   | - base 50                                     | silver 0 until 26-07-01
                2026-07-01 |                       | TIER_LOST silver 0                            | none 0
                2026-11-10 | #5 m7 50.00           | base 50                                       | none 50
                """);
    }

    @Test
    void aLateReceiptCountsInItsOwnTime() {
        calendar("").play("""
                2026-05-10 | #1 m7 60.00           | base 60                                       | none 60
                2027-01-05 | #2 m7 10.00           | base 10                                       | none 10
                2027-01-06 | #3 m7 40.00 @2026-12-31T10:00Z | base 40, TIER_REACHED silver 1       | silver 10 until 27-01-01
                # Its review is behind already
                2027-01-07 |                       |                                               | silver 10 until 28-01-01
                """);
        rolling("").play("""
                2026-08-10 | #1 m7 10.00           | base 10                                       | none 10
                2026-08-11 | #2 m7 500.00 @2026-02-10T10:00Z | base 500                            | none 10
                """);
    }

    @Test
    void theResultDoesNotDependOnWhenAMemberIsSettled() {
        String history = """
                2026-01-10 | #1 m7 100.00          | * | silver 100 until 26-05-01
                2026-03-10 | #2 m7 200.00          | * | gold 300 until 26-07-01
                2026-07-15 | #3 m7 10.00           | * | silver 10 until 26-10-01
                2026-12-24 | #4 m7 10.00           | * | none 10
                2027-03-10 | #5 m7 100.00          | * | silver 110 until 27-07-01
                2028-01-01 |                       | * | none 0
                """;
        StatusSteps late = rolling("").withoutSweeps().play(history);
        late.till.sweep(Integer.MAX_VALUE);
        StatusSteps swept = rolling("").play(history);
        assertThat(late.till.engine.stateHash()).isEqualTo(swept.till.engine.stateHash());
    }

    @Test
    void aLevelHasPricesOfItsOwnInTheShop() {
        StatusSteps steps = StatusSteps.under("""
                tiers: {measure: SPEND, window: LIFETIME, levels: [{id: silver, reaches: 100}]}
                shop: [{id: mug, kind: VOUCHER, value: 5, price: 50, tier_prices: [{tier: silver, price: 40}]}]
                """);
        steps.play("2026-01-10 | #1 m7 99.00 | base 99 | none 99");
        assertThat(price(steps)).isEqualTo(50_000_000);
        steps.play("2026-01-11 | #2 m7 1.00 | base 1, TIER_REACHED silver 1 | silver 100");
        assertThat(price(steps)).isEqualTo(40_000_000);
    }

    private static long price(StatusSteps steps) {
        return steps.till.engine.shopOffers(7, "", RecordingEngine.NOW).get(0).priceMicro();
    }

    @Test
    void aNewVersionReviewsByItsOwnRules() {
        String one = "accepted_window: {past_days: 3650}\nearning: {points: 1}\n"
                + "tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: silver, reaches: 100}]}\n";
        String two = "effective_from: 2026-06-01\n" + one.replace("100}", "200}, {id: gold, reaches: 300}");
        new StatusSteps(TestProgrammes.published(1, one), TestProgrammes.published(2, two)).play("""
                2026-05-10 | #1 m7 150.00          | base 150, TIER_REACHED silver 1               | silver 150 until 27-01-01
                2026-06-10 | #2 m7 10.00           | base 10                                       | silver 160 until 27-01-01
                2026-07-10 | #3 m7 140.00          | base 140, TIER_REACHED gold 2                 | gold 300 until 27-01-01
                2027-01-01 |                       |                                               | gold 0 until 28-01-01
                2028-01-01 |                       | TIER_LOST gold 1                              | silver 0 until 29-01-01
                """);
    }
}
