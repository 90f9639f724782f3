package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What random histories with claims, merges, households, imports and codes have found, each as the table that shows it. */
class PersonFindingsTest {
    private static ActSteps steps(String programme) {
        return new ActSteps(TestProgrammes.published("accepted_window: {past_days: 3650}\n" + programme));
    }

    @Test
    void daysBringAHouseholdsMembersTheirGiftsBeforeAnybodyLooksAtThePurse() {
        ActSteps steps = steps("""
                earning: {points: 1}
                purse: {validity: {length: 2, unit: DAYS}}
                acts: [{id: monthly, act: EVERY_MONTHS, months: 1, points: 3}]
                """);
        steps.play("""
                2026-02-07 | join 2      |
                2026-02-08 | join 1      |
                2026-02-09 | share 1 101 |
                2026-02-09 | share 2 101 |
                """);
        // Nobody sweeps: a look-up of one member knows what the days have brought the other, and what of it is over.
        steps.recording.sweeping = false;
        steps.recording.tickUntil(LocalDate.of(2026, 3, 9));
        assertThat(steps.recording.balance(2)).isEqualTo("6");
        steps.recording.tickUntil(LocalDate.of(2026, 3, 10));
        assertThat(steps.recording.balance(1)).isEqualTo("3");
        steps.recording.tickUntil(LocalDate.of(2026, 3, 11));
        assertThat(steps.recording.balance(101)).isEqualTo("0");
        steps.recording.sweep(Integer.MAX_VALUE);
        assertThat(steps.recording.balance(2)).isEqualTo("0");
    }

    @Test
    void daysBringNothingToAHouseholdNorToAMembershipThatWasMerged() {
        steps("""
                earning: {points: 1}
                acts:
                  - {id: monthly, act: EVERY_MONTHS, months: 1, points: 3}
                  - {id: whole, act: PROFILE_COMPLETED, days: 5, points: 1}
                """).play("""
                2026-02-07 | join 1         |
                2026-02-07 | join 2         |
                2026-02-07 | share 1 101    |
                2026-02-08 | merge 1 of 2   |
                2026-02-13 |                | m1 ENROLMENT_UNFINISHED whole 5
                2026-03-09 |                | m101 +3 monthly
                """);
    }

    @Test
    void whoComesFromAnotherSystemHasWhatDaysBringFromTheirFirstDayThere() {
        steps("""
                earning: {points: 1}
                acts: [{id: monthly, act: EVERY_MONTHS, months: 1, points: 3}]
                """).play("""
                2026-02-10 | migrate 2 2026-01-14 |
                2026-02-15 |                      | m2 +3 monthly
                """);
    }

    @Test
    void aRewardThatADayBroughtEndsCountedFromThatDayHoweverLateItIsSettled() {
        ActSteps steps = steps("""
                earning: {points: 1}
                threshold_rewards:
                  - {id: cake, measure: VISITS, reaches: 9, valid_days: 3, reward: {kind: FREE_ARTICLE, sku: C}}
                acts: [{id: missed, act: DORMANT, days: 4, points: 0, reward: cake}]
                """);
        steps.play("2026-02-04 | #1 m2 1.00 |");
        steps.recording.sweeping = false;
        steps.recording.tickUntil(LocalDate.of(2026, 2, 10));
        steps.recording.sweep(Integer.MAX_VALUE);
        assertThat(steps.recording.engine.member(2).rewards()).hasSize(1);
        steps.recording.tickUntil(LocalDate.of(2026, 2, 12));
        assertThat(steps.recording.engine.member(2).rewards()).isEmpty();
    }

    @Test
    void aMembershipOfAClubGoesBackAlsoAfterAMergeAndAfterAClaim() {
        String wine = """
                earning: {points: 1}
                clubs: [{id: wine, name: {en: Wine, fr: Vin}, sku: W, fee: 5.00, months: 2}]
                """;
        steps(wine).play("""
                2026-02-01 | #1 m3 5.00!W            | m3 CLUB_JOINED wine 20544
                2026-02-01 | join 1                  |
                2026-02-02 | merge 1 of 3            | m3 -5, m1 +5
                2026-02-14 | #2 m1 -1x-5.00!W<1:1    | m1 CLUB_ENDED wine 20485
                """);
        steps(wine).play("""
                2026-02-01 | join 1                  |
                2026-02-01 | #1 5.00!W               |
                2026-02-02 | claim 1 #1 2026-02-01   | m1 CLUB_JOINED wine 20544
                2026-02-14 | #2 -1x-5.00!W<1:1       | m1 CLUB_ENDED wine 20485
                """);
    }

    @Test
    void aReferralThatAClaimedReceiptCompletedIsOpenAgainWhenAllOfItComesBack() {
        steps("""
                earning: {points: 1}
                acts: [{id: friend, act: REFERRER, points: 20}]
                """).play("""
                2026-02-01 | join 1                  |
                2026-02-01 | join 2                  |
                2026-02-01 | refer 2 by 1            | m1 REFERRAL_INVITED 0
                2026-02-01 | #1 5.00                 |
                2026-02-02 | claim 2 #1 2026-02-01   | m1 +20 friend, m1 REFERRAL_COMPLETED friend 20
                2026-02-03 | #2 -1x-5.00<1:1         | m1 -20 friend
                2026-02-04 | #3 m2 7.00              | m1 +20 friend, m1 REFERRAL_COMPLETED friend 20
                """);
    }

