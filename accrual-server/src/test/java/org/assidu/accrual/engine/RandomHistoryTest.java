package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.junit.jupiter.api.Test;

/** Long random histories, each step of which {@link RecordingEngine} checks, against a ledger written a second time. */
class RandomHistoryTest {
    private static final int HISTORIES = 20;
    private static final int RECEIPTS = 150;

    private static long seed() {
        long seed = Long.getLong("seed", 20261124L);
        System.out.println("seed " + seed);
        return seed;
    }

    @Test
    void pursesAndRewardsAreThoseOfANaiveLedger() {
        SplittableRandom random = new SplittableRandom(seed());
        for (int history = 0; history < HISTORIES; history++) {
            RecordingEngine till = new RecordingEngine(TestProgrammes.published(NaiveLedger.PROGRAMME));
            NaiveLedger naive = new NaiveLedger();
            for (int number = 1; number <= RECEIPTS; number++) {
                ReceiptColumns receipt =
                        RandomReceipts.receipt(random, number, Math.max(1, number - random.nextInt(9)), "1234");
                OutcomeColumns out = till.submit(receipt, RecordingEngine.NOW);
                assertThat(out.status.journalled()).as(out.status.name()).isTrue();
                naive.record(receipt);
                for (long member = 1; member <= 4; member++) {
                    assertThat(new BigDecimal(till.balance(member)))
                            .as("history %s, receipt %s, member %s", history, number, member)
                            .isEqualByComparingTo(naive.purse(member));
                    MemberView view = till.engine.member(member);
                    long unlocked = view == null || view.rewards().isEmpty()
                            ? 0
                            : view.rewards().get(0).unlocked();
                    assertThat(unlocked)
                            .as("history %s, receipt %s, rewards of %s", history, number, member)
                            .isEqualTo(naive.unlocked(member));
                    assertThat(view == null ? 0 : view.receipts()).isEqualTo(naive.receipts(member));
                }
            }
            assertThat(till.replayed().stateHash()).isEqualTo(till.engine.stateHash());
        }
    }

    @Test
    void chunksVoidsAndTimeoutsLeaveAHashThatAReplayReaches() {
        SplittableRandom random = new SplittableRandom(seed());
        for (int history = 0; history < HISTORIES; history++) {
            RecordingEngine till = new RecordingEngine(TestProgrammes.published(
                    NaiveLedger.PROGRAMME + "purse: {negative: DEBT, rounding: FLOOR_PER_RECEIPT}\n"));
            long now = RecordingEngine.NOW;
            for (int step = 0; step < RECEIPTS; step++) {
                now += random.nextInt(20) * 60_000L;
                long number = random.nextInt(30);
                ReceiptColumns receipt = RandomReceipts.receipt(random, number, random.nextInt(30), "1234");
                receipt.phase = ReceiptPhase.values()[1 + random.nextInt(4)];
                receipt.chunk = 1 + random.nextInt(3);
                till.submit(receipt, now);
                ReceiptColumns abandoned = till.engine.abandoned(now);
                if (abandoned != null) {
                    till.submit(abandoned, now);
                }
            }
            assertThat(till.replayed().stateHash()).isEqualTo(till.engine.stateHash());
            assertThat(till.replayed().totals().members())
                    .isEqualTo(till.engine.totals().members());
        }
    }

    @Test
    void theOrderInWhichMembersAndTillsAreFirstSeenDoesNotMatter() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, 5_000).boxed().toList());
        AccrualEngine ascending = enrolled(order);
        Collections.shuffle(order, new Random(seed()));
        AccrualEngine shuffled = enrolled(order);

        assertThat(shuffled.stateHash()).isEqualTo(ascending.stateHash());
        assertThat(shuffled.recomputedStateHash()).isEqualTo(shuffled.stateHash());
        assertThat(shuffled.totals().members()).isEqualTo(5_000);
        assertThat(shuffled.balanceMicro(4_999L * 7 + 1, 0)).isEqualTo(ascending.balanceMicro(4_999L * 7 + 1, 0));
    }

    private static AccrualEngine enrolled(List<Integer> order) {
        AccrualEngine engine = new AccrualEngine();
        engine.applyProgramme(TestProgrammes.earning("points: 1"), 1);
        OutcomeColumns out = new OutcomeColumns();
        long position = 1;
        for (int member : order) {
            long key = member * 7L + 1;
            engine.applyEnrolment(
                    new MemberEnrolment(key, Channel.STORE, null, "1", List.of(), true), position++, position * 3);
            ReceiptColumns receipt =
                    ReceiptText.receipt("#" + member + " m" + key + " store=S" + member % 50 + " 12.34");
            ReceiptColumns recorded = engine.decide(receipt, OriginalReceipts.NONE, RecordingEngine.NOW, out);
            engine.applyReceipt(recorded, out, position++, position * 3);
        }
        return engine;
    }
}
