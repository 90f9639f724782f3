package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.StoreEntry;
import org.junit.jupiter.api.Test;

/** Programmes side by side, of which those of one group never both reward a line. */
class ExclusiveGroupTest {
    private static final String TWO = """
            money_purses: [{id: cagnotte}]
            bonuses:
              - {id: back, exclusive_group: cards, programme: cagnotte, when: {categories: [food]}, award: {kind: CASHBACK_PERCENT, target: cagnotte, value: 10}}
              - {id: fruit, exclusive_group: cards, programme: cagnotte, when: {categories: [food/fruit]}, award: {kind: EXTRA_RATE, value: 1}}
              - {id: double, exclusive_group: cards, programme: gold, award: {kind: MULTIPLIER, value: 2}}
              - {id: gift, exclusive_group: cards, programme: gold, award: {kind: FIXED_POINTS, value: 5}}
              - {id: all, award: {kind: EXTRA_RATE, value: 0.5}}
            """;

    @Test
    void theProgrammeNamedFirstHasTheLineWithAllItsBonuses() {
        BonusTill.euro(TWO).play("""
                #1 m1 10.00/food                 | base 10 + back 1 cagnotte + all 5
                #2 m1 10.00/food/fruit           | base 10 + back 1 cagnotte + fruit 10 + all 5
                #3 m1 10.00/books                | base 10 + double 15 + gift 5 + all 5
                #4 m1 10.00/food 10.00/books     | base 20 + back 1 cagnotte + double 15 + gift 5 + all 10
                #5 m1 -1x-10.00<4:2              | - base 10 - double 15 - gift 5 - all 5
                #6 m1 -1x-10.00<4:1              | - base 10 - back 1 cagnotte - all 5
                """);
    }

    @Test
    void whereTheFirstDoesNotApplyTheNextDoes() {
        BonusTill.euro("""
                bonuses:
                  - {id: large, exclusive_group: g, when: {amount_at_least: 20}, award: {kind: FIXED_POINTS, value: 100}}
                  - {id: some, exclusive_group: g, award: {kind: FIXED_POINTS, value: 1}, limits: {per_member: 2}}
                  - {id: other, exclusive_group: g, award: {kind: FIXED_POINTS, value: 7}}
                """).play("""
                #1 m1 10.00                      | base 10 + some 1
                #2 m1 20.00                      | base 20 + large 100
                #4 m1 10.00                      | base 10 + some 1
                #5 m1 10.00                      | base 10 + other 7
                #6 m1 -1x-10.00<1:1              | - base 10 - some 1
                #7 m1 10.00                      | base 10 + some 1
                """);
    }

    @Test
    void memberPricesExcludeEachOtherToo() {
        BonusTill.euro("""
                bonuses:
                  - {id: fruit, exclusive_group: g, when: {categories: [fruit]}, award: {kind: MEMBER_PRICE_PERCENT, value: 10}}
                  - {id: all, exclusive_group: g, award: {kind: MEMBER_PRICE_PERCENT, value: 5}}
                  - {id: double, exclusive_group: g, award: {kind: MULTIPLIER, value: 2}}
                """).play("""
                #1 m1 10.00/fruit 10.00          | base 18.5 ; 1:-1.00 by fruit ; 2:-0.50 by all
                """);
    }

    @Test
    void aPaidCardAndACagnotteOfOneBannerAreJoinedAndLeftApart() {
        BonusTill till = BonusTill.euro("""
                money_purses: [{id: cagnotte}]
                clubs: [{id: cagnotte-club}, {id: card, sku: A1, fee: 15, months: 12}]
                bonuses:
                  - {id: double, exclusive_group: cards, when: {clubs: [card]}, award: {kind: MULTIPLIER, value: 2}}
                  - {id: back, exclusive_group: cards, when: {clubs: [cagnotte-club], banners: [city]}, award: {kind: CASHBACK_PERCENT, target: cagnotte, value: 10}}
                """);
        till.till.stores(List.of(
                new StoreEntry("Lyon", null, "city", null, null), new StoreEntry("Nice", null, "hyper", null, null)));
        till.play("#1 m1 10.00                       | base 10");
        join(till);
        till.play("""
                #2 m1 10.00                       | base 10 + back 1 cagnotte
                #3 m1 store=Nice 10.00            | base 10
                #4 m1 10.00 15.00                 | base 25 + back 2.5 cagnotte
                #5 m1 10.00                       | base 10 + double 10
                #6 m1 store=Nice 10.00            | base 10 + double 10
                #7 m1 -1x-15.00!A1<4:2            | - base 15 - back 1.5 cagnotte
                #8 m1 10.00                       | base 10 + back 1 cagnotte
                """);
    }

    private static void join(BonusTill till) {
        till.till.operate(
                new Operation(OperationKind.JOIN_CLUB, 1, 0, "cagnotte-club", "", 0, 0, "anna", "", List.of()),
                new OutcomeColumns(),
                ReceiptText.SOLD_AT);
    }
}
