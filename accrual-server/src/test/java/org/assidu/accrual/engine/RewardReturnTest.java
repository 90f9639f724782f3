package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rewards of a receipt that comes back. Tables of {@code receipt | movements of member 7 | points, cents in the cagnotte, mugs
 * taken in all, mugs that 7 has had, rewards of the threshold}.
 */
final class RewardReturnTest {
    private static final String PROGRAMME = """
            earning: {basis: AMOUNT, points: 1}
            threshold_rewards:
              - {id: five, measure: POINTS, reaches: 100, reward: {kind: FIXED_AMOUNT, value: 5}}
            money_purses: [{id: cagnotte}]
            shop:
              - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 40, stock: 4, per_member: 3, cost: 3.20}
            """;
    private static final String RESTORES = PROGRAMME + "returns_restore_rewards: true\n";

    private static RecordingEngine under(String programme) {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(programme));
        till.submit("#1 m7 150.00");
        assertThat(till.operate(new Operation(
                                OperationKind.ADJUST,
                                7,
                                0,
                                "cagnotte",
                                "",
                                500_000_000,
                                RecordingEngine.NOW,
                                "anna",
                                "test",
                                List.of("boris")))
                        .journalled())
                .isTrue();
        return till;
    }

    private static void play(RecordingEngine till, String table) {
        table.lines().filter(row -> !row.isBlank() && !row.startsWith("# ")).forEach(row -> {
            String[] cells = row.split("\\|", -1);
            OutcomeColumns out = till.submit(cells[0].trim());
            assertThat(moved(till, out) + " | " + state(till))
                    .as(cells[0].trim())
                    .isEqualTo(cells[1].trim().replaceAll("\\s+", " ") + " | "
                            + cells[2].trim().replaceAll("\\s+", " "));
        });
        assertThat(till.replayed().stateHash()).as("state hash of a replay").isEqualTo(till.engine.stateHash());
    }

    private static String moved(RecordingEngine till, OutcomeColumns out) {
        return String.join(
                ", ",
                till.movements(out).stream()
                        .map(text -> text.replace("m7 ", "")
                                .replace(" base", "")
                                .replace(" v1", "")
                                .strip())
                        .toList());
    }

    private static String state(RecordingEngine till) {
        MemberView view = till.engine.member(7);
        return till.balance(7) + ", " + view.purses().get(1).balanceMicro() / 1_000_000 + ", "
                + till.engine.counter(0, ShopSlots.stock("mug")) + ", "
                + till.engine.counter(7, ShopSlots.had("mug")) + ", "
                + (view.rewards().isEmpty() ? 0 : view.rewards().get(0).unlocked());
    }

    @Test
    void rewardsComeBackWithTheLastArticleAndNotBefore() {
        play(under(RESTORES), """
                #2 m7 3x9.00 2.00 uses=five uses=mug uses=cagnotte:3.00 | SPENT -100 five, SPENT -40 mug, SPENT -300, EARNED 11 | 21, 200, 1, 1, 0
                #3 m7 -3x-9.00<2:1          | REVERSED -9                      | 12, 200, 1, 1, 0
                #4 m7 -1x-2.00<2:2          | RESTORED 100 five, RESTORED 40 mug, RESTORED 300, REVERSED -2 | 150, 500, 0, 0, 1
                #5 m7 -1x-2.00<2:2          |                                  | 150, 500, 0, 0, 1
                """);
    }

    @Test
    void nothingComesBackWhereTheProgrammeDoesNotSaySo() {
        play(under(PROGRAMME), """
                #2 m7 9.00 uses=five uses=mug uses=cagnotte:3.00 | SPENT -100 five, SPENT -40 mug, SPENT -300, EARNED 9 | 19, 200, 1, 1, 0
                #3 m7 -1x-9.00<2:1          | REVERSED -9                      | 10, 200, 1, 1, 0
                """);
    }

    @Test
    void anExchangeUsesAgainWhatItGivesBack() {
        play(under(RESTORES), """
                #2 m7 9.00 uses=five        | SPENT -100 five, EARNED 9        | 59, 500, 0, 0, 0
                #3 m7 -1x-9.00<2:1 9.00 uses=five | RESTORED 100 five, SPENT -100 five, EARNED 9, REVERSED -9 | 59, 500, 0, 0, 0
                #4 m7 -1x-9.00<3:2          | RESTORED 100 five, REVERSED -9   | 150, 500, 0, 0, 1
                """);
    }

    @Test
    void whatWasReservedForTheReceiptComesBackToo() {
        RecordingEngine till = under(RESTORES);
        assertThat(till.operate(new Operation(
                                OperationKind.RESERVE,
                                7,
                                0,
                                "mug",
                                "r1",
                                2,
                                RecordingEngine.NOW + 1_000,
                                "",
                                "",
                                HeldFor.details("Lyon", "1", 0, 2, 0)))
                        .journalled())
                .isTrue();
        play(till, """
                #2 m7 9.00 uses=mug*2       | EARNED 9                         | 79, 500, 2, 2, 1
                #3 m7 -1x-9.00<2:1          | RESTORED 80 mug, REVERSED -9     | 150, 500, 0, 0, 1
                """);
    }

    @Test
    void someoneElseBringsItBackAndTheMemberHasIt() {
        RecordingEngine till = under(RESTORES);
        till.submit("#2 m7 9.00 uses=mug");
        OutcomeColumns out = till.submit("#3 m8 -1x-9.00<2:1");
        assertThat(moved(till, out)).isEqualTo("RESTORED 40 mug, REVERSED -9");
        assertThat(out.pointsMicro).as("points of member 8").isZero();
        assertThat(till.balance(7)).isEqualTo("150");
    }

    /** Nothing covers three mugs and a reward that is not there: the state after the return is that before the receipt. */
    @ParameterizedTest
    @ValueSource(strings = {"ALLOW", "FLOOR_AT_ZERO", "DEBT"})
    void anUnfundedUseLeavesNoTraceUnderAnyPolicy(String policy) {
        RecordingEngine till = under(RESTORES + "purse: {negative: " + policy + "}\n");
        String before = state(till);
        till.submit("#2 m7 9.00 uses=mug*3 uses=five*2 uses=cagnotte:7.00");
        till.submit("#3 m7 -1x-9.00<2:1");
        assertThat(state(till)).isEqualTo(before);
        assertThat(till.engine.member(7).debtMicro()).isZero();
    }

    @Test
    void pointsGoBackToTheLotsTheyCameFrom() {
        new LotSteps(TestProgrammes.published(RESTORES
                        + "purse: {validity: {length: 1, unit: MONTHS}}\naccepted_window: {past_days: 3650}\n"))
                .play("""
                2026-03-01 | #1 m7 30.00                         | EARNED 30 ..26-04-01 | 30: 30 ..26-04-01
                2026-03-10 | #2 m7 50.00                         | EARNED 50 ..26-04-10 | 80: 30 ..26-04-01, 50 ..26-04-10
                2026-03-11 | #3 m7 9.00 uses=mug                 | SPENT 30 ..26-04-01, SPENT 10 ..26-04-10, EARNED 9 ..26-04-11 | 49: 40 ..26-04-10, 9 ..26-04-11
                2026-03-12 | #4 m7 -1x-9.00<3:1                  | RESTORED 30 ..26-04-01, RESTORED 10 ..26-04-10, REVERSED 9 ..26-04-11 | 80: 30 ..26-04-01, 50 ..26-04-10
                2026-03-13 | #5 m7 9.00 uses=mug                 | SPENT 30 ..26-04-01, SPENT 10 ..26-04-10, EARNED 9 ..26-04-13 | 49: 40 ..26-04-10, 9 ..26-04-13
                # The lot has ended meanwhile: what comes back to it is credited and expired at once
                2026-04-02 | #6 m7 -1x-9.00<5:1                  | RESTORED 30 ..26-04-01, EXPIRED 30 ..26-04-01, RESTORED 10 ..26-04-10, REVERSED 9 ..26-04-13, POINTS_EXPIRED 30 26-04-01 | 50: 50 ..26-04-10
                """);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderOfPartialReturnsEndsWhereOneFullReturnDoes(long seed) {
        Random random = new Random(seed);
        String[] parts = {"-1x-3.00<2:1", "-1x-3.00<2:1", "-1x-3.00<2:1", "-1x-2.00<2:2", "-1x-8.00<2:3"};
        String sale = "#2 m7 3x9.00 2.00 8.00 uses=five uses=mug*2 uses=cagnotte:6.00";
        RecordingEngine whole = under(RESTORES);
        whole.submit(sale);
        whole.submit("#3 m7 -3x-9.00<2:1 -1x-2.00<2:2 -1x-8.00<2:3");
        RecordingEngine split = under(RESTORES);
        split.submit(sale);
        List<String> order = new ArrayList<>(List.of(parts));
        Collections.shuffle(order, random);
        for (int i = 0; i < order.size(); i++) {
            split.submit("#" + (3 + i) + " m7 " + order.get(i));
        }
        assertThat(state(split))
                .as("seed %d: %s", seed, order)
                .isEqualTo(state(whole))
                .isEqualTo("150, 500, 0, 0, 1");
    }

    @Test
    void theUsesOfItsPromoCodesAreFreeAgainOnceAllOfAReceiptIsBack() {
        String codes = """
                promo_codes: [{code: HELLO, first_day: 2026-01-01, last_day: 2026-12-31, percent: 10, uses: 2, uses_per_member: 1}]
                """;
        RecordingEngine till = under(RESTORES + codes);
        String uses = ShopSlots.promoUses("HELLO");
        till.play("""
                #2 m7 10.00 5.00 uses=HELLO    | ACCRUED 15 165 five*1
                #3 m7 1.00 uses=HELLO          | REWARD_UNFUNDED 1 166 five*1
                #4 m7 -1x-10.00<2:1            | ACCRUED -10 156 five*1
                """);
        assertThat(till.engine.counter(7, uses)).isEqualTo(1);
        till.play("#5 m7 -1x-5.00<2:2 | ACCRUED -5 151 five*1");
        assertThat(till.engine.counter(7, uses)).isZero();
        assertThat(till.engine.counter(0, uses)).isZero();
        // What #3 used beyond the limit was not counted, and its return frees nothing.
        till.play("""
                #6 m7 1.00 uses=HELLO          | ACCRUED 1 152 five*1
                #7 m7 -1x-1.00<3:1             | ACCRUED -1 151 five*1
                #8 m7 1.00 uses=HELLO          | REWARD_UNFUNDED 1 152 five*1
                """);
        assertThat(till.engine.counter(0, uses)).isEqualTo(1);
        RecordingEngine kept = under(PROGRAMME + codes);
        kept.play("""
                #2 m7 10.00 uses=HELLO         | ACCRUED 10 160 five*1
                #3 m7 -1x-10.00<2:1            | ACCRUED -10 150 five*1
                """);
        assertThat(kept.engine.counter(7, uses)).isEqualTo(1);
    }

    @Test
    void aCodeThatNobodyKnownUsedIsFreeAgainForAll() {
        RecordingEngine till = under(RESTORES + """
                promo_codes: [{code: HELLO, first_day: 2026-01-01, last_day: 2026-12-31, percent: 10, uses: 2}]
                """);
        till.submit("#2 10.00 uses=HELLO*2");
        assertThat(till.engine.counter(0, ShopSlots.promoUses("HELLO"))).isEqualTo(2);
        till.submit("#3 -1x-10.00<2:1");
        assertThat(till.engine.counter(0, ShopSlots.promoUses("HELLO"))).isZero();
    }
}
