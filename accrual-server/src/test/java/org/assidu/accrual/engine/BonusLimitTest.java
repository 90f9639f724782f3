package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where bonuses end: a table a limit. */
class BonusLimitTest {
    private static BonusTill limits(String limits) {
        return BonusTill.euro(
                "bonuses: [{id: b, when: {categories: [x]}, award: {kind: EXTRA_RATE, value: 1}, limits: {" + limits
                        + "}}]\n");
    }

    @Test
    void perReceipt() {
        limits("per_receipt: 10").play("""
                #1 m1 8.00/x                        | base 8 + b 8
                #2 m1 8.00/x 8.00/x                 | base 16 + b 10 ; 6 over the limit of b
                #3 m1 -1x-8.00/x<2:1                | - base 8 - b 2
                #4 m1 -1x-8.00/x<2:2                | - base 8 - b 8
                """);
    }

    @Test
    void perMemberAndDayOfTheSale() {
        limits("per_member_day: 10").play("""
                #1 m1 @2026-03-01T10:00Z 8.00/x     | base 8 + b 8
                #2 m1 @2026-03-01T11:00Z 8.00/x     | base 8 + b 2 ; 6 over the limit of b
                #3 m1 @2026-03-01T12:00Z 8.00/x     | base 8
                #4 m2 @2026-03-01T12:00Z 8.00/x     | base 8 + b 8
                #5 m1 @2026-03-02T01:00Z 8.00/x     | base 8 + b 8
                #6 m1 @2026-02-28T10:00Z 12.00/x    | base 12 + b 10 ; 2 over the limit of b
                #7 m1 @2026-03-01T13:00Z 8.00/x     | base 8
                #8 m1 -1x-8.00/x<1:1                | - base 8 - b 8
                #9 m1 @2026-03-01T14:00Z 9.00/x     | base 9 + b 8 ; 1 over the limit of b
                #10 m1 @2026-02-22T14:00Z 9.00/x    | base 9
                """);
    }

    @Test
    void perMember() {
        limits("per_member: 10").play("""
                #1 m1 @2026-02-01T10:00Z 8.00/x     | base 8 + b 8
                #2 m1 8.00/x                        | base 8 + b 2 ; 6 over the limit of b
                #3 m1 8.00/x                        | base 8
                #4 m2 8.00/x                        | base 8 + b 8
                #5 m1 -1x-8.00/x<2:1                | - base 8 - b 2
                #6 m1 8.00/x                        | base 8 + b 2 ; 6 over the limit of b
                """);
    }

    @Test
    void aBudgetOverAllMembersIsNeverExceeded() {
        BonusTill bonus = limits("budget: 20");
        bonus.play("""
                #1 m1 8.00/x                        | base 8 + b 8
                #2 m2 9.99/x                        | base 9.99 + b 9.99
                #3 m3 8.00/x                        | base 8 + b 2.01 ; 5.99 over the limit of b ; budget nearly used
                #4 m1 8.00/x                        | base 8
                #5 m2 -1x-9.99/x<2:1                | - base 9.99 - b 9.99
                #6 m4 100.00/x                      | base 100 + b 9.99 ; 90.01 over the limit of b ; budget nearly used
                #7 m4 0.01/x                        | base 0.01
                """);
        assertThat(bonus.till.engine.counter(0, "bonus/b/budget")).isEqualTo(20_000_000);
        assertThat(bonus.till.engine.totals().members()).isEqualTo(4);
    }

    @Test
    void anOpenReceiptUsesNothingOfALimit() {
        limits("budget: 10").play("""
                #1 m1 OPEN:1 8.00/x                 | nothing
                #2 m2 8.00/x                        | base 8 + b 8
                #1 m1 CLOSING:2 8.00/x              | base 16 + b 2 ; 14 over the limit of b ; budget nearly used
                """);
    }

    @Test
    void anExchangeOnOneReceiptFindsTheRoomThatItsReturnGivesBack() {
        limits("per_member_day: 10").play("""
                #1 m1 10.00/x                       | base 10 + b 10
                #2 m1 12.00/x -1x-10.00/x<1:1       | base 12 + b 10 - base 10 - b 10 ; 2 over the limit of b
                #3 m1 1.00/x                        | base 1
                """);
    }

    @Test
    void limitsOfCashbackAndMemberPricesAreMoney() {
        BonusTill.euro("""
                money_purses: [{id: cagnotte}]
                bonuses:
                  - {id: back, award: {kind: CASHBACK_PERCENT, value: 10, target: cagnotte}, limits: {per_member: 3}}
                  - {id: price, when: {categories: [wine]}, award: {kind: MEMBER_PRICE_PERCENT, value: 50}, limits: {budget: 6.00}}
                """).play("""
                #1 m1 20.00                         | base 20 + back 2 cagnotte
                #2 m1 8.00/wine                     | base 4 + back 0.4 cagnotte ; 1:-4.00 by price
                #3 m1 8.00/wine                     | base 6 + back 0.6 cagnotte ; 1:-2.00 by price ; budget nearly used
                #4 m1 8.00/wine                     | base 8
                #5 m1 -1x-8.00/wine<2:1             | - base 4 - back 0.4 cagnotte
                #6 m2 5.00/wine                     | base 2.5 + back 0.25 cagnotte ; 1:-2.50 by price
                """);
    }

    @Test
    void rewardsAreCountedInTimes() {
        BonusTill bonus = BonusTill.euro("""
                threshold_rewards: [{id: gift, measure: VISITS, reaches: 100, reward: {kind: GIFT_VOUCHER, value: 5}}]
                bonuses: [{id: b, award: {kind: REWARD, target: gift}, limits: {per_member: 2}}]
                """);
        bonus.play("""
                #1 m1 1.00                          | base 1
                #2 m1 1.00                          | base 1
                #3 m1 1.00                          | base 1
                """);
        assertThat(bonus.till.engine.member(1).rewards())
                .singleElement()
                .satisfies(reward -> assertThat(reward.unlocked()).isEqualTo(2));
        bonus.play("""
                #4 m1 1.00 uses=gift*2              | base 1
                #5 m1 -1x-1.00<1:1                  | - base 1
                #6 m1 1.00                          | base 1
                """);
        assertThat(bonus.till.engine.member(1).rewards())
                .as("the next one pays for what was used")
                .isEmpty();
    }
}
