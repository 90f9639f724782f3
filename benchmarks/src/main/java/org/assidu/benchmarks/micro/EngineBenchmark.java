package org.assidu.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The engine alone. One member stays in the processor's cache and shows the instructions; 100,000 in random order show what a
 * chain's members cost in memory accesses.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {
    @Param({"1", "100000"})
    public int members;

    private final OutcomeColumns outcome = new OutcomeColumns();
    private ReceiptColumns receipt = new ReceiptColumns();
    private AccrualEngine engine = new AccrualEngine();
    private long number;
    private long turn;
    private long position;

    @Setup(Level.Iteration)
    public void enrolMembers() {
        engine = new AccrualEngine();
        engine.applyProgramme(
                SampleReceipts.programme(
                        "{basis: AMOUNT, points: 1, per: 1.00, exclude: {categories: [tobacco]}}",
                        "threshold_rewards: [{id: voucher, measure: POINTS, reaches: 300,"
                                + " reward: {kind: GIFT_VOUCHER, value: 5}}]"),
                1);
        position = 1;
        number = 0;
        receipt = SampleReceipts.receipt();
        for (int member = 0; member < members; member++) {
            receipt.memberKey = SampleReceipts.memberKey(member);
            record();
        }
    }

    /** A receipt not seen before, decided and left. */
    @Benchmark
    public OutcomeColumns decide() {
        next();
        receipt.number = number + 1;
        engine.decide(receipt, OriginalReceipts.NONE, SampleReceipts.SOLD_AT_MILLIS, outcome);
        return outcome;
    }

    /** The same, and its effects. */
    @Benchmark
    public OutcomeColumns decideAndApply() {
        next();
        record();
        return outcome;
    }

    private void next() {
        turn++;
        receipt.memberKey = SampleReceipts.memberKey(Math.floorMod(turn * 2_654_435_761L, (long) members));
    }

    private void record() {
        receipt.number = ++number;
        ReceiptColumns recorded = engine.decide(receipt, OriginalReceipts.NONE, SampleReceipts.SOLD_AT_MILLIS, outcome);
        engine.applyReceipt(recorded, outcome, ++position, SampleReceipts.SOLD_AT_MILLIS);
    }
}
