package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 20_000;

    private final AccrualEngine engine = new AccrualEngine();
    private final OutcomeColumns out = new OutcomeColumns();
    private long position;

    @Test
    void aReceiptOfAKnownMemberAllocatesNothing() {
        measure("");
    }

    @Test
    void norDoesOneThatIsCreditedToALot() {
        measure("purse: {validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}, reminder_days: [30, 7]}\n");
    }

    private void measure(String purse) {
        engine.applyProgramme(TestProgrammes.published(purse + """
                        earning: {points: 1, tax: EXCLUDED, exclude: {categories: [tobacco], tenders: [GIFT_CARD]}}
                        threshold_rewards:
                          - {id: a, measure: POINTS, reaches: 300, reward: {kind: GIFT_VOUCHER, value: 5}}
                          - {id: b, measure: VISITS, reaches: 10, window: CALENDAR_MONTH, reward: {kind: GIFT_VOUCHER, value: 5}}
                        """), 1);
        Operation tick = engine.time().nextTick(RecordingEngine.NOW);
        if (tick != null) {
            engine.decide(tick, RecordingEngine.NOW, out);
            engine.applyOperation(tick, out, ++position, RecordingEngine.NOW);
        }
        ReceiptColumns receipt =
                ReceiptText.receipt("m1 3x10.00/food%20 -1x-2.00 4.99p/food 12.00 7.00 pays=GIFT_CARD:3.01");
        assertAllocatesNothing(receipt);
    }

    private void assertAllocatesNothing(ReceiptColumns receipt) {
        run(receipt, 0, WARM_UP);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        run(receipt, WARM_UP, MEASURED);
        long bytes = threads.getThreadAllocatedBytes(thread) - before;

        System.out.println(bytes + " bytes allocated over " + MEASURED + " receipts");
        assertThat(bytes).isLessThan(MEASURED);
        assertThat(engine.totals().receipts()).isEqualTo(WARM_UP + MEASURED);
    }

    @Test
    void bonusesWithConditionsAndLimitsAllocateNothing() {
        engine.applyProgramme(TestProgrammes.published("""
                        earning: {points: 1}
                        money_purses: [{id: cagnotte}]
                        tiers: {measure: SPEND, window: LIFETIME, months: 12, levels: [{id: gold, reaches: 20, multiplier: 1.5}]}
                        guards: {never_promote: [baby], most_advantage: [{category: books, percent: 5}]}
                        bonuses:
                          - {id: a, when: {categories: [food]}, award: {kind: MULTIPLIER, value: 1.01}, group: g, combine: BEST}
                          - {id: b, when: {from: "09:00"}, award: {kind: MULTIPLIER, value: 1.3333}, group: g, combine: BEST}
                          - {id: c, when: {skus: [A0]}, award: {kind: EXTRA_RATE, value: 1}, limits: {per_member_day: 5000, budget: 100000000}}
                          - {id: d, when: {tags: [none]}, award: {kind: FIXED_POINTS, value: 1}}
                          - {id: e, when: {birthday: {days_before: 1, days_after: 1}}, award: {kind: FIXED_POINTS, value: 1}}
                          - {id: f, when: {nth_visit: {n: 2}}, award: {kind: CASHBACK_PERCENT, value: 1, target: cagnotte}, control_percent: 50}
                          - {id: g, when: {categories: [food], unbought_days: 3}, award: {kind: FIXED_POINTS, value: 1}}
                          - {id: h, when: {categories: [books]}, award: {kind: MEMBER_PRICE_PERCENT, value: 3}}
                          - {id: i, award: {kind: TAG, target: seen}}
                          - {id: j, when: {amount_at_least: 20}, award: {kind: CASHBACK_AMOUNT, value: 1, target: cagnotte}, limits: {per_member: 9}}
                        """), 1);
        ReceiptColumns receipt = ReceiptText.receipt("m1 3x10.00/food 4.99/books 12.00/baby 7.00 pays=GIFT_CARD:3.01");
        assertAllocatesNothing(receipt);
        assertThat(engine.counter(0, "bonus/c/budget")).isPositive();
    }

    private void run(ReceiptColumns receipt, int from, int count) {
        for (int number = from; number < from + count; number++) {
            receipt.number = number;
            receipt.memberKey = 1 + number % 1_000;
            ReceiptColumns recorded = engine.decide(receipt, OriginalReceipts.NONE, RecordingEngine.NOW, out);
            engine.applyReceipt(recorded, out, ++position, RecordingEngine.NOW);
        }
    }
}
