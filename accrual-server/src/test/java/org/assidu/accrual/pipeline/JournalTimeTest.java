package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assidu.accrual.directory.DirectoryConfig;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.file.FileJournal;
import org.assidu.accrual.model.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The times of records, under a clock that moves between any two readings. */
final class JournalTimeTest {
    private static final long DAY_MILLIS = 24 * 3_600_000L;

    @TempDir
    Path folder;

    @Test
    void recordsNeverGoBackInTimeWhenADayBeginsWithASale() {
        AtomicLong clock = new AtomicLong(RunningPipeline.NOON);
        List<Long> times = new ArrayList<>();
        int ticks = 0;
        try (Journal journal = FileJournal.open(
                        folder.resolve("journal"), JournalConfig.defaults(), RecoveryProgress.silent());
                MemberDirectory directory = MemberDirectory.open(DirectoryConfig.at(folder.resolve("directory")))) {
            SteppedPipeline stepped = SteppedPipeline.start(
                    PipelineConfig.defaults(),
                    journal,
                    directory,
                    clock::incrementAndGet,
                    System::nanoTime,
                    listener());
            TestStream stream = new TestStream(stepped.pipeline(), "Lyon");
            var unused = stepped.pipeline()
                    .publish(RunningPipeline.publication(
                            RunningPipeline.programme("purse: {validity: {length: 2, unit: DAYS}}")));
            for (int number = 1; number <= 5; number++) {
                clock.addAndGet(DAY_MILLIS);
                assertThat(stepped.pipeline().trySubmit(stream.sale(number, 1, 100)))
                        .isTrue();
                stepped.lookUp();
                stepped.decide();
                stepped.answer();
            }
            try (JournalReader reader = journal.newReader()) {
                while (reader.next()) {
                    times.add(reader.timeMillis());
                    ticks += reader.type() == RecordType.OPERATION.code() ? 1 : 0;
                }
            }
        }
        assertThat(ticks).as("ticks and settlements").isGreaterThan(4);
        assertThat(times).isSorted();
    }

    private static PipelineListener listener() {
        return new PipelineListener() {
            @Override
            public void recovery(String line) {}

            @Override
            public void failed(Throwable cause) {}
        };
    }
}
