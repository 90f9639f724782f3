package org.assidu.accrual.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.RecoveryProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are Chronicle's: its own tailer reads what our cursor reads. */
class ChronicleFilesTest {
    private static final JournalConfig CONFIG = JournalConfig.defaults()
            .withMapBlockBytes(16 << 20)
            .withRollBytes(48 << 20)
            .withMinimumFreeBytes(0);

    @TempDir
    Path directory;

    @Test
    void chroniclesOwnTailerReadsTheSameDocuments() throws IOException {
        int batches = 400;
        Random random = new Random(5);
        byte[] payload = new byte[500_000];
        long payloadBytes = 0;
        try (Journal journal = ChronicleJournal.open(directory, CONFIG, RecoveryProgress.silent())) {
            for (int i = 0; i < batches; i++) {
                int length = random.nextInt(i % 10 == 0 ? 500_000 : 300_000);
                payloadBytes += length;
                journal.appender().append(1, i, payload, 0, length);
                journal.appender().commit();
            }
        }
        long ours = 0;
        try (JournalReader reader = ChronicleJournal.openReadOnly(directory)) {
            while (reader.next()) {
                ours += reader.length();
            }
        }
        assertThat(ours).isEqualTo(payloadBytes).isGreaterThan(CONFIG.rollBytes());

        long documents = 0;
        long bytes = 0;
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory.resolve("gen-000001"))
                        .rollCycle(LegacyRollCycles.MINUTELY)
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext context = tailer.readingDocument()) {
                    if (!context.isPresent()) {
                        break;
                    }
                    documents++;
                    bytes += context.wire().bytes().readRemaining();
                }
            }
        }
        assertThat(documents).as("generation header and batches").isEqualTo(1 + batches);
        assertThat(bytes).isBetween(payloadBytes, payloadBytes + batches * 200L);
    }

    /** Short documents are copied to the mapping, long ones written to the file; both cross blocks and files. */
    @Test
    void longAndShortDocumentsReadBackAsTheyWereWritten() throws IOException {
        byte[] content = new byte[64 << 10];
        new Random(11).nextBytes(content);
        Random random = new Random(12);
        int records = 0;
        try (Journal journal = ChronicleJournal.open(directory, CONFIG, RecoveryProgress.silent())) {
            for (long bytes = 0; bytes <= 2 * CONFIG.rollBytes(); records++) {
                int length = length(random, records);
                bytes += length;
                journal.appender().append(1, records, content, content.length - length, length);
                journal.appender().commit();
            }
        }
        assertThat(documentFiles()).as("files, of which two are full").isGreaterThanOrEqualTo(3);
        assertThat(records).as("several runs of short and of long documents").isGreaterThan(2 * 300);

        random = new Random(12);
        int read = 0;
        try (JournalReader reader = ChronicleJournal.openReadOnly(directory)) {
            while (reader.next()) {
                int length = length(random, read++);
                assertThat(Arrays.equals(
                                reader.buffer(),
                                reader.offset(),
                                reader.offset() + reader.length(),
                                content,
                                content.length - length,
                                content.length))
                        .as("record %d of %d bytes", read, length)
                        .isTrue();
            }
        }
        assertThat(read).isEqualTo(records);
        assertThat(ChronicleJournal.verify(directory, RecoveryProgress.silent()).records())
                .isEqualTo(records);
    }

    /** Runs of short and of long documents. */
    private static int length(Random random, int record) {
        return 1 + random.nextInt(record % 300 < 150 ? 3_000 : 60_000);
    }

    @Test
    void closeGivesBackTheSpaceChronicleExtendedTheFileBy() throws IOException {
        try (Journal journal = ChronicleJournal.open(directory, CONFIG, RecoveryProgress.silent())) {
            journal.appender().append(1, 0, new byte[10], 0, 10);
            journal.appender().commit();
            assertThat(documentFileBytes()).isGreaterThan(16 << 20);
        }
        assertThat(documentFileBytes()).isLessThan(1 << 20);
        assertThat(ChronicleJournal.verify(directory, RecoveryProgress.silent()).records())
                .isEqualTo(1);
    }

    private long documentFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".cq4")).count();
        }
    }

    private long documentFileBytes() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void chronicleHasNothingToReportToAWebHostWith() {
        assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
                .isInstanceOf(ClassNotFoundException.class);
        ChronicleJournal.open(directory, CONFIG, RecoveryProgress.silent()).close();
        assertThat(System.getProperty("chronicle.analytics.disable")).isEqualTo("true");
    }
}
