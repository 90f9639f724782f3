package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.journal.JournalImages.batch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same short life of a journal (start, batches, barriers, a roll, a new generation, a close, a start again) once for each of its forces and
 * each look at the disk's space: that one fails. What was told before is there afterwards, whatever start comes next.
 */
public abstract class JournalFailingIoContractTest {
    private static final UUID BOOT = new UUID(1, 1);
    private static final UUID NEXT_BOOT = new UUID(2, 2);
    private static final int ROLL_BYTES = 1 << 16;
    private static final int BATCHES = 6;
    private static final String LARGE = "x".repeat(30_000);
    private static final int MOST_CALLS = 200;

    @TempDir
    Path temporary;

    private final TestedJournal tested;
    private int calls;
    private int failAt;
    private long told;
    private long appended;

    protected JournalFailingIoContractTest(TestedJournal tested) {
        this.tested = tested;
    }

    @Test
    void whicheverForceFailsNothingToldIsLost() throws IOException {
        int failures = 0;
        for (failAt = 1; failAt < MOST_CALLS; failAt++) {
            Path directory = temporary.resolve("force-" + failAt);
            if (live(directory, environment(this::force, 1 << 30))) {
                break;
            }
            failures++;
            for (UUID boot : List.of(BOOT, NEXT_BOOT)) {
                Path image = JournalImages.copy(directory, temporary.resolve("force-" + failAt + "-" + boot));
                checkStart(image, boot);
            }
            checkStart(directory, BOOT);
        }
        assertThat(failures).as("forces of one life").isGreaterThan(BATCHES);
        assertThat(failAt).isLessThan(MOST_CALLS);
    }

    @Test
    void wheneverSpaceRunsOutAppendsAreRefusedAndNothingIsLost() throws IOException {
        int refusals = 0;
        for (failAt = 1; failAt < MOST_CALLS; failAt++) {
            Path directory = temporary.resolve("space-" + failAt);
            calls = 0;
            refusals += fill(directory) ? 1 : 0;
            checkStart(directory, BOOT);
            if (calls < failAt) {
                break;
            }
        }
        assertThat(refusals).isGreaterThanOrEqualTo(BATCHES);
    }

    private JournalEnvironment environment(JournalEnvironment.Forcer forcer, long freeBytes) {
        return JournalEnvironment.system().withBootId(BOOT).withForcer(forcer).withSpaceProbe(directory -> freeBytes);
    }

    private void force(FileChannel channel, Path file) throws IOException {
        calls++;
        if (calls == failAt) {
            throw new IOException("injected: force " + calls + " fails");
        }
        channel.force(false);
    }

    private JournalConfig config() {
        return JournalContractTest.CONFIG.withRollBytes(ROLL_BYTES).withGenerationBytes(2 * ROLL_BYTES);
    }

    /** @return whether nothing failed */
    private boolean live(Path directory, JournalEnvironment environment) {
        calls = 0;
        told = appended = 0;
        for (int start = 0; start < 2; start++) {
            Journal opened;
            try {
                opened = tested.open(directory, config(), RecoveryProgress.silent(), environment);
            } catch (JournalException e) {
                assertThat(e).hasStackTraceContaining("injected");
                return false;
            }
            try (Journal journal = opened) {
                write(journal);
            } catch (JournalFailedException e) {
                assertThat(e).hasStackTraceContaining("injected");
                return false;
            }
        }
        return true;
    }

    private void write(Journal journal) {
        for (int i = 0; i < BATCHES; i++) {
            batch(journal, LARGE, "b");
            appended = journal.appender().appendedPosition();
            try {
                told = journal.barrier().advance();
            } catch (JournalFailedException e) {
                assertThatThrownBy(() -> journal.barrier().advance()).isInstanceOf(JournalFailedException.class);
                assertThatThrownBy(() -> batch(journal, "c")).isInstanceOf(JournalFailedException.class);
                throw e;
            }
        }
    }

    /** @return whether an append was refused */
    private boolean fill(Path directory) {
        told = appended = 0;
        boolean refused = false;
        JournalEnvironment environment =
                JournalEnvironment.system().withBootId(BOOT).withSpaceProbe(folder -> ++calls == failAt ? 0 : 1 << 30);
        JournalConfig config = config().withMinimumFreeBytes(1).withSpaceCheck(1, 0);
        try (Journal journal = tested.open(directory, config, RecoveryProgress.silent(), environment)) {
            for (int i = 0; i < BATCHES; i++) {
                try {
                    batch(journal, LARGE, "b");
                } catch (JournalFullException full) {
                    refused = true;
                    journal.appender().commit();
                }
                assertThat(journal.appender().appendedPosition()).isGreaterThanOrEqualTo(appended);
                appended = journal.appender().appendedPosition();
                told = journal.barrier().advance();
                assertThat(told).isEqualTo(appended);
            }
        }
        return refused;
    }

    private void checkStart(Path directory, UUID boot) {
        JournalEnvironment sound = JournalEnvironment.system().withBootId(boot);
        try (Journal journal = tested.open(directory, config(), RecoveryProgress.silent(), sound)) {
            long recovered = journal.recoveredPosition();
            assertThat(recovered)
                    .as("call %d failed, %s", failAt, directory.getFileName())
                    .isBetween(told, appended);
            List<String> records = new ArrayList<>();
            try (JournalReader reader = journal.newReader()) {
                records.addAll(JournalImages.rest(reader));
            }
            assertThat(records).hasSize((int) recovered);
            batch(journal, "next");
            assertThat(journal.barrier().advance()).isEqualTo(recovered + 1);
        }
    }
}
