package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assidu.accrual.model.OutcomeColumns;
import org.junit.jupiter.api.Test;

/** Clubs and paid cards: what {@link StatusSteps} plays is member 7's. */
class ClubTest {
    private static final String FREE = "clubs: [{id: wine, perks: [tastings]}]\n"
            + "bonuses: [{id: double, when: {clubs: [wine]}, award: {kind: MULTIPLIER, value: 2}}]\n";
    private static final String CARD = "{id: card, sku: C1, fee: 15, months: 12";

    private static StatusSteps card(String more) {
        return StatusSteps.under("clubs: [" + CARD + more + "}]\n"
                + "bonuses: [{id: double, when: {clubs: [card]}, award: {kind: MULTIPLIER, value: 2}}]\n");
    }

    @Test
    void aFreeClubIsJoinedByEnrolmentAndHeldUntilItIsLeft() {
        StatusSteps.under(FREE).play("""
                2026-01-10 | join wine             | MEMBER_UNKNOWN                                |
                2026-01-10 | #1 m7 10.00           | base 10                                       |
                2026-01-10 | join beer             | SUBJECT_UNKNOWN                               |
                2026-01-10 | join wine             | CLUB_JOINED wine for ever                     | wine since 26-01-10 to for ever
                2026-01-10 | join wine             | NOTHING_TO_DO                                 | wine since 26-01-10 to for ever
                2026-01-10 | #2 m7 10.00           | base 10, double 10                            | wine since 26-01-10 to for ever
                2029-01-10 | #3 m7 10.00           | base 10, double 10                            | wine since 26-01-10 to for ever
                2029-01-11 | leave wine            | CLUB_ENDED wine 29-01-11                      |
                2029-01-11 | leave wine            | NOTHING_TO_DO                                 |
                2029-01-12 | #4 m7 10.00           | base 10                                       |
                # Sold before the member joined
                2029-01-13 | join wine             | CLUB_JOINED wine for ever                     | wine since 29-01-13 to for ever
                2029-01-14 | #5 m7 10.00 @2029-01-12T10:00Z | base 10                              | wine since 29-01-13 to for ever
                """);
    }

    @Test
    void buyingTheArticleJoinsFromTheNextReceiptOnAndRenews() {
        card("").play("""
                2026-01-31 | #1 m7 15.00!C1 20.00  | base 35, CLUB_JOINED card 27-01-31            | card since 26-01-31 to 27-01-31
                2026-02-01 | #2 m7 10.00           | base 10, double 10                            | card since 26-01-31 to 27-01-31
                2026-12-01 | #3 m7 15.00!C1        | base 15, double 15, CLUB_JOINED card 28-01-31 | card since 26-01-31 to 28-01-31
                2028-01-31 | #4 m7 10.00           | base 10, double 10                            | card since 26-01-31 to 28-01-31
                2028-02-01 |                       | CLUB_ENDED card 28-01-31                      |
                2028-02-01 | #5 m7 10.00           | base 10                                       |
                # Bought while it lasted, it counts though it arrives late
                2028-02-02 | #6 m7 10.00 @2028-01-31T10:00Z | base 10, double 10                   |
                2028-03-01 | #7 m7 2x30.00!C1      | base 30, CLUB_JOINED card 30-03-01            | card since 28-03-01 to 30-03-01
                2028-03-01 | join card             | NOTHING_TO_DO                                 | card since 28-03-01 to 30-03-01
                """);
        card("").play("""
                2026-01-10 | #1 m7 1.00            | base 1                                        |
                2026-01-10 | join card             | NOT_ALLOWED                                   |
                2026-01-10 | #2 15.00!C1           |                                               |
                """);
    }

    @Test
    void theEndIsAnnounced() {
        card(", reminder_days: [30, 1]").play("""
                2026-01-10 | #1 m7 15.00!C1        | base 15, CLUB_JOINED card 27-01-10            | card since 26-01-10 to 27-01-10
                2026-12-10 |                       |                                               | card since 26-01-10 to 27-01-10
                2026-12-11 |                       | CLUB_ENDING card 27-01-10                     | card since 26-01-10 to 27-01-10
                2027-01-11 |                       | CLUB_ENDING card 27-01-10, CLUB_ENDED card 27-01-10 |
                """);
    }

