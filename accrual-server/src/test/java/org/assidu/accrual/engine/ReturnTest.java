package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Points;
import org.junit.jupiter.api.Test;

class ReturnTest {
    private static final String ONE_POINT = "earning: {points: 1}\n";

    @Test
    void aReturnTakesFromTheMemberOfTheOriginalUnderItsVersion() {
        RecordingEngine till = new RecordingEngine(
                TestProgrammes.published(1, ONE_POINT),
                TestProgrammes.published(2, "effective_from: 2026-03-01\nearning: {points: 3}\n"));
        till.submit("#1 m1 2x10.00 @2026-02-20T10:00:00Z");

        OutcomeColumns byOther = till.submit("#2 m2 -1x-5.00<1:1 1.00");
        OutcomeColumns byNobody = till.submit("#3 -1x-5.00<1:1");

        assertThat(till.movements(byOther)).containsExactly("m2 EARNED 3 base v2", "m1 REVERSED -5 base v1");
        assertThat(till.told(byOther)).isEqualTo("ACCRUED 3 3");
        assertThat(till.movements(byNobody)).containsExactly("m1 REVERSED -5 base v1");
        assertThat(till.balance(1)).isEqualTo("0");
        assertThat(till.engine.lastPositionOf(1))
                .as("an anonymous return joins the chain")
                .isEqualTo(102);
    }

    /** After {@code #1 m1 3x10.00 5.00}: a receipt, the lines, the balance of member 1. */
    private static final String LINES = """
            -3x-10.00<1:1                        | RETURNED:-10                                    | 5
            -3x-10.00<1:1 -1x-5.00<1:2           | RETURNED:-10 RETURNED:-5                        | 0
            -4x-10.00<1:1                        | RETURN_EXCEEDS_SALE:0                           | 15
            -2x-10.00<1:1 -2x-10.00<1:1          | RETURNED:-6.666666 RETURN_EXCEEDS_SALE:0        | 8.333334
            -2x-10.00<1:1 -1x-1.00<1:1           | RETURNED:-6.666666 RETURNED:-3.333334           | 5
            -0.5x-1.00<1:1                       | RETURNED:-1.666666                              | 13.333334
            -1x-1.00<1:3                         | ORIGINAL_NOT_FOUND:0                            | 15
            -1x-1.00<9:1                         | ORIGINAL_NOT_FOUND:0                            | 15
            -1x-1.00<2:1                         | ORIGINAL_NOT_FOUND:0                            | 15
            -1x-1.00<1:1 4.00 -1x-2.00<1:2       | RETURNED:-3.333333 4 RETURNED:-5                | 10.666667
            1x4.00<1:1                           | 4                                               | 19
            """;

    @Test
    void eachLineSaysWhatItTook() {
        LINES.lines().forEach(row -> {
            String[] cells = row.split("\\|");
            RecordingEngine till = new RecordingEngine(TestProgrammes.published(ONE_POINT));
            till.submit("#1 m1 3x10.00 5.00");
            OutcomeColumns out = till.submit("#2 m1 " + cells[0]);
            assertThat(RecordingEngine.lines(out)).as(row).isEqualTo(cells[1].trim());
            assertThat(till.balance(1)).as(row).isEqualTo(cells[2].trim());
        });
    }

