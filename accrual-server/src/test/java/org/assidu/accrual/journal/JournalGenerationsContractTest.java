package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assidu.accrual.journal.JournalImages.batch;
import static org.assidu.accrual.journal.JournalImages.rest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that goes on in a new generation while it is written: the one before is sealed first, and nobody misses a record. */
public abstract class JournalGenerationsContractTest {
    private static final UUID BOOT = new UUID(1, 1);
    private static final UUID NEXT_BOOT = new UUID(2, 2);
    private static final JournalConfig CONFIG =
            JournalContractTest.CONFIG.withRollBytes(1 << 16).withGenerationBytes(1 << 17);
    private static final int BATCHES = 12;
    /** Three of them fill a generation. */
    private static final String LARGE = "x".repeat(40_000);

    @TempDir
    Path temporary;

    private final TestedJournal tested;

    protected JournalGenerationsContractTest(TestedJournal tested) {
        this.tested = tested;
    }

    private Path directory() {
        return temporary.resolve("journal");
    }

    private Journal open(Path directory, UUID boot, JournalEnvironment.Forcer forcer) {
        return tested.open(
                directory,
                CONFIG,
                RecoveryProgress.silent(),
                JournalEnvironment.system().withBootId(boot).withForcer(forcer));
    }

    private Journal open(Path directory, UUID boot) {
        return open(directory, boot, (channel, file) -> channel.force(false));
    }

    @Test
    void aFullGenerationIsSealedAndFollowedByAnother() throws IOException {
        try (Journal journal = open(directory(), BOOT)) {
            for (int i = 1; i <= BATCHES; i++) {
                batch(journal, "first of " + i, LARGE);
                assertThat(journal.appender().appendedPosition()).isEqualTo(2L * i);
                assertThat(journal.barrier().advance()).isEqualTo(2L * i);
            }
            assertThat(journal.generation()).isEqualTo(4);
            assertThat(journal.recoveredPosition()).isZero();
            for (int number = 1; number < 4; number++) {
                Seal seal = Seal.read(JournalDirectory.generation(directory(), number));
                assertThat(seal).isNotNull();
                assertThat(seal.reason()).isEqualTo(Seal.CLOSED);
                assertThat(seal.batches()).isEqualTo(3);
            }
            assertThat(Seal.read(JournalDirectory.generation(directory(), 4))).isNull();
        }
        byte[] head;
        try (Journal journal = open(directory(), BOOT);
                JournalReader reader = journal.newReader()) {
            assertThat(journal.generation()).isEqualTo(5);
            assertThat(journal.recoveredPosition()).isEqualTo(2L * BATCHES);
            assertThat(rest(reader)).hasSize(2 * BATCHES).endsWith(2 * BATCHES + ":" + LARGE);
            head = journal.chainHead();
        }
        JournalReport report =
                tested.verify(directory(), JournalEnvironment.system().withBootId(BOOT));
        assertThat(report.damage()).isNull();
        assertThat(report.records()).isEqualTo(2L * BATCHES);
        assertThat(report.chainHead()).isEqualTo(HexFormat.of().formatHex(head));
    }

    @Test
    void readersPassFromOneGenerationToTheNext() {
        try (Journal journal = open(directory(), BOOT);
                JournalReader live = journal.newReader();
                JournalReader besideTheServer = tested.openReadOnly(directory())) {
            for (int i = 1; i <= BATCHES; i++) {
                batch(journal, LARGE);
                assertThat(rest(live)).containsExactly(i + ":" + LARGE);
                assertThat(rest(besideTheServer)).containsExactly(i + ":" + LARGE);
            }
            for (JournalReader reader : List.of(live, besideTheServer)) {
                for (int position = BATCHES; position > 0; position--) {
                    reader.seek(position);
                    assertThat(reader.next()).isTrue();
                    assertThat(reader.position()).isEqualTo(position);
                }
                reader.seek(BATCHES + 1);
                assertThat(reader.next()).isFalse();
            }
        }
    }

