package org.assidu.accrual.engine;

import org.junit.jupiter.api.Test;

/** What bonuses give, on lines and receipts: a table a kind of award. */
class BonusAwardTest {
    @Test
    void anExtraRateIsAddedToTheBaseOfMatchingLines() {
        BonusTill.euro("""
                bonuses:
                  - {id: fruit, when: {categories: [fruit]}, award: {kind: EXTRA_RATE, value: 0.5}}
                  - {id: acme, when: {brands: [acme]}, award: {kind: EXTRA_RATE, value: 2}}
                """).play("""
                #1 m1 10.00                    | base 10
                #2 m1 10.00/fruit              | base 10 + fruit 5
                #3 m1 10.00/fruit/apple 4.00   | base 14 + fruit 5
                #4 m1 10.00/fruitcake          | base 10
                #5 m1 10.00/fruit~acme         | base 10 + fruit 5 + acme 20
                #6 m1 0.01/fruit               | base 0.01 + fruit 0.005
                #7 10.00/fruit                 | nothing
                #8 m1 -1x-3.00/fruit           | - base 3
                #9 m1 10.00/fruit -3.00/fruit  | base 7 + fruit 3.5
                """);
    }

    @Test
    void underArticleAnExtraRateIsForEachArticle() {
        new BonusTill("""
                earning: {basis: ARTICLE, points: 1}
                bonuses: [{id: fruit, when: {categories: [fruit]}, award: {kind: EXTRA_RATE, value: 2}}]
                """).play("""
                #1 m1 3x9.00/fruit 2x5.00      | base 5 + fruit 6
                #2 m1 0.350x2.00w/fruit        | base 1 + fruit 2
                """);
    }

    @Test
    void pointsOnceAReceiptNeedASaleThatMatches() {
        BonusTill.euro("""
                bonuses:
                  - {id: hello, award: {kind: FIXED_POINTS, value: 50}}
                  - {id: wine, when: {categories: [wine]}, award: {kind: FIXED_POINTS, value: 7.5}}
                """).play("""
                #1 m1 10.00                    | base 10 + hello 50
                #2 m1 10.00 10.00/wine 1/wine  | base 21 + hello 50 + wine 7.5
                #3 m1 0.00/wine                | nothing
                #4 m1 -1x-5.00                 | - base 5
                #5 m1 5.00g                    | nothing
                """);
    }

    @Test
    void aMultiplierMultipliesWhatTheLineHasSoFar() {
        BonusTill.euro("""
                bonuses:
                  - {id: double, when: {categories: [fruit]}, award: {kind: MULTIPLIER, value: 2}}
                  - {id: extra, when: {categories: [fruit/apple]}, award: {kind: EXTRA_RATE, value: 1}}
                  - {id: hello, award: {kind: FIXED_POINTS, value: 5}}
                """).play("""
                #1 m1 10.00/fruit              | base 10 + double 10 + hello 5
                #2 m1 10.00/fruit/apple        | base 10 + double 20 + extra 10 + hello 5
                #3 m1 10.00/fruit 10.00        | base 20 + double 10 + hello 5
                #4 m1 10.00/fruit -4.00/fruit  | base 6 + double 6 + hello 5
                """);
    }

    @Test
    void multipliersMultiplyEachOtherAndAnExclusiveGroupCountsItsLargest() {
        BonusTill.euro("""
                bonuses:
                  - {id: a, award: {kind: MULTIPLIER, value: 2}}
                  - {id: b, when: {categories: [fruit]}, award: {kind: MULTIPLIER, value: 1.5}, group: product, combine: PRODUCT}
                  - {id: c, when: {categories: [fruit]}, award: {kind: MULTIPLIER, value: 3}, group: best, combine: BEST}
                  - {id: d, when: {brands: [acme]}, award: {kind: MULTIPLIER, value: 4}, group: best, combine: BEST}
                  - {id: e, when: {brands: [acme]}, award: {kind: MULTIPLIER, value: 4}, group: best, combine: BEST}
                """).play("""
                #1 m1 10.00                    | base 10 + a 10
                #2 m1 10.00/fruit              | base 10 + a 10 + b 10 + c 60
                #3 m1 10.00~acme               | base 10 + a 10 + d 60
                #4 m1 10.00/fruit~acme         | base 10 + a 10 + b 10 + d 90
                """);
    }

    @Test
    void aLineIsRoundedOnceTowardZeroAfterAllMultipliers() {
        BonusTill.euro("""
                bonuses:
                  - {id: a, award: {kind: MULTIPLIER, value: 1.0001}}
                  - {id: b, award: {kind: MULTIPLIER, value: 1.0001}}
                  - {id: c, award: {kind: MULTIPLIER, value: 1.0001}}
                """).play("""
                #1 m1 0.01                     | base 0.01 + a 0.000001 + b 0.000001 + c 0.000001
                #2 m1 1.11                     | base 1.11 + a 0.000111 + b 0.000111 + c 0.000111
                #3 m1 3.33 -1.11               | base 2.22 + a 0.000222 + b 0.000222 + c 0.000222
                """);
        // 33,300 × 1.3333² = 59,197.04; rounded in between it would be 44,398 × 1.3333 = 59,195.85.
        new BonusTill("""
                earning: {points: 3.33}
                bonuses:
                  - {id: a, award: {kind: MULTIPLIER, value: 1.3333}}
                  - {id: b, award: {kind: MULTIPLIER, value: 1.3333}}
                """).play("""
                #1 m1 0.01                     | base 0.0333 + a 0.011098 + b 0.014799
                """);
    }