    @Test
    void theFirstPurchaseIsCheaperFromTheReceiptThatJoinsOnAndTheFeeIsNot() {
        card(", first_purchase_percent: 10").play("""
                2026-01-10 | #1 m7 15.00!C1 20.00  | base 33, 2:-2.00 by card, CLUB_JOINED card 27-01-10 | card since 26-01-10 to 27-01-10
                2026-01-11 | #2 m7 20.00           | base 20, double 20                            | card since 26-01-10 to 27-01-10
                """);
        card(", first_purchase_percent: 10").play("""
                2026-01-10 | #1 m7 15.00!C1        | base 15, CLUB_JOINED card 27-01-10            | card since 26-01-10 to 27-01-10
                2026-01-11 | #2 m7 20.00           | base 18, double 18, 1:-2.00 by card           | card since 26-01-10 to 27-01-10
                2026-01-12 | #3 m7 20.00           | base 20, double 20                            | card since 26-01-10 to 27-01-10
                # Wholly returned it was no first purchase
                2026-01-13 | #4 m7 -0.5x-10.00<2:1 | - base 9, - double 9                          | card since 26-01-10 to 27-01-10
                2026-01-14 | #5 m7 20.00           | base 20, double 20                            | card since 26-01-10 to 27-01-10
                2026-01-15 | #6 m7 -0.5x-10.00<2:1 | - base 9, - double 9                          | card since 26-01-10 to 27-01-10
                2026-01-16 | #7 m7 20.00           | base 18, double 18, 1:-2.00 by card           | card since 26-01-10 to 27-01-10
                2026-01-17 | #8 m8 20.00           |                                               | card since 26-01-10 to 27-01-10
                """);
    }

    @Test
    void anOpenReceiptWithTheFeeIsToldThePricesOfTheFirstPurchase() {
        StatusSteps steps = card(", first_purchase_percent: 10");
        steps.play("""
                2026-01-10 | #1 m7 OPEN:1 20.00       | |
                2026-01-10 | #1 m7 OPEN:2 15.00!C1    | 1:-2.00 by card |
                2026-01-10 | #1 m7 CLOSING:3 10.00    | base 42, 1:-2.00 by card, 3:-1.00 by card, CLUB_JOINED card 27-01-10 | card since 26-01-10 to 27-01-10
                """);
    }

    @Test
    void aReturnedFeeEndsTheMembershipThatItBought() {
        card("").play("""
                2026-01-10 | #1 m7 15.00!C1 20.00  | base 35, CLUB_JOINED card 27-01-10            | card since 26-01-10 to 27-01-10
                2026-01-11 | #2 m7 -1x-15.00!C1<1:1 | - base 15, CLUB_ENDED card 26-01-10          |
                2026-01-11 | #3 m7 20.00           | base 20                                       |
                """);
        card("").play("""
                2026-01-10 | #1 m7 15.00!C1        | base 15, CLUB_JOINED card 27-01-10            | card since 26-01-10 to 27-01-10
                2026-06-10 | #2 m7 15.00!C1        | base 15, double 15, CLUB_JOINED card 28-01-10 | card since 26-01-10 to 28-01-10
                # Of a renewal, only what it added
                2026-06-11 | #3 m8 -1x-15.00!C1<2:1 | - base 15, - double 15                       | card since 26-01-10 to 27-01-10
                2027-01-11 |                       | CLUB_ENDED card 27-01-10                      |
                2027-02-01 | #4 m7 15.00!C1        | base 15, CLUB_JOINED card 28-02-01            | card since 27-02-01 to 28-02-01
                # The fee of a membership that is over takes nothing of the new one
                2027-02-02 | #5 m7 -1x-15.00!C1<1:1 | - base 15                                    | card since 27-02-01 to 28-02-01
                # Without its receipt
                2027-02-03 | #6 m7 -1x-15.00!C1    | - base 15, CLUB_ENDED card 27-02-01           |
                """);
    }

    @Test
    void leavingAPaidClubGivesNothingBackAndTheFeeNothingMore() {
        card("").play("""
                2026-01-10 | #1 m7 15.00!C1        | base 15, CLUB_JOINED card 27-01-10            | card since 26-01-10 to 27-01-10
                2026-01-12 | leave card            | CLUB_ENDED card 26-01-12                      |
                2026-01-13 | #2 m7 -1x-15.00!C1<1:1 | - base 15                                    |
                """);
    }