    @Test
    void anArchivedOriginalIsNotFound() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(ONE_POINT));
        till.submit("#1 m1 10.00");
        till.archive();

        assertThat(RecordingEngine.lines(till.submit("#2 m1 -1x-10.00<1:1"))).isEqualTo("ORIGINAL_NOT_FOUND:0");
        assertThat(till.balance(1)).isEqualTo("10");
    }

    @Test
    void aVisitIsTakenBackWithItsLastArticle() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.earning("basis: VISIT, points: 5"));

        till.play("""
                #1 m1 2x10.00 5.00 0.00     | ACCRUED 5 5
                #2 m1 -1x-5.00<1:1          | ACCRUED 0 5
                #3 m1 -1x-5.00<1:2          | ACCRUED 0 5
                #4 m1 -1x-5.00<1:1          | ACCRUED -5 0
                """);
    }

    @Test
    void receiptsThatEarnNothingStillTakeBack() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(ONE_POINT));

        till.play("""
                #1 m1 2x10.00                                 | ACCRUED 10 10
                #2 blocked -1x-5.00<1:1                       | CARD_BLOCKED 0 0
                #3 m1 -1x-5.00<1:1 @2026-01-05T10:00:00Z      | SOLD_TOO_LONG_AGO -5 0
                """);
    }

    @Test
    void returningWhatEarnedNothingTakesNothing() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(ONE_POINT));

        till.play("""
                #1 10.00                | ACCRUED 0 0
                #2 unknown 10.00        | MEMBER_UNKNOWN 0 0
                #3 m1 10.00g            | ACCRUED 0 0
                #4 m1 -1x-1.00<1:1 -1x-1.00<2:1 -1x-1.00<3:1 | ACCRUED 0 0
                """);
    }

    @Test
    void negativePolicySaysWhatHappensBelowZero() {
        assertThat(movementsOf("ALLOW")).containsExactly("m1 REVERSED -10 base v1");
        assertThat(movementsOf("FLOOR_AT_ZERO")).containsExactly("m1 REVERSED -10 base v1", "m1 FORGIVEN 6 base v1");
        assertThat(movementsOf("DEBT")).containsExactly("m1 REVERSED -4 base v1");
    }

    private static List<String> movementsOf(String policy) {
        RecordingEngine till = withPolicy(policy);
        till.submit("#1 m1 4.00");
        return till.movements(till.submit("#2 m1 -1x-10.00"));
    }

    private static RecordingEngine withPolicy(String policy) {
        return new RecordingEngine(TestProgrammes.published(ONE_POINT + "purse: {negative: " + policy + "}\n"));
    }

    @Test
    void theNextCreditsPayADebt() {
        RecordingEngine till = withPolicy("DEBT");
        till.play("""
                #1 m1 4.00      | ACCRUED 4 4
                #2 m1 -1x-10.00 | ACCRUED -4 0
                #3 m1 2.00      | ACCRUED 0 0
                #4 m1 5.00      | ACCRUED 1 1
                """);
        assertThat(till.engine.member(1).debtMicro()).isZero();
    }

    @Test
    void whatIsForgivenIsNotTakenLater() {
        withPolicy("FLOOR_AT_ZERO").play("""
                        #1 m1 4.00      | ACCRUED 4 4
                        #2 m1 -1x-10.00 | ACCRUED -4 0
                        #3 m1 2.00      | ACCRUED 2 2
                        """);
    }

    @Test
    void anySplitAndOrderOfReturnsTakesWhatOneFullReturnTakes() {
        long seed = Long.getLong("seed", 20261123L);
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 150; round++) {
            String rounding =
                    List.of("CARRY", "FLOOR_PER_RECEIPT", "HALF_UP_PER_RECEIPT").get(random.nextInt(3));
            String basis = List.of("AMOUNT", "ARTICLE", "VISIT").get(random.nextInt(3));
            RecordingEngine till = new RecordingEngine(TestProgrammes.published("earning: {basis: " + basis
                    + ", points: 0.37}\npurse: {rounding: " + rounding + "}\nthreshold_rewards:\n"
                    + "  - {id: gift, measure: SPEND, reaches: 10, reward: {kind: GIFT_VOUCHER, value: 5}}\n"
                    + "  - {id: more, measure: POINTS, reaches: 3, reward: {kind: GIFT_VOUCHER, value: 5}}\n"));
            till.submit("#1 m1 1.00");
            MemberView before = till.engine.member(1);
            List<String> pieces = sale(till, random);

            for (int number = 10; !pieces.isEmpty(); number++) {
                StringBuilder receipt = new StringBuilder("#" + number + " m1");
                for (int lines = 1 + random.nextInt(3); lines > 0 && !pieces.isEmpty(); lines--) {
                    receipt.append(' ').append(pieces.remove(random.nextInt(pieces.size())));
                }
                till.submit(receipt.toString());
            }

            MemberView after = till.engine.member(1);
            assertThat(Points.format(after.balanceMicro())).isEqualTo(Points.format(before.balanceMicro()));
            assertThat(after.rewards()).as("what the sale had unlocked").isEqualTo(before.rewards());
        }
    }

    /** Sells receipt 2 and returns its articles in pieces. */
    private static List<String> sale(RecordingEngine till, SplittableRandom random) {
        StringBuilder sale = new StringBuilder("#2 m1");
        List<String> pieces = new ArrayList<>();
        int lines = 1 + random.nextInt(4);
        for (int line = 1; line <= lines; line++) {
            int quantity = 1 + random.nextInt(5);
            String sign = random.nextInt(6) == 0 ? "-" : "";
            sale.append(' ')
                    .append(quantity)
                    .append('x')
                    .append(sign)
                    .append(random.nextInt(20))
                    .append(".")
                    .append(10 + random.nextInt(90));
            while (quantity > 0) {
                int piece = 1 + random.nextInt(quantity);
                pieces.add("-" + piece + "x-1.00<2:" + line);
                quantity -= piece;
            }
        }
        till.submit(sale.toString());
        return pieces;
    }
}
