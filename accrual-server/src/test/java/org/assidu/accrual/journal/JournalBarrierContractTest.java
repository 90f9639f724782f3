package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.journal.JournalImages.batch;
import static org.assidu.accrual.journal.JournalImages.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the barrier promises, and what happens when force or disk let it down. */
public abstract class JournalBarrierContractTest {
    private static final JournalConfig CONFIG = JournalContractTest.CONFIG;

    @TempDir
    Path temporary;

    private final TestedJournal tested;
    private final List<String> forced = new ArrayList<>();
    private final AtomicInteger failAtCall = new AtomicInteger(Integer.MAX_VALUE);

    protected JournalBarrierContractTest(TestedJournal tested) {
        this.tested = tested;
    }

    private Path directory() {
        return temporary.resolve("journal");
    }

    private JournalEnvironment recording() {
        return JournalEnvironment.system().withForcer((channel, file) -> {
            forced.add(file.getFileName().toString());
            if (forced.size() == failAtCall.get()) {
                throw new IOException("injected: no force today");
            }
            channel.force(false);
        });
    }

    private Journal open(JournalConfig config, JournalEnvironment environment) {
        return tested.open(directory(), config, RecoveryProgress.silent(), environment);
    }

    private AcknowledgedSlots.Slot slot() throws IOException {
        AcknowledgedSlots.Slot slot = AcknowledgedSlots.read(directory());
        assertThat(slot).isNotNull();
        return slot;
    }

    @Test
    void durableBarrierForcesThenNotesAcknowledgedAndForced() throws IOException {
        try (Journal journal = open(CONFIG, recording())) {
            batch(journal, "a", "b");
            assertThat(slot().acknowledged()).isZero();
            forced.clear();
            assertThat(journal.barrier().advance()).isEqualTo(2);
            assertThat(forced).hasSize(1);
            assertThat(slot().acknowledged()).isEqualTo(2);
            assertThat(slot().forced()).isEqualTo(2);
            assertThat(slot().bootId()).isEqualTo(JournalEnvironment.system().bootId());
        }
    }

    @Test
    void durableBarrierWithNothingNewForcesNothing() {
        try (Journal journal = open(CONFIG, recording())) {
            batch(journal, "a");
            journal.barrier().advance();
            forced.clear();
            assertThat(journal.barrier().advance()).isEqualTo(1);
            assertThat(forced).isEmpty();
        }
    }

    @Test
    void fastBarrierNotesAcknowledgedAndForcesNothing() throws IOException {
        try (Journal journal = open(CONFIG.withDurability(Durability.FAST), recording())) {
            batch(journal, "a", "b");
            forced.clear();
            assertThat(journal.barrier().advance()).isEqualTo(2);
            assertThat(forced).isEmpty();
            assertThat(slot().acknowledged()).isEqualTo(2);
            assertThat(slot().forced()).isZero();
        }
        // A clean stop forces in either mode.
        assertThat(forced).isNotEmpty();
        assertThat(slot().forced()).isEqualTo(2);
    }

    @Test
    void batchesSayHowFarWasForcedWhenTheyWereWritten() {
        try (Journal journal = open(CONFIG, recording())) {
            batch(journal, "a");
            journal.barrier().advance();
            batch(journal, "b");
        }
        try (DocumentCursor cursor =
                new DocumentCursor(JournalDirectory.generation(directory(), 1), tested.framing(), 64 << 10)) {
            List<Long> told = new ArrayList<>();
            while (cursor.next() == DocumentCursor.Step.DOCUMENT) {
                if (!GenerationHeader.isHeader(cursor.buffer(), cursor.offset(), cursor.length())) {
                    told.add(BatchFrame.forcedPosition(cursor.buffer(), cursor.offset()));
                }
            }
            assertThat(told).containsExactly(0L, 1L);
        }
    }

    @Test
    void rolledFilesAreForcedInOrderBeforeWhatFollowsIsAcknowledged() {
        try (Journal journal = open(CONFIG.withRollBytes(1 << 16), recording())) {
            String large = "x".repeat(30_000);
            for (int i = 0; i < 9; i++) {
                batch(journal, large);
            }
            forced.clear();
            assertThat(journal.barrier().advance()).isEqualTo(9);
            List<String> files =
                    JournalDirectory.documentFiles(
                                    JournalDirectory.generation(directory(), 1),
                                    tested.framing().fileSuffix())
                            .stream()
                            .map(file -> file.getFileName().toString())
                            .toList();
            assertThat(files).hasSizeGreaterThanOrEqualTo(4);
            assertThat(forced).isEqualTo(files);

            forced.clear();
            batch(journal, "small");
            journal.barrier().advance();
            assertThat(forced).as("old files are done with").hasSize(1);
        }
        try (JournalReader reader = tested.openReadOnly(directory())) {
            assertThat(rest(reader)).hasSize(10);
        }
    }

