package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assidu.accrual.journal.JournalImages.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.assidu.accrual.journal.JournalImages.Extent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a journal again, batch by batch: generation 1 has ended at position 4, 2 is empty, 3 is being written. */
public abstract class JournalScrubContractTest {
    private static final UUID BOOT = new UUID(1, 1);
    private static final long ONE_BATCH = 1;

    @TempDir
    Path temporary;

    private final TestedJournal tested;
    private final DocumentStore store;
    private Path directory = Path.of("");
    private Path state = Path.of("");

    protected JournalScrubContractTest(TestedJournal tested, DocumentStore store) {
        this.tested = tested;
        this.store = store;
    }

    @BeforeEach
    void write() throws IOException {
        Path live = temporary.resolve("live");
        state = temporary.resolve("scrub.state");
        try (Journal journal = open(live)) {
            batch(journal, "one", "two");
            batch(journal, "three", "four");
            journal.barrier().advance();
        }
        open(live).close();
        try (Journal journal = open(live)) {
            batch(journal, "five");
            batch(journal, "six", "seven");
            journal.barrier().advance();
            batch(journal, "eight");
            directory = JournalImages.copy(live, temporary.resolve("killed"));
        }
    }

    private Journal open(Path at) {
        return tested.open(
                at,
                JournalContractTest.CONFIG,
                RecoveryProgress.silent(),
                JournalEnvironment.system().withBootId(BOOT));
    }

    private JournalScrub scrub() {
        return JournalScrub.open(store, directory, state);
    }

    private static void readAll(JournalScrub scrub) {
        long passes = scrub.passes();
        while (scrub.passes() == passes) {
            scrub.step(ONE_BATCH);
        }
    }

    @Test
    void aPassReadsUpToWhatIsAcknowledgedAndTheNextBeginsAnew() {
        try (JournalScrub scrub = scrub()) {
            long highest = 0;
            while (scrub.passes() == 0) {
                scrub.step(ONE_BATCH);
                highest = Math.max(highest, scrub.position());
            }
            assertThat(highest).isEqualTo(7);
            assertThat(scrub.position()).isZero();
            readAll(scrub);
            assertThat(scrub.passes()).isEqualTo(2);
        }
    }

    /** Wherever it stands when the generation at hand ends, it neither accuses nor leaves anything out. */
    @Test
    void generationsThatEndMeanwhileAreReadToTheirEnd() {
        directory = temporary.resolve("growing");
        long highest = 0;
        JournalConfig config = JournalContractTest.CONFIG.withGenerationBytes(1 << 16);
        try (Journal journal = tested.open(
                        directory,
                        config,
                        RecoveryProgress.silent(),
                        JournalEnvironment.system().withBootId(BOOT));
                JournalScrub scrub = scrub()) {
            for (int i = 0; i < 20; i++) {
                batch(journal, "x".repeat(10_000));
                batch(journal, "y");
                journal.barrier().advance();
                scrub.step(ONE_BATCH);
                highest = Math.max(highest, scrub.position());
            }
            assertThat(journal.generation()).isEqualTo(4);
            assertThat(highest).isGreaterThan(journal.generation());
            long passes = scrub.passes();
            long last = 0;
            while (scrub.passes() <= passes + 1) {
                scrub.step(ONE_BATCH);
                last = Math.max(last, scrub.position());
            }
            assertThat(last).isEqualTo(journal.appender().appendedPosition());
        }
    }

    @Test
    void anotherProcessGoesOnBehindTheLastBatchThatWasNoted() throws IOException {
        long before = 0;
        for (int process = 0; process < 20; process++) {
            try (JournalScrub scrub = scrub()) {
                long at = scrub.position();
                assertThat(at).isEqualTo(before);
                scrub.step(ONE_BATCH);
                before = scrub.position();
                scrub.save();
                if (scrub.passes() == 1) {
                    assertThat(at).isEqualTo(7);
                    return;
                }
            }
        }
        throw new AssertionError("no pass ended");
    }

    @Test
    void everyDamagedDocumentIsNamedAndStaysSo() throws IOException {
        for (int generation : new int[] {1, 3}) {
            List<Extent> documents =
                    JournalImages.documents(JournalDirectory.generation(directory, generation), tested.framing());
            long first = generation == 1 ? 1 : 5;
            for (int i = 0; i < 3; i++) {
                Extent extent = documents.get(i);
                JournalImages.flip(extent.file(), (extent.start() + extent.end()) / 2, 3);
                try (JournalScrub scrub = scrub()) {
                    for (int time = 0; time < 2; time++) {
                        JournalDamagedException found =
                                catchThrowableOfType(JournalDamagedException.class, () -> readAll(scrub));
                        assertThat(found).as("document %d of %d", i, generation).isNotNull();
                        assertThat(found.damage().file()).isEqualTo(extent.file());
                        assertThat(found.damage().offset()).isEqualTo(extent.start());
                        assertThat(found.damage().position()).isEqualTo(i < 2 ? first : generation == 1 ? 3 : 6);
                    }
                    scrub.save();
                }
                JournalImages.flip(extent.file(), (extent.start() + extent.end()) / 2, 3);
            }
        }
        try (JournalScrub scrub = scrub()) {
            readAll(scrub);
        }
    }

    @Test
    void aNotedPlaceOfAnotherJournalAccusesNobody() throws IOException {
        try (JournalScrub scrub = scrub()) {
            while (scrub.position() < 6) {
                scrub.step(ONE_BATCH);
            }
            scrub.save();
        }
        Path other = temporary.resolve("other");
        for (int i = 0; i < 3; i++) {
            try (Journal journal = open(other)) {
                batch(journal, "other " + i, "text");
                batch(journal, "and more " + i);
                journal.barrier().advance();
            }
        }
        directory = other;
        try (JournalScrub scrub = scrub()) {
            readAll(scrub);
        }
        Files.writeString(state, "assidu-scrub 1\nnonsense");
        try (JournalScrub scrub = scrub()) {
            assertThat(scrub.position()).isZero();
            readAll(scrub);
        }
    }
}
