package org.assidu.benchmarks.micro;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.JournalAppender;
import org.assidu.accrual.journal.JournalBarrier;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One batch of records appended and committed, and forced with DURABLE. Time is per batch: divide by {@code batch} for a
 * record. Where the journal lies decides the figures with a barrier: {@code -Djava.io.tmpdir} says where.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JournalBenchmark {
    @Param({"chronicle", "file"})
    public String journal = "";

    @Param({"1", "64", "1000"})
    public int batch;

    @Param({"FAST", "DURABLE"})
    public Durability durability = Durability.FAST;

    private final byte[] record = record();

    @SuppressWarnings("NullAway.Init")
    private TemporaryJournal open;

    @SuppressWarnings("NullAway.Init")
    private JournalAppender appender;

    @SuppressWarnings("NullAway.Init")
    private JournalBarrier barrier;

    /** A fresh journal for each iteration, so that the disk does not fill up. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        open = TemporaryJournal.open(journal, JournalConfig.defaults().withDurability(durability));
        appender = open.journal().appender();
        barrier = open.journal().barrier();
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        open.close();
    }

    @Benchmark
    public long appendBatch() {
        for (int at = 0; at < batch; at++) {
            appender.append(RecordType.RECEIPT.code(), SampleReceipts.SOLD_AT_MILLIS, record, 0, record.length);
        }
        appender.commit();
        return barrier.advance();
    }

    private static byte[] record() {
        ReceiptColumns receipt = SampleReceipts.receipt();
        OutcomeColumns outcome = new OutcomeColumns();
        AccrualEngine engine = new AccrualEngine();
        engine.applyProgramme(SampleReceipts.programme("{basis: AMOUNT, points: 1, per: 1.00}", ""), 1);
        engine.decide(receipt, OriginalReceipts.NONE, SampleReceipts.SOLD_AT_MILLIS, outcome);
        byte[] bytes = new byte[ReceiptRecordCodec.encodedSizeBound(receipt, outcome)];
        RecordContext context =
                new RecordContext().set(SampleReceipts.SOLD_AT_MILLIS, 1, AccrualEngine.SEMANTICS_VERSION);
        int length = new ReceiptRecordCodec().encode(receipt, outcome, context, bytes, 0);
        return Arrays.copyOf(bytes, length);
    }
}
