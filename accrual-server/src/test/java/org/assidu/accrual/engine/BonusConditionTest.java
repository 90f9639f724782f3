package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assidu.accrual.model.StoreEntry;
import org.junit.jupiter.api.Test;

/** When bonuses apply: a table a condition. */
class BonusConditionTest {
    private static final String HUNDRED = "award: {kind: FIXED_POINTS, value: 100}}\n";

    private static BonusTill when(String conditions) {
        return BonusTill.euro("bonuses:\n  - {id: b, when: {" + conditions + "}, " + HUNDRED);
    }

    @Test
    void articlesByCodeCategoryAndBrandMustAllMatchOnOneLine() {
        when("skus: [x1, x2], categories: [food], brands: [acme]").play("""
                #1 m1 1.00/food!x1~acme                  | base 1 + b 100
                #2 m1 1.00/food/wine!x2~acme             | base 1 + b 100
                #3 m1 1.00/food!x3~acme                  | base 1
                #4 m1 1.00/food!x1 1.00!x1~acme          | base 2
                #5 m1 1.00/foods!x1~acme                 | base 1
                #6 m1 1.00 1.00/food!x2~acme             | base 2 + b 100
                """);
    }

    @Test
    void weekdaysAndHoursAreThoseOfTheProgrammesZone() {
        when("weekdays: [TUESDAY], from: \"08:00\", to: \"12:00\"").play("""
                #1 m1 @2026-03-03T06:59Z 1.00            | base 1
                #2 m1 @2026-03-03T07:00Z 1.00            | base 1 + b 100
                #3 m1 @2026-03-03T10:59Z 1.00            | base 1 + b 100
                #4 m1 @2026-03-03T11:00Z 1.00            | base 1
                #5 m1 @2026-03-02T07:00Z 1.00            | base 1
                """);
    }

    @Test
    void aWindowFromEveningToMorningSpansMidnight() {
        when("from: \"22:00\", to: \"02:00\"").play("""
                #1 m1 @2026-02-27T20:59Z 1.00            | base 1
                #2 m1 @2026-02-27T21:00Z 1.00            | base 1 + b 100
                #3 m1 @2026-02-28T00:59Z 1.00            | base 1 + b 100
                #4 m1 @2026-02-28T01:00Z 1.00            | base 1
                """);
        when("to: \"02:00\"").play("""
                #1 m1 @2026-02-27T23:00Z 1.00            | base 1 + b 100
                #2 m1 @2026-02-27T22:59Z 1.00            | base 1
                """);
    }

    @Test
    void firstAndLastDayAreInclusiveInTheProgrammesZone() {
        when("first_day: 2026-02-10, last_day: 2026-02-12").play("""
                #1 m1 @2026-02-09T22:59Z 1.00            | base 1
                #2 m1 @2026-02-09T23:00Z 1.00            | base 1 + b 100
                #3 m1 @2026-02-12T22:59Z 1.00            | base 1 + b 100
                #4 m1 @2026-02-12T23:00Z 1.00            | base 1
                """);
    }

    @Test
    void storesAndChannels() {
        when("stores: [Lyon, Nice], channels: [WEB, MOBILE]").play("""
                #1 m1 channel=WEB 1.00                   | base 1 + b 100
                #2 m1 channel=STORE 1.00                 | base 1
                #3 m1 1.00                               | base 1
                #4 m1 store=Nice channel=MOBILE 1.00     | base 1 + b 100
                #5 m1 store=Paris channel=MOBILE 1.00    | base 1
                """);
    }

    @Test
    void bannersAreThoseThatTheCatalogueGaveTheStores() {
        BonusTill bonus = when("banners: [city]");
        bonus.till.stores(List.of(
                new StoreEntry("Lyon", null, "city", null, null), new StoreEntry("Nice", null, "hyper", null, null)));
        bonus.play("""
                #1 m1 1.00                               | base 1 + b 100
                #2 m1 store=Nice 1.00                    | base 1
                #3 m1 store=Brest 1.00                   | base 1
                """);
        bonus.till.stores(List.of(
                new StoreEntry("Lyon", null, "hyper", null, null), new StoreEntry("Brest", null, "city", null, null)));
        // What an entry leaves out stays as it was.
        bonus.till.stores(List.of(new StoreEntry("Brest", "Brest", null, null, null)));
        bonus.play("""
                #4 m1 1.00                               | base 1
                #5 m1 store=Brest 1.00                   | base 1 + b 100
                """);
    }