    @Test
    void whatAReceiptOfNobodyUsedIsGivenBackToNobodyWhoeverClaimedIt() {
        ActSteps steps = steps("""
                earning: {points: 1}
                returns_restore_rewards: true
                threshold_rewards: [{id: ten, measure: POINTS, reaches: 100, reward: {kind: PERCENTAGE_OFF, value: 10}}]
                """).play("""
                2026-02-01 | join 2                  |
                2026-02-01 | #1 5.00 uses=ten        |
                2026-02-02 | claim 2 #1 2026-02-01   |
                2026-02-03 | #2 -1x-5.00<1:1         |
                """);
        assertThat(steps.recording.balance(2)).isEqualTo("0");
        assertThat(steps.recording.engine.member(2).rewards()).isEmpty();
    }

    @Test
    void aUsedRewardIsGivenBackToTheMemberThatLivesOnAndToThePurseThatPaid() {
        ActSteps steps = steps("""
                earning: {points: 1}
                returns_restore_rewards: true
                threshold_rewards: [{id: ten, measure: POINTS, reaches: 10, reward_receipts_earn: false, reward: {kind: PERCENTAGE_OFF, value: 10}}]
                """);
        steps.play("""
                2026-02-01 | join 1                  |
                2026-02-01 | #1 m3 15.00             | m3 THRESHOLD_REACHED ten 1, m3 REWARD_AVAILABLE ten 1
                2026-02-02 | #2 m3 1.00 uses=ten     | m3 -10 ten
                2026-02-03 | merge 1 of 3            | m3 -5, m1 +5
                2026-02-04 | #3 m1 -1x-1.00<2:1      | m1 +10 ten, m1 REWARD_AVAILABLE ten 1
                2026-02-05 | share 1 101             | m1 -15, m101 +15
                2026-02-06 | #4 m1 1.00 uses=ten     | m101 -10 ten
                2026-02-06 | join 2                  |
                2026-02-06 | share 2 101             |
                2026-02-07 | unshare 1 101           |
                2026-02-08 | #5 m1 -1x-1.00<4:1      | m101 +10 ten, m1 REWARD_AVAILABLE ten 1
                """);
        assertThat(steps.recording.balance(2)).isEqualTo("15");
    }

    @Test
    void aCodeIsNotIssuedToAMemberWhomNobodyKnows() {
        steps("earning: {points: 1}\n").play("""
                2026-03-02 | code 3 gift 7 2026-04-01 | MEMBER_UNKNOWN
                2026-03-02 | join 3                   |
                2026-03-02 | code 3 gift 7 2026-04-01 |
                """);
    }

    @Test
    void aMemberPriceThatTheReceiptIsTooSmallForLeavesItsLinesToTheNextProgramme() {
        BonusTill.euro("""
                bonuses:
                  - {id: off, when: {amount_at_least: 50}, award: {kind: MEMBER_PRICE_AMOUNT, value: 2}, exclusive_group: cards, programme: gold}
                  - {id: five, award: {kind: FIXED_POINTS, value: 5}, exclusive_group: cards, programme: baby}
                """).play("""
                #1 m1 20.00 | base 20 + five 5
                #2 m1 60.00 | base 58 ; 1:-2.00 by off
                """);
    }

    @Test
    void rewardsThatABonusGivesAndThatAThresholdUnlocksAreTakenBackAsOneAccount() {
        String programme = """
                earning: {points: 1}
                threshold_rewards: [{id: ten, measure: POINTS, reaches: 100, reward: {kind: PERCENTAGE_OFF, value: 10}}]
                bonuses: [{id: gift, when: {skus: [X]}, award: {kind: REWARD, target: ten}}]
                """;
        String sale = """
                2026-02-01 | #1 m1 95.00                    |
                2026-02-02 | #2 m1 4.00!X -90.00            | m1 REWARD_AVAILABLE ten 1
                2026-02-03 | #3 m1 0.00 uses=ten            | *
                """;
        ActSteps giftFirst = steps(programme).play(sale + """
                2026-02-04 | #4 m1 -1x-4.00!X<2:1           | *
                2026-02-04 | #5 m1 -1x0<2:2                 | *
                """);
        ActSteps giftLast = steps(programme).play(sale + """
                2026-02-04 | #4 m1 -1x0<2:2                 | *
                2026-02-04 | #5 m1 -1x-4.00!X<2:1           | *
                """);
        assertThat(giftFirst.recording.progress(1, 0)).isEqualTo(giftLast.recording.progress(1, 0));
        assertThat(giftFirst.recording.engine.member(1).rewards())
                .isEqualTo(giftLast.recording.engine.member(1).rewards());
    }
}
