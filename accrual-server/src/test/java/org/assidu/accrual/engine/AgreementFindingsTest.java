package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.junit.jupiter.api.Test;

/** What random histories against the reference ledger have found, each as the table that shows it. */
class AgreementFindingsTest {
    @Test
    void aDebtThatACorrectionLeavesIsPaidByTheBonusOfTheSameReceipt() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published("""
                earning: {points: 1}
                purse: {negative: DEBT}
                bonuses: [{id: fixed, award: {kind: FIXED_POINTS, value: 5}}]
                """));
        till.play("""
                #1 m1 2.00 -22.00 | ACCRUED 0 0
                #2 m1 1.00        | ACCRUED 0 0
                #3 m1 10.00       | ACCRUED 6 6
                """);
        assertThat(till.engine.member(1).debtMicro()).isZero();
    }

    @Test
    void aRepeatIsToldTheFirstBalanceAlsoWhereThatWasNothing() {
        new RecordingEngine(TestProgrammes.published("earning: {points: 1}\n")).play("""
                #1 m1 1.00g | ACCRUED 0 0
                #2 m1 5.00  | ACCRUED 5 5
                #1 m1 1.00g | ALREADY_ACCRUED 0 0
                """);
    }

    @Test
    void anExchangeUnderRenewalTakesBackFromItsOwnLot() {
        new LotSteps(TestProgrammes.published("""
                accepted_window: {past_days: 3650}
                earning: {points: 1}
                purse: {validity: {length: 3, unit: MONTHS, renewed_by_activity: true}}
                """)).play("""
                2026-01-10 | #1 m7 10.00                 | EARNED 10 ..26-04-10 | 10: 10 ..26-04-10
                2026-02-10 | #2 m7 5.00                  | EARNED 5 ..26-05-10 | 15: 10 ..26-05-10, 5 ..26-05-10
                2026-02-20 | #3 m7 -1x-5.00<2:1 3.00     | EARNED 3 ..26-05-20, REVERSED 3 ..26-05-20, REVERSED 2 ..26-05-10 | 13: 10 ..26-05-20, 3 ..26-05-20
                """);
    }

    @Test
    void aCorrectionTakesFromTheLotOfItsSaleWithAndWithoutBonuses() {
        String purse = "accepted_window: {past_days: 3650}\nearning: {points: 1}\n"
                + "purse: {validity: {length: 1, unit: MONTHS}}\n";
        for (String bonuses :
                List.of("", "bonuses: [{id: b, when: {skus: [x]}, award: {kind: EXTRA_RATE, value: 1}}]\n")) {
            new LotSteps(TestProgrammes.published(purse + bonuses)).play("""
                    2026-01-10 | #1 m7 10.00 | EARNED 10 ..26-02-10  | 10: 10 ..26-02-10
                    2026-01-20 | #2 m7 10.00 | EARNED 10 ..26-02-20  | 20: 10 ..26-02-10, 10 ..26-02-20
                    2026-01-20 | #3 m7 -4.00 | EARNED -4 ..26-02-20  | 16: 10 ..26-02-10, 6 ..26-02-20
                    """);
        }
    }

    @Test
    void aVoidMakesNobodyAMember() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published("earning: {points: 1}\n"));
        till.play("""
                #1 OPEN:1 1.00 | PROVISIONAL 0 0
                #1 m1 VOID     | VOIDED 0 0
                """);
        assertThat(till.engine.member(1)).isNull();
        assertThat(events(till, till.submit("#2 m1 1.00"))).contains("WELCOME 0 ");
    }

    @Test
    void aThresholdReachedAgainByAReturnIsToldUnderTheVersionThatPricesTheReceipt() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(1, """
                        earning: {points: 1}
                        threshold_rewards:
                          - {id: by-points, measure: POINTS, reaches: 10, reward: {kind: GIFT_VOUCHER, value: 5}}
                        """), TestProgrammes.published(2, """
                        effective_from: 2026-03-01
                        earning: {points: 1}
                        threshold_rewards:
                          - {id: by-visit, measure: VISITS, reaches: 9, reward: {kind: GIFT_VOUCHER, value: 5}}
                          - {id: by-points, measure: POINTS, reaches: 10, reward: {kind: GIFT_VOUCHER, value: 5}}
                        """));
        till.submit("#1 m1 @2026-02-20T10:00Z 15.00 -8.00");
        assertThat(events(till, till.submit("#2 m1 -1x0.00<1:2 1.00"))).contains("THRESHOLD_REACHED 1 by-points");
    }

    @Test
    void aClubThatAsksForPurchasesAloneDoesNotAskWhatWasSpent() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published("""
                earning: {points: 1}
                clubs: [{id: wine, name: {en: Wine, fr: Vin}, sku: CARD, fee: 5.00, months: 12, access: {purchases: 1}}]
                """));
        till.submit("#1 m1 1.00 -1x-20.00");
        OutcomeColumns out = till.submit("#2 m1 5.00!CARD");
        assertThat(out.eventKind[0]).isEqualTo(EventKind.CLUB_JOINED);
    }

    @Test
    void aPromoCodeThatIsOverDoesNotKeepTheNextOneFromBeingCounted() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published("""
                earning: {points: 1}
                promo_codes:
                  - {code: OLD, first_day: 2026-01-01, last_day: 2026-01-02, percent: 10}
                  - {code: NEW, first_day: 2026-01-01, last_day: 2026-12-31, percent: 10, uses: 1}
                """));
        till.play("""
                #1 m1 1.00 uses=OLD uses=NEW | REWARD_UNFUNDED 1 1
                #2 m1 1.00 uses=NEW          | REWARD_UNFUNDED 1 2
                """);
        assertThat(till.engine.counter(1, "promo/NEW/uses")).isEqualTo(1);
    }

    @Test
    void aRewardThatALevelUnlocksIsToldOnce() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published("""
                earning: {points: 1}
                threshold_rewards: [{id: gift, measure: VISITS, reaches: 9, reward: {kind: GIFT_VOUCHER, value: 5}}]
                tiers: {measure: SPEND, window: LIFETIME, levels: [{id: silver, name: {en: Silver, fr: Argent}, reaches: 10}]}
                acts: [{id: silver-gift, act: TIER_ENTRY, tier: silver, points: 0, reward: gift}]
                """));
        assertThat(events(till, till.submit("#1 m1 15.00")))
                .filteredOn(event -> event.startsWith("REWARD_AVAILABLE"))
                .hasSize(1);
    }

    @Test
    void whatAReferralGaveIsTakenBackFromWhomItWasGivenTo() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published("""
                earning: {points: 1}
                purse: {rounding: FLOOR_PER_RECEIPT}
                acts:
                  - {id: referrer, act: REFERRER, points: 11}
                  - {id: referred, act: REFERRED, points: 13}
                """));
        till.submit("#1 m1 50.00");
        till.submit("#2 m2 OPEN:1 0.60");
        till.operate(new Operation(OperationKind.REFER, 2, 1, "", "", 0, RecordingEngine.NOW, "", "", List.of()));
        till.submit("#2 m2 CLOSING:2");
        assertThat(List.of(till.balance(1), till.balance(2))).containsExactly("61", "13");

        till.submit("#3 -1x-0.60<2:1");

        assertThat(List.of(till.balance(1), till.balance(2))).containsExactly("50", "0");
    }

    private static List<String> events(RecordingEngine till, OutcomeColumns out) {
        List<String> events = new ArrayList<>();
        for (int e = 0; e < out.events; e++) {
            EventKind kind = out.eventKind[e];
            events.add(kind + " " + out.eventValue[e] + " "
                    + till.programmes.get(out.programmeVersion - 1).document().thresholdRewards().stream()
                            .skip(Math.max(0, out.eventRule[e] - 1))
                            .limit(out.eventRule[e] < 1 ? 0 : 1)
                            .map(reward -> reward.id())
                            .findFirst()
                            .orElse(""));
        }
        return events;
    }
}