    @Test
    void failedForceIsFatalAndNeverRetried() throws IOException {
        Journal journal = open(CONFIG, recording());
        batch(journal, "a");
        journal.barrier().advance();
        batch(journal, "b");
        failAtCall.set(forced.size() + 1);
        assertThatThrownBy(() -> journal.barrier().advance())
                .isInstanceOf(JournalFailedException.class)
                .hasMessageContaining("position=2")
                .hasMessageContaining("injected: no force today")
                .hasMessageContaining("start again to recover");
        int calls = forced.size();
        assertThatThrownBy(() -> journal.barrier().advance()).isInstanceOf(JournalFailedException.class);
        assertThatThrownBy(() -> batch(journal, "c")).isInstanceOf(JournalFailedException.class);
        assertThat(slot().acknowledged()).isEqualTo(1);
        try (JournalReader reader = journal.newReader()) {
            assertThat(rest(reader)).containsExactly("1:a", "2:b");
        }
        journal.close();
        assertThat(forced).as("force calls after the failed one").hasSize(calls);

        try (Journal next = open(CONFIG, JournalEnvironment.system())) {
            // Position 2 can be read, but a failed force may have left it in memory only, and it was never answered
            // for.
            assertThat(next.recoveredPosition()).isEqualTo(1);
            batch(next, "again");
            try (JournalReader reader = next.newReader()) {
                assertThat(rest(reader)).containsExactly("1:a", "2:again");
            }
        }
        assertThat(tested.verify(directory(), JournalEnvironment.system())
                        .generations()
                        .get(0)
                        .state())
                .isEqualTo("cut");
    }

    @Test
    void forceThatFailsWhileSealingIsNotRetriedOverTheSameRecords() throws IOException {
        Path live = temporary.resolve("live");
        try (Journal journal = tested.open(live, CONFIG, RecoveryProgress.silent(), recording())) {
            batch(journal, "a");
            journal.barrier().advance();
            batch(journal, "b");
            JournalImages.copy(live, directory());
        }
        forced.clear();
        failAtCall.set(1);
        assertThatThrownBy(() -> open(CONFIG, recording()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("injected");
        try (Journal journal = open(CONFIG, JournalEnvironment.system())) {
            assertThat(journal.recoveredPosition()).isEqualTo(1);
        }
    }

    @Test
    void forceThatFailsAtOpenLeavesTheDirectoryUnlocked() {
        failAtCall.set(1);
        assertThatThrownBy(() -> open(CONFIG, recording())).isInstanceOf(JournalFailedException.class);
        try (Journal journal = open(CONFIG, JournalEnvironment.system())) {
            batch(journal, "a");
            assertThat(journal.generation()).isEqualTo(2);
        }
    }

    @Test
    void barrierCanRunWhileTheAppenderGoesOn() throws InterruptedException {
        try (Journal journal = open(CONFIG.withRollBytes(1 << 18), JournalEnvironment.system())) {
            int records = 4000;
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread barrier = new Thread(() -> {
                try {
                    long durable = 0;
                    while (durable < records) {
                        long next = journal.barrier().advance();
                        assertThat(next).isGreaterThanOrEqualTo(durable);
                        durable = next;
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            barrier.start();
            byte[] payload = new byte[500];
            for (int i = 0; i < records; i++) {
                journal.appender().append(1, i, payload, 0, payload.length);
                journal.appender().commit();
            }
            barrier.join();
            assertThat(failure.get()).isNull();
        }
    }

    @Test
    void barrierBelongsToOneThread() throws InterruptedException {
        try (Journal journal = open(CONFIG, JournalEnvironment.system())) {
            journal.barrier().advance();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread other = new Thread(() -> {
                try {
                    journal.barrier().advance();
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            other.start();
            other.join();
            assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void fullDiskRefusesAppendsBeforeAnythingIsWrittenAndReadingGoesOn() {
        AtomicLong free = new AtomicLong(1 << 20);
        JournalConfig config = CONFIG.withMinimumFreeBytes(1 << 20).withSpaceCheck(1, 0);
        JournalEnvironment environment = JournalEnvironment.system().withSpaceProbe(any -> free.get());
        try (Journal journal = open(config, environment);
                JournalReader reader = journal.newReader()) {
            batch(journal, "a");
            free.decrementAndGet();
            assertThat(journal.hasRoom()).isFalse();
            assertThatThrownBy(() -> batch(journal, "refused"))
                    .isInstanceOf(JournalFullException.class)
                    .hasMessageContaining("1048575")
                    .hasMessageContaining("1048576");
            journal.appender().commit();
            assertThat(rest(reader)).containsExactly("1:a");
            assertThat(journal.barrier().advance()).isEqualTo(1);

            free.incrementAndGet();
            assertThat(journal.hasRoom()).isTrue();
            batch(journal, "b");
            assertThat(rest(reader)).containsExactly("2:b");
        }
    }

    @Test
    void freeSpaceIsLookedUpByBytesWrittenAndByTimeOnly() {
        AtomicInteger probes = new AtomicInteger();
        AtomicLong nanos = new AtomicLong();
        JournalConfig config = CONFIG.withSpaceCheck(100_000, 50);
        JournalEnvironment environment = JournalEnvironment.system()
                .withNanoTime(nanos::get)
                .withSpaceProbe(any -> {
                    probes.incrementAndGet();
                    return Long.MAX_VALUE;
                });
        try (Journal journal = open(config, environment)) {
            int atStart = probes.get();
            for (int i = 0; i < 10; i++) {
                batch(journal, "x".repeat(1000));
            }
            assertThat(probes.get()).isEqualTo(atStart);
            batch(journal, "x".repeat(100_000));
            assertThat(probes.get()).isEqualTo(atStart + 1);
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(50));
            batch(journal, "a");
            batch(journal, "b");
            assertThat(probes.get()).isEqualTo(atStart + 2);
        }
    }
}