    @Test
    void whoMayJoinIsAQuestionOfPurchasesBeforeAndOfInvitations() {
        card(", access: {purchases: 2, spend: 50, average_basket: 20}").play("""
                2026-01-10 | #1 m7 40.00           | base 40                                       |
                2026-01-11 | #2 m7 15.00!C1 90.00  | base 105, CLUB_REFUSED card 1                 |
                2026-01-12 | #3 m7 15.00!C1        | base 15, CLUB_JOINED card 27-01-12            | card since 26-01-12 to 27-01-12
                """);
        card(", access: {average_basket: 20}").play("""
                2026-01-10 | #1 m7 30.00           | base 30                                       |
                2026-01-11 | #2 m7 9.99            | base 9.99                                     |
                2026-01-12 | #3 m7 15.00!C1        | base 15, CLUB_REFUSED card 1                  |
                2026-01-13 | #4 m7 -1x-9.99<2:1    | - base 9.99                                   |
                2026-01-13 | #5 m7 -1x-15.00!C1<3:1 | - base 15                                    |
                2026-01-14 | #6 m7 15.00!C1        | base 15, CLUB_JOINED card 27-01-14            | card since 26-01-14 to 27-01-14
                """);
        StatusSteps invited = StatusSteps.under("""
                clubs: [{id: wine, access: {tag: invited}}]
                bonuses: [{id: invite, when: {categories: [wine]}, award: {kind: TAG, target: invited}}]
                """);
        invited.play("""
                2026-01-10 | #1 m7 40.00           | base 40                                       |
                2026-01-10 | join wine             | LIMIT_EXCEEDED                                |
                2026-01-10 | #2 m7 40.00/wine      | base 40                                       |
                2026-01-10 | join wine             | CLUB_JOINED wine for ever                     | wine since 26-01-10 to for ever
                """);
    }

    @Test
    void freeAndPaidStandSideBySideWithTheirPerks() {
        StatusSteps steps = StatusSteps.under(
                "clubs: [{id: wine, perks: [tastings, news]}, " + CARD
                        + ", perks: [free-delivery, news]}]\n"
                        + "tiers: {measure: SPEND, window: LIFETIME, levels: [{id: silver, reaches: 10, perks: [free-delivery, desk]}]}\n");
        steps.play("""
                2026-01-10 | #1 m7 15.00!C1        | base 15, CLUB_JOINED card 27-01-10, TIER_REACHED silver 1 | silver 15, card since 26-01-10 to 27-01-10
                2026-01-10 | join wine             | CLUB_JOINED wine for ever                     | silver 15, wine since 26-01-10 to for ever, card since 26-01-10 to 27-01-10
                """);
        assertThat(steps.till.engine.status(7, RecordingEngine.NOW).perks())
                .isEqualTo(List.of("free-delivery", "desk", "tastings", "news"));
    }

    @Test
    void aMembershipSoldLongAgoEndsWhenItArrives() {
        card("").play("""
                2027-06-01 | #1 m7 1.00            | base 1                                        |
                2027-06-02 | #2 m7 15.00!C1 @2026-02-10T10:00Z | base 15, CLUB_JOINED card 27-02-10, CLUB_ENDED card 27-02-10 |
                """);
    }

    @Test
    void theResultDoesNotDependOnWhenAMemberIsSettled() {
        String history = """
                2026-01-10 | #1 m7 15.00!C1        | * | card since 26-01-10 to 27-01-10
                2027-03-10 | #2 m7 15.00!C1        | * | card since 27-03-10 to 28-03-10
                2028-03-12 | #3 m7 1.00            | * |
                """;
        StatusSteps late = card(", reminder_days: [7]").withoutSweeps().play(history);
        StatusSteps swept = card(", reminder_days: [7]").play(history);
        assertThat(late.till.engine.stateHash()).isEqualTo(swept.till.engine.stateHash());
    }

    @Test
    void aFeeOfSeveralReturnedInPartsEndsAsOneReturnDoes() {
        StatusSteps parts = card("");
        StatusSteps whole = card("");
        for (StatusSteps steps : List.of(parts, whole)) {
            steps.play(
                    "2026-01-31 | #1 m7 3x45.00!C1 | base 45, CLUB_JOINED card 29-01-31 | card since 26-01-31 to 29-01-31");
        }
        parts.play("""
                2026-02-01 | #2 m7 -0.5x-7.50!C1<1:1  | * | card since 26-01-31 to 28-01-31
                2026-02-01 | #3 m7 -0.75x-7.50!C1<1:1 | * | card since 26-01-31 to 27-01-31
                2026-02-01 | #4 m7 -0.75x-7.50!C1<1:1 | * | card since 26-01-31 to 27-01-31
                """);
        whole.play("2026-02-01 | #2 m7 -2x-30.00!C1<1:1 | * | card since 26-01-31 to 27-01-31");
        OutcomeColumns last = parts.till.submit(
                ReceiptText.receipt("#9 m7 5.00"), RecordingEngine.noon(java.time.LocalDate.of(2026, 3, 3)));
        OutcomeColumns same = whole.till.submit(
                ReceiptText.receipt("#9 m7 5.00"), RecordingEngine.noon(java.time.LocalDate.of(2026, 3, 3)));
        assertThat(last.balanceMicro).isEqualTo(same.balanceMicro);
    }
}