    @Test
    void theReceiptsEligibleAmount() {
        BonusTill.euro("""
                guards: {never_earn: [tobacco]}
                bonuses: [{id: b, when: {categories: [food], amount_at_least: 30}, award: {kind: FIXED_POINTS, value: 100}}]
                """).play("""
                #1 m1 29.99/food                         | base 29.99
                #2 m1 1.00/food 29.00                    | base 30 + b 100
                #3 m1 30.00                              | base 30
                #4 m1 1.00/food 29.00/tobacco            | base 1
                #5 m1 35.00/food -6.00                   | base 29
                """);
    }

    @Test
    void theFirstPurchase() {
        when("first_purchase: true").play("""
                #1 m1 OPEN:1 1.00                        | nothing
                #2 1.00                                  | nothing
                #1 m1 CLOSING:2 1.00                     | base 2 + b 100
                #3 m1 1.00                               | base 1
                #4 m2 1.00                               | base 1 + b 100
                """);
    }

    @Test
    void everyNthVisitOfAWindow() {
        when("nth_visit: {n: 3, window: CALENDAR_MONTH}").play("""
                #1 m1 @2026-02-01T10:00Z 1.00            | base 1
                #2 m1 @2026-02-02T10:00Z 1.00            | base 1
                #3 m1 @2026-02-03T10:00Z -1x-1.00        | - base 1
                #4 m1 @2026-02-04T10:00Z 1.00            | base 1 + b 100
                #5 m1 @2026-02-05T10:00Z 1.00            | base 1
                #6 m1 @2026-02-06T10:00Z 1.00            | base 1
                #7 m1 @2026-03-01T10:00Z 1.00            | base 1
                #8 m1 @2026-02-07T10:00Z 1.00            | base 1
                #9 m1 @2026-03-01T11:00Z 1.00            | base 1
                #10 m1 @2026-03-02T10:00Z 1.00           | base 1 + b 100
                #11 m1 @2026-03-02T10:00Z -1x-1.00<10:1  | - base 1 - b 100
                #12 m1 @2026-03-02T10:00Z 1.00           | base 1 + b 100
                """);
    }

    @Test
    void aCategoryThatTheMemberDidNotBuyForDays() {
        when("categories: [wine], unbought_days: 10").play("""
                #1 m1 @2026-02-01T10:00Z 1.00/wine       | base 1 + b 100
                #2 m1 @2026-02-11T10:00Z 1.00/wine/red   | base 1
                #3 m1 @2026-02-21T10:00Z 1.00            | base 1
                #4 m1 @2026-02-22T10:00Z 1.00/wine       | base 1 + b 100
                #5 m1 @2026-02-02T10:00Z 1.00/wine       | base 1
                #6 m2 @2026-02-22T10:00Z 1.00/wine       | base 1 + b 100
                """);
    }

    @Test
    void aMemberWhoBoughtNothingForDays() {
        when("dormant_days: 10").play("""
                #1 m1 @2026-02-01T10:00Z 1.00            | base 1
                #2 m1 @2026-02-11T22:59Z 1.00            | base 1
                #3 m1 @2026-02-22T10:00Z 1.00            | base 1 + b 100
                #4 m1 @2026-02-03T10:00Z 1.00            | base 1
                """);
    }

    @Test
    void daysAroundTheBirthday() {
        BonusTill bonus = when("birthday: {days_before: 3, days_after: 2}");
        bonus.play("#1 m1 @2026-02-27T10:00Z 1.00         | base 1");
        bonus.till.setCounter(1, BonusSlots.BIRTHDAY, 229);
        bonus.till.setCounter(2, BonusSlots.BIRTHDAY, 101);
        bonus.play("""
                #2 m1 @2026-02-24T10:00Z 1.00            | base 1
                #3 m1 @2026-02-25T10:00Z 1.00            | base 1 + b 100
                #4 m1 @2026-03-02T09:00Z 1.00            | base 1 + b 100
                #5 m2 @2026-01-03T10:00Z 1.00            | base 1 + b 100
                #6 m2 @2026-01-04T10:00Z 1.00            | base 1
                #7 m2 @2026-01-01T00:00Z 1.00            | base 1 + b 100
                """);
        assertThat(bonus.till.engine.counter(1, BonusSlots.BIRTHDAY)).isEqualTo(229);
    }