    @Test
    void aReaderOfAnotherProcessOutlivesTheServer() {
        open(directory(), BOOT).close();
        try (JournalReader besideTheServers = tested.openReadOnly(directory())) {
            for (int server = 1; server <= 3; server++) {
                try (Journal journal = open(directory(), BOOT)) {
                    batch(journal, "of server " + server);
                    assertThat(rest(besideTheServers)).containsExactly(server + ":of server " + server);
                }
                assertThat(besideTheServers.next()).isFalse();
            }
        }
    }

    /** An image at each force is what a kill would have left there, before and after it. */
    @Test
    void killedAtAnyForceItStartsWithAllThatWasTold() throws IOException {
        List<Image> images = new ArrayList<>();
        long[] told = new long[1];
        try (Journal journal = open(directory(), BOOT, (channel, file) -> {
            images.add(image(images.size(), told[0]));
            channel.force(false);
            images.add(image(images.size(), told[0]));
        })) {
            for (int i = 0; i < BATCHES / 2; i++) {
                batch(journal, LARGE);
                told[0] = journal.barrier().advance();
            }
            assertThat(journal.generation()).isEqualTo(2);
        }
        assertThat(images).hasSizeGreaterThan(2 * (BATCHES / 2 + 3));
        for (Image image : images) {
            try (Journal journal = open(image.directory(), BOOT);
                    JournalReader reader = journal.newReader()) {
                assertThat(journal.recoveredPosition()).as("%s", image).isBetween(image.told(), image.told() + 1);
                assertThat(rest(reader)).hasSize((int) journal.recoveredPosition());
                batch(journal, "next");
                assertThat(rest(reader)).containsExactly(journal.recoveredPosition() + 1 + ":next");
            }
        }
    }

    private record Image(Path directory, long told) {}

    private Image image(int number, long told) throws IOException {
        return new Image(JournalImages.copy(directory(), temporary.resolve("image-" + number)), told);
    }

    /** Of the generation before, nothing is left to lose once a batch is in the next one. */
    @Test
    void aPowerCutFindsTheGenerationBeforeWhole() throws IOException {
        Path image = temporary.resolve("cut");
        try (Journal journal = open(directory(), BOOT)) {
            while (journal.generation() == 1) {
                batch(journal, LARGE);
            }
            JournalImages.copy(directory(), image);
        }
        Path second = JournalDirectory.generation(image, 2);
        for (Path file : JournalDirectory.documentFiles(second, tested.framing().fileSuffix())) {
            Files.delete(file);
        }
        try (Journal journal = open(image, NEXT_BOOT);
                JournalReader reader = journal.newReader()) {
            assertThat(journal.recoveredPosition()).isEqualTo(3);
            assertThat(rest(reader)).hasSize(3);
        }
    }

    @Test
    void aForceThatFailsOnTheWayIsTheEndOfTheJournal() throws IOException {
        boolean[] failing = new boolean[1];
        Journal journal = open(directory(), BOOT, (FileChannel channel, Path file) -> {
            if (failing[0]) {
                throw new IOException("injected");
            }
            channel.force(false);
        });
        for (int i = 0; i < 3; i++) {
            batch(journal, LARGE);
            journal.barrier().advance();
        }
        failing[0] = true;
        assertThatThrownBy(() -> batch(journal, LARGE))
                .isInstanceOf(JournalFailedException.class)
                .hasMessageContaining("going on from generation 1 to the next")
                .hasStackTraceContaining("injected");
        assertThatThrownBy(() -> journal.barrier().advance()).isInstanceOf(JournalFailedException.class);
        assertThatThrownBy(() -> batch(journal, "more")).isInstanceOf(JournalFailedException.class);
        journal.close();
        try (Journal next = open(directory(), BOOT)) {
            assertThat(next.recoveredPosition()).isEqualTo(3);
        }
    }
}
