package org.assidu.benchmarks.micro;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The engine alone under points that live for twelve months, with members who hold a lot of each of the last twelve. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LotsBenchmark {
    private static final int MEMBERS = 100_000;
    private static final int MONTHS = 12;
    private static final long MONTH_MILLIS = 30L * 86_400_000;

    private final OutcomeColumns outcome = new OutcomeColumns();
    private ReceiptColumns receipt = new ReceiptColumns();
    private AccrualEngine engine = new AccrualEngine();
    private long number;
    private long turn;
    private long position;

    @Setup(Level.Iteration)
    public void earnLots() {
        engine = new AccrualEngine();
        engine.applyProgramme(
                SampleReceipts.programme(
                        "{id: points, validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}}",
                        "{basis: AMOUNT, points: 1, per: 1.00, exclude: {categories: [tobacco]}}",
                        "threshold_rewards: [{id: voucher, measure: POINTS, reaches: 300,"
                                + " reward: {kind: GIFT_VOUCHER, value: 5}}]"),
                1);
        position = 1;
        number = 0;
        receipt = SampleReceipts.receipt();
        receipt.historical = true;
        for (int month = MONTHS - 1; month >= 0; month--) {
            receipt.soldAtMillis = SampleReceipts.SOLD_AT_MILLIS - month * MONTH_MILLIS;
            passUntil(receipt.soldAtMillis);
            for (int member = 0; member < MEMBERS; member++) {
                receipt.memberKey = SampleReceipts.memberKey(member);
                record();
            }
        }
    }

    /** A receipt not seen before, and its effects. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 5, time = 1)
    @Measurement(iterations = 5, time = 1)
    public OutcomeColumns decideAndApply() {
        turn++;
        receipt.memberKey = SampleReceipts.memberKey(Math.floorMod(turn * 2_654_435_761L, (long) MEMBERS));
        record();
        return outcome;
    }

    /** A member whose first lot ends: the day's sweep over everyone, a member each. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OperationsPerInvocation(MEMBERS)
    @Warmup(iterations = 3)
    @Measurement(iterations = 5)
    public AccrualEngine expire() {
        for (int settled = 0; settled < MEMBERS; ) {
            Operation next = engine.time().isSweepPending()
                    ? engine.time().nextSettle(1_000)
                    : engine.time().nextTick(SampleReceipts.SOLD_AT_MILLIS);
            if (next != null) {
                apply(next);
                settled += next.memberKey() == 0 ? 0 : 1;
            }
        }
        return engine;
    }

    private void passUntil(long millis) {
        while (engine.time().nextTickMillis() <= millis) {
            apply(Objects.requireNonNull(engine.time().nextTick(millis)));
        }
    }

    private void apply(Operation operation) {
        engine.decide(operation, SampleReceipts.SOLD_AT_MILLIS, outcome);
        engine.applyOperation(operation, outcome, ++position, SampleReceipts.SOLD_AT_MILLIS);
    }

    private void record() {
        receipt.number = ++number;
        ReceiptColumns recorded = engine.decide(receipt, OriginalReceipts.NONE, SampleReceipts.SOLD_AT_MILLIS, outcome);
        engine.applyReceipt(recorded, outcome, ++position, SampleReceipts.SOLD_AT_MILLIS);
    }
}
