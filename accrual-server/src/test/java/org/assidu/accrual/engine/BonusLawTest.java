package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.MemberStatus.TierStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.programme.BonusRule;
import org.assidu.accrual.programme.Programme;
import org.junit.jupiter.api.Test;

/** Laws that hold for every programme, tried on random ones. */
class BonusLawTest {
    private static final int PROGRAMMES = 250;
    /** Of the law of returns, which is the one that fails in corners. */
    private static final int RETURNED_PROGRAMMES = Integer.getInteger("programmes", 600);

    private static final int HISTORY = 12;

    private static long seed() {
        long seed = Long.getLong("seed", 20261126L);
        System.out.println("seed " + seed);
        return seed;
    }

    /** The same history in as many tills as asked for. */
    private static List<BonusTill> tills(SplittableRandom random, String programme, int count) {
        List<BonusTill> tills = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tills.add(new BonusTill(programme));
        }
        for (int number = 1; number <= HISTORY; number++) {
            ReceiptColumns receipt = RandomSales.receipt(random, number);
            tills.forEach(till -> till.till.submit(receipt, BonusTill.NOW));
        }
        if (programme.length() % 2 == 0) {
            tills.forEach(till -> till.till.setCounter(1, BonusSlots.TIER_LEVEL, 2));
        }
        return tills;
    }

    @Test
    void aChunkedReceiptGivesWhatTheSameReceiptSentWholeGives() {
        SplittableRandom random = new SplittableRandom(seed());
        for (int p = 0; p < PROGRAMMES; p++) {
            List<BonusTill> tills = tills(random, RandomProgrammes.any(random), 2);
            ReceiptColumns sale = RandomSales.receipt(random, 100);
            OutcomeColumns whole = tills.get(0).till.submit(sale, BonusTill.NOW);
            int from = 0;
            for (int chunk = 1; ; chunk++) {
                int to = Math.min(sale.lines, from + random.nextInt(3));
                ReceiptColumns part = RandomSales.chunk(sale, from, to);
                part.chunk = chunk;
                part.phase = to == sale.lines && random.nextBoolean() ? ReceiptPhase.CLOSING : ReceiptPhase.OPEN;
                OutcomeColumns out = tills.get(1).till.submit(part, BonusTill.NOW);
                from = to;
                if (part.phase == ReceiptPhase.CLOSING) {
                    assertThat(effects(out)).as("programme %s", p).isEqualTo(effects(whole));
                    break;
                }
            }
            assertThat(tills.get(1).till.engine.stateHash())
                    .isEqualTo(tills.get(0).till.engine.stateHash());
        }
    }

    /** What an outcome moves and says; the counters are in the state hash. */
    private static List<String> effects(OutcomeColumns out) {
        List<String> effects = new ArrayList<>();
        effects.add(RecordingEngine.lines(out));
        for (int m = 0; m < out.movements; m++) {
            effects.add("moved " + out.movementRule[m] + " " + out.movementPurse[m] + " " + out.movementMicro[m]);
        }
        for (int s = 0; s < out.shares; s++) {
            effects.add("share " + out.shareLine[s] + " " + out.shareRule[s] + " " + out.shareMicro[s]);
        }
        for (int c = 0; c < out.contexts; c++) {
            effects.add("context " + out.contextRule[c] + " " + out.contextHeadroom[c]);
        }
        for (int p = 0; p < out.prices; p++) {
            effects.add("price " + out.priceLine[p] + " " + out.priceRule[p] + " " + out.priceMinor[p]);
        }
        for (int e = 0; e < out.events; e++) {
            // A member's first chunk is welcomed already.
            if (out.eventKind[e] != EventKind.WELCOME) {
                effects.add("event " + out.eventKind[e] + " " + out.eventRule[e] + " " + out.eventValue[e]);
            }
        }
        return effects;
    }

    @Test
    void anySplitAndOrderOfPartialReturnsTakesWhatOneReturnDoes() {
        SplittableRandom random = new SplittableRandom(seed());
        int taken = 0;
        for (int p = 0; p < RETURNED_PROGRAMMES; p++) {
            List<BonusTill> tills = tills(random, RandomProgrammes.any(random), 2);
            ReceiptColumns sale = RandomSales.receipt(random, 100);
            Net atOnce = new Net(tills.get(0));
            Net inParts = new Net(tills.get(1));
            atOnce.submit(sale);
            inParts.submit(sale);
            assertThat(inParts.text()).isEqualTo(atOnce.text());

            ReceiptColumns all = RandomSales.returns(1);
            List<long[]> parts = new ArrayList<>();
            for (int line = 0; line < sale.lines; line++) {
                long back = random.nextBoolean()
                        ? sale.quantityThousandths[line]
                        : random.nextLong(sale.quantityThousandths[line] + 1);
                if (back > 0) {
                    RandomSales.addReturn(all, sale, line, back);
                }
                while (back > 0) {
                    long part = 1 + random.nextLong(back);
                    parts.add(new long[] {line, part});
                    back -= part;
                }
            }
            if (all.lines == 0) {
                continue;
            }
            atOnce.submit(all);
            Collections.shuffle(parts, new Random(random.nextLong()));
            int number = 1;
            for (int from = 0; from < parts.size(); number++) {
                ReceiptColumns some = RandomSales.returns(number);
                int to = Math.min(parts.size(), from + 1 + random.nextInt(4));
                for (long[] part : parts.subList(from, to)) {
                    RandomSales.addReturn(some, sale, (int) part[0], part[1]);
                }
                inParts.submit(some);
                from = to;
            }
            assertThat(inParts.text()).as("programme %s", p).isEqualTo(atOnce.text());
            taken++;
        }
        assertThat(taken).isGreaterThan(RETURNED_PROGRAMMES * 3 / 4);
    }

    @Test
    void afterACompleteReturnNoRuleHasGivenAnythingAndItsLimitsAreFree() {
        SplittableRandom random = new SplittableRandom(seed());
        int given = 0;
        for (int p = 0; p < PROGRAMMES; p++) {
            BonusTill till = tills(random, RandomProgrammes.any(random), 1).get(0);
            ReceiptColumns sale = RandomSales.receipt(random, 100);
            String before = used(till, sale.memberKey);
            Net net = new Net(till);
            net.submit(sale);
            given += net.moved.size() > 1 ? 1 : 0;
            ReceiptColumns all = RandomSales.returns(1);
            for (int line = 0; line < sale.lines; line++) {
                RandomSales.addReturn(all, sale, line, sale.quantityThousandths[line]);
            }
            net.submit(all);
            assertThat(net.moved.values()).as("programme %s: %s", p, net.moved).allMatch(micro -> micro == 0);
            assertThat(used(till, sale.memberKey)).as("programme %s", p).isEqualTo(before);
        }
        assertThat(given).isGreaterThan(PROGRAMMES / 2);
    }

    /** What members and programme have used of limits, and hold of rewards and tags. */
    private static String used(BonusTill till, long member) {
        AccrualEngine engine = till.till.engine;
        StringBuilder used = new StringBuilder();
        Programme programme = engine.programmes().get(0);
        for (int i = 0; i < programme.bonuses(); i++) {
            BonusRule rule = programme.bonus(i);
            String name = "bonus/" + rule.id();
            used.append(rule.id())
                    .append(' ')
                    .append(engine.counter(0, name + "/budget"))
                    .append(' ')
                    .append(engine.counter(member, name + "/member"))
                    .append('\n');
        }
        return used + "tier " + tier(till, member).units() + " card "
                + engine.counter(member, BonusSlots.clubSince("card")) + " "
                + engine.counter(member, BonusSlots.clubUntil("card")) + " tag "
                + engine.counter(member, BonusSlots.tag("seen")) + " mugs "
                + engine.counter(member, "shop/mug/unlocked")
                + " towards " + till.till.progress(member, 0)
                + (engine.member(member) == null ? "[]" : engine.member(member).rewards());
    }

    private static TierStatus tier(BonusTill till, long member) {
        return till.till.engine.status(member, BonusTill.NOW).tier();
    }

    @Test
    void theOrderOfArrivalChangesNoPurseUnderBonusesOnProductsDatesAndTimes() {
        SplittableRandom random = new SplittableRandom(seed());
        for (int p = 0; p < PROGRAMMES / 4; p++) {
            String programme = RandomProgrammes.ofLinesAndTimes(random);
            List<ReceiptColumns> receipts = new ArrayList<>();
            for (int number = 1; number <= 40; number++) {
                receipts.add(RandomSales.receipt(random, number));
            }
            BonusTill ordered = new BonusTill(programme);
            receipts.forEach(receipt -> ordered.till.submit(receipt, BonusTill.NOW));
            Collections.shuffle(receipts, new Random(random.nextLong()));
            BonusTill shuffled = new BonusTill(programme);
            receipts.forEach(receipt -> shuffled.till.submit(receipt, BonusTill.NOW));
            for (long member = 1; member <= 3; member++) {
                assertThat(shuffled.till.engine.balanceMicro(member, 0))
                        .as("programme %s, member %s", p, member)
                        .isEqualTo(ordered.till.engine.balanceMicro(member, 0));
            }
        }
    }

    @Test
    void noLimitIsExceededAndSharesAddUp() {
        SplittableRandom random = new SplittableRandom(seed());
        for (int p = 0; p < PROGRAMMES / 4; p++) {
            BonusTill till = new BonusTill(RandomProgrammes.any(random));
            Programme programme = till.till.engine.programmes().get(0);
            Map<Integer, Long> ofBudget = new TreeMap<>();
            for (int number = 1; number <= 60; number++) {
                ReceiptColumns receipt = RandomSales.receipt(random, number);
                OutcomeColumns out = till.till.submit(receipt, BonusTill.NOW);
                till.assertSharesAddUp(out);
                for (int m = 0; m < out.movements; m++) {
                    ofBudget.merge(out.movementRule[m], out.movementMicro[m], Long::sum);
                }
                for (int i = 0; i < programme.bonuses(); i++) {
                    BonusRule rule = programme.bonus(i);
                    long given = rule.givesPoints() || rule.givesMoney() ? ofBudget.getOrDefault(rule.rule(), 0L) : 0;
                    assertThat(given).as("programme %s, %s", p, rule.id()).isLessThanOrEqualTo(rule.budget());
                }
            }
            assertThat(till.till.replayed().stateHash()).isEqualTo(till.till.engine.stateHash());
        }
    }

    /** What each rule moved in each purse, with the member's rewards and tags. */
    private static final class Net {
        private final BonusTill till;
        private final Map<String, Long> moved = new TreeMap<>();
        private long member;

        Net(BonusTill till) {
            this.till = till;
        }

        void submit(ReceiptColumns receipt) {
            OutcomeColumns out = till.till.submit(receipt, BonusTill.NOW);
            assertThat(out.status.journalled()).as(out.status.name()).isTrue();
            member = receipt.memberKey == 0 ? member : receipt.memberKey;
            for (int m = 0; m < out.movements; m++) {
                moved.merge(out.movementRule[m] + " " + out.movementPurse[m], out.movementMicro[m], Long::sum);
            }
        }

        String text() {
            Map<String, Long> left = new TreeMap<>(moved);
            left.values().removeIf(micro -> micro == 0);
            return left + used(till, member) + tier(till, member).level();
        }
    }
}
