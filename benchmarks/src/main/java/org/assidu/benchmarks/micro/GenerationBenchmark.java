package org.assidu.benchmarks.micro;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
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
 * How long the accrual thread stands when the journal goes on in a new generation: here every batch does so. Seal, folder, file and
 * first document are forced: where the journal lies decides, {@code -Djava.io.tmpdir} says where.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GenerationBenchmark {
    private static final int SMALLEST_GENERATION = 4096;

    @Param({"chronicle", "file"})
    public String journal = "";

    private final byte[] payload = new byte[SMALLEST_GENERATION];

    @SuppressWarnings("NullAway.Init")
    private TemporaryJournal open;

    /** A fresh journal for each iteration, so that its folders do not become many. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        open = TemporaryJournal.open(journal, JournalConfig.defaults().withGenerationBytes(SMALLEST_GENERATION));
        goOn();
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        open.close();
    }

    @Benchmark
    public int goOn() {
        Journal to = open.journal();
        to.appender().append(RecordType.RECEIPT.code(), SampleReceipts.SOLD_AT_MILLIS, payload, 0, payload.length);
        to.appender().commit();
        return to.generation();
    }
}
