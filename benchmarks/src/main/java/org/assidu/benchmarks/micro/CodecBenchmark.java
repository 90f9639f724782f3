package org.assidu.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A decided receipt to the bytes of its journal record and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final RecordContext context = new RecordContext();
    private final ReceiptColumns receipt = SampleReceipts.receipt();
    private final OutcomeColumns outcome = new OutcomeColumns();
    private final ReceiptColumns decodedReceipt = new ReceiptColumns();
    private final OutcomeColumns decodedOutcome = new OutcomeColumns();
    private byte[] bytes = new byte[0];
    private int length;

    @Setup
    public void decide() {
        AccrualEngine engine = new AccrualEngine();
        engine.applyProgramme(SampleReceipts.programme("{basis: AMOUNT, points: 1, per: 1.00}", ""), 1);
        engine.decide(receipt, OriginalReceipts.NONE, SampleReceipts.SOLD_AT_MILLIS, outcome);
        bytes = new byte[ReceiptRecordCodec.encodedSizeBound(receipt, outcome)];
        length = encode();
    }

    @Benchmark
    public int encode() {
        context.set(SampleReceipts.SOLD_AT_MILLIS, 1, AccrualEngine.SEMANTICS_VERSION);
        return codec.encode(receipt, outcome, context, bytes, 0);
    }

    @Benchmark
    public ReceiptColumns decode() {
        codec.decode(bytes, 0, length, decodedReceipt, decodedOutcome, context);
        return decodedReceipt;
    }
}