    @Test
    void cashbackGoesToItsMoneyPurse() {
        BonusTill.euro("""
                money_purses: [{id: cagnotte}, {id: travel}]
                bonuses:
                  - {id: back, when: {categories: [fruit]}, award: {kind: CASHBACK_PERCENT, value: 2.5, target: cagnotte}}
                  - {id: five, when: {amount_at_least: 50}, award: {kind: CASHBACK_AMOUNT, value: 5, target: travel}}
                """).play("""
                #1 m1 10.00/fruit 5.00         | base 15 + back 0.25 cagnotte
                #2 m1 50.00                    | base 50 + five 5 travel
                #3 m1 40.00 10.00/fruit        | base 50 + back 0.25 cagnotte + five 5 travel
                #4 m1 0.33/fruit               | base 0.33 + back 0.00825 cagnotte
                #5 m1 -1x-0.33/fruit<4:1       | - base 0.33 - back 0.00825 cagnotte
                """);
    }

    @Test
    void underVisitMultipliersAreForTheVisit() {
        new BonusTill("""
                earning: {basis: VISIT, points: 5}
                bonuses:
                  - {id: tuesday, when: {weekdays: [TUESDAY]}, award: {kind: MULTIPLIER, value: 2}}
                  - {id: wine, when: {categories: [wine]}, award: {kind: MULTIPLIER, value: 3}}
                """).play("""
                #1 m1 10.00                                      | base 5
                #2 m1 @2026-03-03T10:00Z 10.00                   | base 5 + tuesday 5
                #3 m1 @2026-03-03T10:00Z 10.00 3.00/wine         | base 5 + tuesday 5 + wine 20
                #4 m1 -1x-3.00/wine<3:2                          | - wine 20
                #5 m1 -1x-10.00<3:1                              | - base 5 - tuesday 5
                """);
    }

    @Test
    void roundingTheReceiptNeverRaisesABonus() {
        new BonusTill("""
                earning: {points: 1}
                purse: {rounding: HALF_UP_PER_RECEIPT}
                bonuses: [{id: fruit, when: {categories: [fruit]}, award: {kind: EXTRA_RATE, value: 0.5}}]
                """).play("""
                #1 m1 1.00/fruit               | base 1.5 + fruit 0.5
                #2 m1 1.10/fruit               | base 1.45 + fruit 0.55
                #3 m1 0.90/fruit               | base 0.55 + fruit 0.45
                """);
        new BonusTill("""
                earning: {points: 1}
                purse: {rounding: FLOOR_PER_RECEIPT}
                bonuses: [{id: triple, award: {kind: EXTRA_RATE, value: 2}}]
                """).play("""
                #1 m1 0.50                     | triple 1
                #2 m1 0.40                     | base 0.2 + triple 0.8
                #3 m1 0.30                     | nothing
                """);
    }

    @Test
    void categoriesOfTheGuardsNeverEarnOrAreNeverPromoted() {
        BonusTill.euro("""
                money_purses: [{id: cagnotte}]
                guards: {never_earn: [tobacco], never_promote: [baby/formula], most_advantage: [{category: books, percent: 5}]}
                bonuses:
                  - {id: double, award: {kind: MULTIPLIER, value: 2}}
                  - {id: back, award: {kind: CASHBACK_PERCENT, value: 4, target: cagnotte}}
                  - {id: more, when: {categories: [books]}, award: {kind: CASHBACK_PERCENT, value: 4, target: cagnotte}}
                  - {id: ten, when: {categories: [books], amount_at_least: 50}, award: {kind: CASHBACK_AMOUNT, value: 10, target: cagnotte}}
                """).play("""
                #1 m1 10.00/tobacco 10.00/baby/formula  | base 10
                #2 m1 10.00/books                       | base 10 + double 10 + back 0.4 cagnotte + more 0.1 cagnotte
                #3 m1 10.00                             | base 10 + double 10 + back 0.4 cagnotte
                #4 m1 100.00/books                      | base 100 + double 100 + back 4 cagnotte + more 1 cagnotte
                """);
    }

    @Test
    void memberPricesAreToldAndNothingIsEarnedOnThem() {
        BonusTill.euro("""
                guards: {most_advantage: [{category: books, percent: 5}]}
                bonuses:
                  - {id: wine, when: {categories: [wine]}, award: {kind: MEMBER_PRICE_PERCENT, value: 10}}
                  - {id: apple, when: {skus: [apple]}, award: {kind: MEMBER_PRICE_AMOUNT, value: 0.50}}
                  - {id: basket, when: {amount_at_least: 100}, award: {kind: MEMBER_PRICE_PERCENT, value: 20}}
                  - {id: double, when: {categories: [wine]}, award: {kind: MULTIPLIER, value: 2}}
                """).play("""
                #1 m1 10.00/wine 10.00              | base 19 + double 9 ; 1:-1.00 by wine
                #2 m1 3x12.00!apple                 | base 10.5 ; 1:-1.50 by apple
                #3 m1 0.30!apple                    | nothing ; 1:-0.30 by apple
                #4 m1 0.15/wine                     | base 0.13 + double 0.13 ; 1:-0.02 by wine
                #5 10.00/wine                       | nothing
                #6 m1 OPEN:1 60.00/wine             | nothing ; 1:-6.00 by wine
                #6 m1 OPEN:2 40.00                  | nothing ; 1:-6.00 by wine ; 1:-12.00 by basket ; 2:-8.00 by basket
                #6 m1 OPEN:1 60.00/wine             | nothing ; 1:-6.00 by wine ; 1:-12.00 by basket ; 2:-8.00 by basket
                #6 m1 CLOSING:3 total=100.00        | base 74 + double 42 ; 1:-6.00 by wine ; 1:-12.00 by basket ; 2:-8.00 by basket
                #7 m1 100.00/books                  | base 95 ; 1:-5.00 by basket
                """);
    }
}
