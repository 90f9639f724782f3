package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rewards of the shop and promo codes among the used rewards of a receipt. Tables of {@code what happens | what it is told,
 * with its movements | points of member 7, mugs taken in all, mugs that member 7 has had}; an amount is sold at a point a euro.
 * {@code reserve r1 mug 2 #4} reserves two for receipt 4, {@code reserve r1 mug 2} for none; {@code end} is what the clock
 * does.
 */
final class ShopUsesTest {
    private static final String SHOP = """
            earning: {basis: AMOUNT, points: 1}
            threshold_rewards:
              - {id: five, measure: SPEND, reaches: 1000, reward: {kind: FIXED_AMOUNT, value: 5}}
            money_purses: [{id: cagnotte}]
            shop:
              - {id: mug, name: {en: Mug, fr: Tasse}, kind: FREE_ARTICLE, sku: "42", price: 40, stock: 4, per_member: 3, cost: 3.20}
              - {id: off, name: {en: Off, fr: Remise}, kind: FIXED_AMOUNT, value: 5, price: 100, cost: 5}
              - {id: gala, name: {en: Gala, fr: Gala}, kind: EVENT_SEAT, price: 10, first_day: 2030-01-01, cost: 0}
              - {id: lyon, name: {en: Lyon, fr: Lyon}, kind: DONATION, price: 10, stores: [Lyon], cost: 1}
            promo_codes:
              - {code: HELLO, first_day: 2026-01-01, last_day: 2026-12-31, percent: 10, uses: 3, uses_per_member: 1}
              - {code: ALL, first_day: 2026-01-01, last_day: 2026-12-31, percent: 10, uses: 2}
              - {code: OLD, first_day: 2025-01-01, last_day: 2025-12-31, percent: 10}
            """;

    private final RecordingEngine till;

    ShopUsesTest() {
        till = new RecordingEngine(TestProgrammes.published(SHOP));
    }

    private void play(String table) {
        table.lines().filter(row -> !row.isBlank() && !row.startsWith("# ")).forEach(row -> {
            String[] cells = row.split("\\|", -1);
            String told =
                    cells[0].startsWith("reserve ") || cells[0].startsWith("cancel ") || cells[0].startsWith("commit ")
                            ? operate(cells[0].trim())
                            : cells[0].trim().equals("end") ? end() : told(till.submit(cells[0].trim()));
            assertThat(told + " | " + state())
                    .as(cells[0].trim())
                    .isEqualTo(cells[1].trim().replaceAll("\\s+", " ") + " | "
                            + cells[2].trim().replaceAll("\\s+", " "));
        });
        assertThat(till.replayed().stateHash()).as("state hash of a replay").isEqualTo(till.engine.stateHash());
    }

    private String state() {
        return till.balance(7) + ", " + till.engine.counter(0, ShopSlots.stock("mug")) + ", "
                + till.engine.counter(7, ShopSlots.had("mug"));
    }

    private String told(OutcomeColumns out) {
        List<String> told = new ArrayList<>();
        told.add(out.status.name());
        for (int m = 0; m < out.movements; m++) {
            String rule =
                    till.engine.programmes().get(out.movementVersion[m] - 1).ruleId(out.movementRule[m]);
            told.add(out.movementKind[m] + " " + Points.format(out.movementMicro[m])
                    + (rule.isEmpty() || rule.equals("base") ? "" : " " + rule));
        }
        return String.join(", ", told);
    }

    private String operate(String text) {
        String[] words = text.split("\\s+");
        List<String> details = words.length < 5
                ? List.of()
                : HeldFor.details("Lyon", "1", 0, Long.parseLong(words[4].substring(1)), 0);
        boolean reserves = words[0].equals("reserve");
        Operation operation = new Operation(
                reserves ? OperationKind.RESERVE : OperationKind.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)),
                7,
                0,
                reserves ? words[2] : "",
                words[1],
                reserves ? Long.parseLong(words[3]) : 0,
                RecordingEngine.NOW + 1_000,
                "",
                "",
                details);
        return till.operate(operation).name();
    }

    private String end() {
        Operation over = till.engine.endedReservation(RecordingEngine.NOW);
        return over == null ? "nothing" : over.idempotencyKey() + " " + till.operate(over);
    }

    @Test
    void aRewardIsBoughtByTheReceiptThatUsesIt() {
        play("""
                #1 m7 150.00                | ACCRUED, EARNED 150              | 150, 0, 0
                #2 m7 10.00 uses=mug        | ACCRUED, SPENT -40 mug, EARNED 10 | 120, 1, 1
                #2 m7 10.00 uses=mug        | ALREADY_ACCRUED, SPENT -40 mug, EARNED 10 | 120, 1, 1
                #3 m7 10.00 uses=mug*2      | ACCRUED, SPENT -80 mug, EARNED 10 | 50, 3, 3
                """);
    }

    @Test
    void whatCouldNotBeHadIsUnfundedAndDebitedAllTheSame() {
        play("""
                #1 m7 100.00                | ACCRUED, EARNED 100              | 100, 0, 0
                #2 m7 1.00 uses=gala        | REWARD_UNFUNDED, SPENT -10 gala, EARNED 1 | 91, 0, 0
                #3 m7 1.00 uses=lyon store=Nice | REWARD_UNFUNDED, SPENT -10 lyon, EARNED 1 | 82, 0, 0
                #4 m7 1.00 uses=lyon | ACCRUED, SPENT -10 lyon, EARNED 1 | 73, 0, 0
                #5 m7 1.00 uses=off         | REWARD_UNFUNDED, SPENT -100 off, EARNED 1 | -26, 0, 0
                #6 m7 200.00 uses=cup       | REWARD_UNFUNDED, EARNED 200      | 174, 0, 0
                # Four are in stock, three may be had by one member: never more are counted
                #7 m7 1.00 uses=mug*4       | REWARD_UNFUNDED, SPENT -160 mug, EARNED 1 | 15, 3, 3
                #8 m8 100.00                | ACCRUED, EARNED 100              | 15, 3, 3
                #9 m8 1.00 uses=mug*2       | REWARD_UNFUNDED, SPENT -80 mug, EARNED 1 | 15, 4, 3
                # Nobody is there whose points could pay
                #10 1.00 uses=mug           | REWARD_UNFUNDED                  | 15, 4, 3
                #11 m9 1.00 uses=lyon blocked | CARD_BLOCKED                   | 15, 4, 3
                """);
    }

    @Test
    void oneReceiptUsesRewardsOfEveryKind() {
        till.submit("#1 m7 1000.00");
        till.operate(new Operation(
                OperationKind.ADJUST,
                7,
                0,
                "cagnotte",
                "",
                500_000_000,
                RecordingEngine.NOW,
                "anna",
                "test",
                List.of("boris")));
        play("""
                #2 m7 10.00 uses=five uses=mug uses=cagnotte:4.00 uses=HELLO | ACCRUED, SPENT -40 mug, SPENT -400, EARNED 10 | 970, 1, 1
                """);
        assertThat(till.engine.member(7).purses().get(1).balanceMicro()).isEqualTo(100_000_000);
        assertThat(till.engine.counter(7, ShopSlots.promoUses("HELLO"))).isEqualTo(1);
    }

    @Test
    void whatIsReservedForAReceiptIsPaidOnceAndFinalWithIt() {
        play("""
                #1 m7 150.00                | ACCRUED, EARNED 150              | 150, 0, 0
                reserve r1 mug 2 #2         | DONE                             | 70, 2, 2
                reserve r1 mug 2 #2         | ALREADY_DONE                     | 70, 2, 2
                commit r1                   | NOT_ALLOWED                      | 70, 2, 2
                #2 m7 OPEN:1 10.00          | PROVISIONAL                      | 70, 2, 2
                # Another card of the member, at another till: what is held is not there twice
                #9 m7 1.00 uses=mug*2       | REWARD_UNFUNDED, SPENT -80 mug, EARNED 1 | -9, 3, 3
                #2 m7 CLOSING:2 5.00 uses=mug*2 | ACCRUED, EARNED 15           | 6, 3, 3
                cancel r1                   | RESERVATION_ENDED                | 6, 3, 3
                end                         | nothing                          | 6, 3, 3
                reserve r2 mug 1 #2         | TOO_LATE                         | 6, 3, 3
                """);
    }

    @Test
    void whatIsReservedAndNotUsedIsGivenBackWithTheReceipt() {
        play("""
                #1 m7 150.00                | ACCRUED, EARNED 150              | 150, 0, 0
                reserve r1 mug 2 #2         | DONE                             | 70, 2, 2
                reserve r2 off 1            | INSUFFICIENT_POINTS              | 70, 2, 2
                #2 m7 10.00                 | ACCRUED, RESTORED 80 mug, EARNED 10 | 160, 0, 0
                # Fewer used than reserved: given back whole, and what is used is bought
                reserve r3 mug 3 #3         | DONE                             | 40, 3, 3
                #3 m7 10.00 uses=mug        | ACCRUED, RESTORED 120 mug, SPENT -40 mug, EARNED 10 | 130, 1, 1
                # More used than reserved: the rest is bought
                reserve r4 mug 1 #4         | DONE                             | 90, 2, 2
                #4 m7 10.00 uses=mug*2      | ACCRUED, SPENT -40 mug, EARNED 10 | 60, 3, 3
                # Another member's receipt uses nothing of this one's
                reserve r5 lyon 1 #5        | DONE                             | 50, 3, 3
                #5 m8 10.00                 | ACCRUED, RESTORED 10 lyon, EARNED 10 | 60, 3, 3
                """);
    }

    @Test
    void aVoidReleasesWhatIsReservedForIt() {
        play("""
                #1 m7 150.00                | ACCRUED, EARNED 150              | 150, 0, 0
                reserve r1 mug 2 #2         | DONE                             | 70, 2, 2
                reserve r2 mug 1 #3         | DONE                             | 30, 3, 3
                end                         | nothing                          | 30, 3, 3
                #2 m7 OPEN:1 10.00          | PROVISIONAL                      | 30, 3, 3
                #2 m7 VOID                  | VOIDED                           | 30, 3, 3
                end                         | r1 DONE                          | 110, 1, 1
                end                         | nothing                          | 110, 1, 1
                # A receipt that was never opened is voided too where something is held for it
                #3 m7 VOID                  | VOIDED                           | 110, 1, 1
                #3 m7 VOID                  | ALREADY_ACCRUED                  | 110, 1, 1
                end                         | r2 DONE                          | 150, 0, 0
                #2 m7 CLOSING:1 10.00       | ACCRUED, EARNED 10               | 160, 0, 0
                """);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # policy,       told,                                                    balance, owed
            ALLOW,          'REWARD_UNFUNDED, SPENT -40 mug, EARNED 5',              -25,     0
            FLOOR_AT_ZERO,  'REWARD_UNFUNDED, SPENT -40 mug, FORGIVEN 30 mug, EARNED 5', 5,   0
            DEBT,           'REWARD_UNFUNDED, SPENT -10 mug, EARNED 5, REVERSED -5', 0,       25
            """)
    void anUnfundedUseFollowsTheNegativePolicy(String policy, String told, String balance, long owed) {
        RecordingEngine engine =
                new RecordingEngine(TestProgrammes.published(SHOP + "purse: {negative: " + policy + "}\n"));
        engine.submit("#1 m7 10.00");
        OutcomeColumns out = engine.submit("#2 m7 5.00 uses=mug");
        assertThat(told(out)).isEqualTo(told);
        assertThat(out.pointsMicro).as("points of the receipt").isEqualTo(policy.equals("DEBT") ? 0 : 5_000_000);
        assertThat(engine.balance(7)).isEqualTo(balance);
        assertThat(engine.engine.member(7).debtMicro()).isEqualTo(owed * 1_000_000);
    }

    @Test
    void promoCodesAreCountedWithTheSaleWithinTheirLimits() {
        play("""
                #1 m7 1.00 uses=HELLO       | ACCRUED, EARNED 1                | 1, 0, 0
                #2 m7 1.00 uses=HELLO       | REWARD_UNFUNDED, EARNED 1        | 2, 0, 0
                #3 1.00 uses=HELLO          | REWARD_UNFUNDED                  | 2, 0, 0
                #4 1.00 uses=ALL            | ACCRUED                          | 2, 0, 0
                #5 m7 1.00 uses=OLD         | REWARD_UNFUNDED, EARNED 1        | 3, 0, 0
                #6 m7 1.00 uses=ALL*2       | REWARD_UNFUNDED, EARNED 1        | 4, 0, 0
                """);
        assertThat(till.engine.counter(0, ShopSlots.promoUses("HELLO"))).isEqualTo(1);
        assertThat(till.engine.counter(0, ShopSlots.promoUses("ALL")))
                .as("of 2")
                .isEqualTo(2);
    }

    @Test
    void unitsGrantedAreUsedWithoutPoints() {
        till.submit("#1 m7 50.00");
        till.setCounter(7, ShopSlots.unlocked("mug"), 1);
        assertThat(till.engine.standing(7, RecordingEngine.NOW).usable())
                .containsExactly(new MemberStanding.Usable("mug", 1));
        play("""
                #2 m7 1.00 uses=mug*2       | ACCRUED, SPENT -40 mug, EARNED 1 | 11, 2, 2
                """);
        assertThat(till.engine.counter(7, ShopSlots.unlocked("mug"))).isZero();
        assertThat(till.engine.standing(7, RecordingEngine.NOW).usable()).isEmpty();
    }

    @Test
    void aUseAfterTheLastDayOfTheProgrammeIsDebitedAndEarnsNothing() {
        RecordingEngine closed = new RecordingEngine(
                TestProgrammes.published(SHOP + "last_earn_day: 2026-01-01\nlast_burn_day: 2026-01-01\n"));
        closed.submit("#1 m7 150.00");
        assertThat(told(closed.submit("#2 m7 1.00 uses=mug @2026-01-02T12:00Z")))
                .isEqualTo("NO_PROGRAMME, SPENT -40 mug");
    }
}