    @Test
    void tiersClubsAndTags() {
        BonusTill bonus = BonusTill.euro("""
                tiers: {measure: SPEND, window: LIFETIME, months: 12, levels: [{id: silver, reaches: 1000}, {id: gold, reaches: 2000, multiplier: 1.5}]}
                clubs: [{id: wine}, {id: baby}]
                bonuses:
                  - {id: t, when: {tiers: [silver, gold]}, award: {kind: FIXED_POINTS, value: 1}}
                  - {id: g, when: {tiers: [gold]}, award: {kind: FIXED_POINTS, value: 10}}
                  - {id: c, when: {clubs: [wine, baby]}, award: {kind: FIXED_POINTS, value: 100}}
                  - {id: v, when: {tags: [vip]}, award: {kind: FIXED_POINTS, value: 1000}}
                """);
        bonus.play("#1 m1 4.00 | base 4");
        bonus.till.setCounter(1, BonusSlots.TIER_LEVEL, 1);
        bonus.play("#2 m1 4.00 | base 4 + t 1");
        bonus.till.setCounter(1, BonusSlots.TIER_LEVEL, 2);
        bonus.play("#3 m1 4.00 | base 4 + t 1 + g 10 + gold 2");
        bonus.till.setCounter(1, BonusSlots.TIER_LEVEL, 0);
        // 2026-03-02, the day of the receipts, is epoch day 20514.
        bonus.till.setCounter(1, BonusSlots.clubUntil("baby"), 20_513);
        bonus.play("#4 m1 4.00 | base 4");
        bonus.till.setCounter(1, BonusSlots.clubUntil("baby"), 20_514);
        bonus.till.setCounter(1, BonusSlots.tag("vip"), 1);
        bonus.play("#5 m1 4.00 | base 4 + c 100 + v 1000");
    }

    @Test
    void afterItsLastDayOfEarningAProgrammeGivesNothing() {
        BonusTill.euro("""
                last_earn_day: 2026-02-20
                bonuses: [{id: b, award: {kind: FIXED_POINTS, value: 100}}]
                """).play("""
                #1 m1 @2026-02-20T22:59Z 1.00            | base 1 + b 100
                #2 m1 @2026-02-20T23:00Z 1.00            | nothing
                #3 m1 @2026-02-21T10:00Z -1x-1.00<1:1    | - base 1 - b 100
                """);
    }

    @Test
    void aTagThatOneBonusGivesIsAConditionOfAnother() {
        BonusTill.euro("""
                bonuses:
                  - {id: mark, when: {categories: [wine]}, award: {kind: TAG, target: wine-lover}}
                  - {id: love, when: {tags: [wine-lover]}, award: {kind: FIXED_POINTS, value: 9}}
                """).play("""
                #1 m1 1.00                               | base 1
                #2 m1 1.00/wine                          | base 1 ; tagged
                #3 m1 1.00/wine                          | base 1 + love 9
                #4 m1 -1x-1.00/wine<2:1                  | - base 1
                #5 m1 1.00                               | base 1 + love 9
                #6 m1 -1x-1.00/wine<3:1                  | - base 1 - love 9
                #7 m1 1.00                               | base 1
                """);
    }

    @Test
    void aControlGroupGetsNothingAndStaysTheSameOverReceiptsAndVersions() {
        BonusTill bonus = BonusTill.euro("""
                bonuses: [{id: b, award: {kind: FIXED_POINTS, value: 1}, control_percent: 20}]
                """);
        int left = 0;
        for (int member = 1; member <= 2_000; member++) {
            boolean first = bonus.gave(bonus.submit("#" + member + " m" + member + " 1.00"))
                    .equals("base 1");
            boolean again = bonus.gave(bonus.submit("#" + (member + 5_000) + " m" + member + " 1.00"))
                    .equals("base 1");
            assertThat(again).isEqualTo(first);
            left += first ? 1 : 0;
        }
        assertThat(left).isBetween(340, 460);
    }
}
