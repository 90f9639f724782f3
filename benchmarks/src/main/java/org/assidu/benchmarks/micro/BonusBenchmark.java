package org.assidu.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Deciding a receipt of five lines, of which 0, 5 or 50 of fifty bonuses give something, or without any bonus. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BonusBenchmark {
    private static final String EARNING = "{basis: AMOUNT, points: 1, per: 1.00, exclude: {categories: [tobacco]}}";
    private static final String REWARDS = "threshold_rewards: [{id: voucher, measure: POINTS, reaches: 300,"
            + " reward: {kind: GIFT_VOUCHER, value: 5}}]\n";

    private static final int BONUSES = 50;
    private static final int MEMBERS = 1_000;

    private static final String[] AWARDS = {
        "{kind: EXTRA_RATE, value: 0.5}", "{kind: MULTIPLIER, value: 1.02}", "{kind: FIXED_POINTS, value: 5}"
    };
    private static final String[] MATCHING = {
        "skus: [\"3000000001000\"]",
        "skus: [\"3000000001097\"]",
        "categories: [grocery]",
        "categories: [textile/children]",
        "weekdays: [MONDAY], from: \"11:00\", to: \"14:00\", last_day: 2026-03-31"
    };

    @Param({"none", "0 of 50", "5 of 50", "50 of 50"})
    public String matching = "";

    private final OutcomeColumns outcome = new OutcomeColumns();
    private final ReceiptColumns receipt = SampleReceipts.receipt();
    private final AccrualEngine engine = new AccrualEngine();
    private long turn;

    @Setup
    public void publish() {
        engine.applyProgramme(SampleReceipts.programme(EARNING, REWARDS + bonuses(matching)), 1);
        for (int member = 0; member < MEMBERS; member++) {
            receipt.memberKey = SampleReceipts.memberKey(member);
            receipt.number = member + 1;
            ReceiptColumns recorded =
                    engine.decide(receipt, OriginalReceipts.NONE, SampleReceipts.SOLD_AT_MILLIS, outcome);
            engine.applyReceipt(recorded, outcome, member + 2, SampleReceipts.SOLD_AT_MILLIS);
        }
        receipt.number = MEMBERS + 1;
    }

    /** The bonuses that match come from five kinds of conditions; the others name what the receipt does not have. */
    static String bonuses(String matching) {
        if (matching.equals("none")) {
            return "";
        }
        int count = Integer.parseInt(matching.substring(0, matching.indexOf(' ')));
        StringBuilder text = new StringBuilder("bonuses:\n");
        for (int i = 0; i < BONUSES; i++) {
            boolean matches = i % (BONUSES / Math.max(1, count)) == 0 && i < BONUSES && count > 0;
            text.append("  - {id: b").append(i);
            text.append(", when: {").append(matches ? MATCHING[i / 10 % MATCHING.length] : other(i));
            text.append("}, award: ").append(AWARDS[i % AWARDS.length]).append("}\n");
        }
        return text.toString();
    }

    private static String other(int i) {
        return switch (i % 4) {
            case 0 -> "skus: [\"4000000" + (100_000 + i) + "\"]";
            case 1 -> "categories: [other/department" + i + "]";
            case 2 -> "weekdays: [TUESDAY], from: \"0" + i % 10 + ":00\", to: \"1" + i % 10 + ":00\"";
            default -> "first_day: 2026-04-" + (10 + i % 20) + ", last_day: 2026-05-" + (10 + i % 20);
        };
    }

    @Benchmark
    public OutcomeColumns decide() {
        turn++;
        receipt.memberKey = SampleReceipts.memberKey(Math.floorMod(turn * 2_654_435_761L, MEMBERS));
        engine.decide(receipt, OriginalReceipts.NONE, SampleReceipts.SOLD_AT_MILLIS, outcome);
        return outcome;
    }
}
