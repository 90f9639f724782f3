package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assidu.accrual.journal.JournalImages.batch;
import static org.assidu.accrual.journal.JournalImages.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every journal does, whatever it is stored in; damage is in {@link JournalDamageContractTest}. */
public abstract class JournalContractTest {
    static final JournalConfig CONFIG =
            JournalConfig.defaults().withMapBlockBytes(16 << 20).withMinimumFreeBytes(0);

    @TempDir
    Path temporary;

    private final TestedJournal tested;

    protected JournalContractTest(TestedJournal tested) {
        this.tested = tested;
    }

    private Path directory() {
        return temporary.resolve("journal");
    }

    private Journal open(JournalConfig config) {
        return open(config, JournalEnvironment.system());
    }

    private Journal open(JournalConfig config, JournalEnvironment environment) {
        return tested.open(directory(), config, RecoveryProgress.silent(), environment);
    }

    @Test
    void emptyJournalHasNothingToRead() {
        try (Journal journal = open(CONFIG);
                JournalReader reader = journal.newReader()) {
            assertThat(journal.recoveredPosition()).isZero();
            assertThat(journal.generation()).isEqualTo(1);
            assertThat(journal.chainHead()).isEqualTo(new byte[32]);
            assertThat(reader.next()).isFalse();
            assertThat(journal.appender().appendedPosition()).isZero();
        }
    }

    @Test
    void committedRecordsReadBackWithTypeTimeAndPosition() {
        byte[] payload = {9, 1, 2, 3, 9};
        try (Journal journal = open(CONFIG);
                JournalReader reader = journal.newReader()) {
            assertThat(journal.appender().append(7, 1234567890123L, payload, 1, 3))
                    .isEqualTo(1);
            assertThat(journal.appender().append(0, -5, payload, 0, 0)).isEqualTo(2);
            journal.appender().commit();

            assertThat(reader.next()).isTrue();
            assertThat(reader.position()).isEqualTo(1);
            assertThat(reader.type()).isEqualTo(7);
            assertThat(reader.timeMillis()).isEqualTo(1234567890123L);
            assertThat(HexFormat.of().formatHex(reader.buffer(), reader.offset(), reader.offset() + reader.length()))
                    .isEqualTo("010203");
            assertThat(reader.next()).isTrue();
            assertThat(reader.position()).isEqualTo(2);
            assertThat(reader.type()).isZero();
            assertThat(reader.timeMillis()).isEqualTo(-5);
            assertThat(reader.length()).isZero();
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void recordsAreSeenOnlyOnceCommitted() {
        try (Journal journal = open(CONFIG);
                JournalReader reader = journal.newReader()) {
            journal.appender().append(1, 0, new byte[1], 0, 1);
            assertThat(reader.next()).isFalse();
            assertThat(journal.appender().appendedPosition()).isZero();
            journal.appender().commit();
            assertThat(reader.next()).isTrue();
            assertThat(journal.appender().appendedPosition()).isEqualTo(1);
        }
    }

    @Test
    void uncommittedRecordsAreDroppedByClose() {
        try (Journal journal = open(CONFIG)) {
            batch(journal, "kept");
            journal.appender().append(1, 0, new byte[1], 0, 1);
        }
        try (Journal journal = open(CONFIG);
                JournalReader reader = journal.newReader()) {
            assertThat(rest(reader)).containsExactly("1:kept");
        }
    }

    @Test
    void emptyCommitChangesNothing() {
        try (Journal journal = open(CONFIG)) {
            batch(journal, "a");
            byte[] head = journal.chainHead();
            journal.appender().commit();
            assertThat(journal.chainHead()).isEqualTo(head);
        }
    }

    @Test
    void positionsStayDenseOverManyGenerations() {
        List<String> expected = new ArrayList<>();
        for (int start = 1; start <= 6; start++) {
            try (Journal journal = open(CONFIG)) {
                assertThat(journal.generation()).isEqualTo(start);
                assertThat(journal.recoveredPosition()).isEqualTo(expected.size());
                if (start != 3) {
                    batch(journal, "a" + start, "b" + start);
                    batch(journal, "c" + start);
                    for (String text : List.of("a", "b", "c")) {
                        expected.add(expected.size() + 1 + ":" + text + start);
                    }
                }
                try (JournalReader reader = journal.newReader()) {
                    assertThat(rest(reader)).isEqualTo(expected);
                }
            }
        }
        try (JournalReader reader = tested.openReadOnly(directory())) {
            assertThat(rest(reader)).isEqualTo(expected);
        }
    }

    @Test
    void chainHeadIsTheSameHoweverOftenTheJournalWasReopened() throws IOException {
        byte[] head;
        try (Journal journal = open(CONFIG)) {
            batch(journal, "a", "b");
            batch(journal, "c");
            head = journal.chainHead();
        }
        for (int i = 0; i < 2; i++) {
            try (Journal journal = open(CONFIG)) {
                assertThat(journal.chainHead()).isEqualTo(head);
            }
        }
        JournalReport report = tested.verify(directory(), JournalEnvironment.system());
        assertThat(report.chainHead()).isEqualTo(HexFormat.of().formatHex(head));
        assertThat(report.records()).isEqualTo(3);
        assertThat(report.damage()).isNull();
        assertThat(report.acknowledged()).isEqualTo(3);
        assertThat(report.generations())
                .extracting(GenerationSummary::records, GenerationSummary::batches, GenerationSummary::state)
                .containsExactly(tuple(3L, 2L, "closed"), tuple(0L, 0L, "closed"), tuple(0L, 0L, "closed"));
    }

    @Test
    void seekFindsEveryPositionInEveryGeneration() {
        Random random = new Random(7);
        List<String> texts = new ArrayList<>();
        try (Journal journal = open(CONFIG.withRollBytes(1 << 16))) {
            fill(journal, random, texts, 300);
        }
        try (Journal journal = open(CONFIG.withRollBytes(1 << 16))) {
            fill(journal, random, texts, 300);
            try (JournalReader live = journal.newReader();
                    JournalReader readOnly = tested.openReadOnly(directory())) {
                for (JournalReader reader : List.of(live, readOnly)) {
                    for (int i = 0; i < 500; i++) {
                        int position = 1 + random.nextInt(texts.size());
                        reader.seek(position);
                        assertThat(reader.next()).isTrue();
                        assertThat(reader.position()).isEqualTo(position);
                        assertThat(reader.length())
                                .isEqualTo(texts.get(position - 1).length());
                    }
                    reader.seek(texts.size() + 1);
                    assertThat(reader.next()).isFalse();
                    reader.seek(texts.size());
                    assertThat(rest(reader)).containsExactly(texts.size() + ":" + texts.get(texts.size() - 1));
                    reader.seek(1);
                    assertThat(rest(reader)).hasSize(texts.size());
                }
            }
        }
    }

    /** Whoever looks for a late position must not read weeks of sales before it: so damage there is not even seen. */
    @Test
    void seekReadsOnlyTheFileThatHoldsThePosition() throws IOException {
        Random random = new Random(11);
        List<String> texts = new ArrayList<>();
        Journal journal = open(CONFIG.withRollBytes(1 << 16));
        fill(journal, random, texts, 600);
        List<Path> files = JournalDirectory.documentFiles(
                JournalDirectory.generation(directory(), 1), tested.framing().fileSuffix());
        assertThat(files).hasSizeGreaterThan(8);
        byte[] second = Files.readAllBytes(files.get(1));
        byte[] damaged = second.clone();
        Arrays.fill(damaged, 0, damaged.length / 2, (byte) 0x5a);
        Files.write(files.get(1), damaged);
        try (JournalReader besideTheServer = tested.openReadOnly(directory())) {
            assertReads(besideTheServer, texts.size());
        }
        Files.write(files.get(1), second);
        journal.close();
        Files.write(files.get(1), damaged);
        try (JournalReader afterIt = tested.openReadOnly(directory())) {
            assertReads(afterIt, texts.size());
            assertReads(afterIt, texts.size() * 3L / 4);
            assertReads(afterIt, 1);
            afterIt.seek(1);
            assertThatThrownBy(() -> rest(afterIt))
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining(String.valueOf(files.get(1).getFileName()));
        }
    }

    private static void assertReads(JournalReader reader, long position) {
        reader.seek(position);
        assertThat(reader.next()).isTrue();
        assertThat(reader.position()).isEqualTo(position);
    }

    private static void fill(Journal journal, Random random, List<String> texts, int batches) {
        for (int i = 0; i < batches; i++) {
            String[] batch = new String[1 + random.nextInt(9)];
            for (int j = 0; j < batch.length; j++) {
                batch[j] = "x".repeat(random.nextInt(300));
                texts.add(batch[j]);
            }
            batch(journal, batch);
        }
    }

    @Test
    void seekAheadWaitsForThatPosition() {
        try (Journal journal = open(CONFIG);
                JournalReader live = journal.newReader();
                JournalReader readOnly = tested.openReadOnly(directory())) {
            live.seek(3);
            readOnly.seek(3);
            batch(journal, "a", "b");
            assertThat(live.next()).isFalse();
            assertThat(readOnly.next()).isFalse();
            batch(journal, "c", "d");
            assertThat(rest(live)).containsExactly("3:c", "4:d");
            assertThat(rest(readOnly)).containsExactly("3:c", "4:d");
            live.seek(2);
            assertThat(rest(live)).containsExactly("2:b", "3:c", "4:d");
        }
    }

    @Test
    void readerFollowsTheAppenderFromAnotherThread() throws InterruptedException {
        int batches = 3000;
        try (Journal journal = open(CONFIG.withRollBytes(1 << 18).withGenerationBytes(1 << 19))) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            AtomicLong seen = new AtomicLong();
            Thread follower = new Thread(() -> {
                try (JournalReader live = journal.newReader();
                        JournalReader readOnly = tested.openReadOnly(directory())) {
                    for (JournalReader reader : List.of(live, readOnly)) {
                        seen.set(0);
                        while (seen.get() < batches * 3L) {
                            while (reader.next()) {
                                assertThat(reader.position()).isEqualTo(seen.incrementAndGet());
                                assertThat(reader.timeMillis()).isEqualTo(reader.position() * 3);
                                assertThat(reader.buffer()[reader.offset()]).isEqualTo((byte) reader.position());
                            }
                            Thread.onSpinWait();
                        }
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            follower.start();
            byte[] payload = new byte[200];
            for (long position = 1; position <= batches * 3L; position++) {
                payload[0] = (byte) position;
                journal.appender().append(1, position * 3, payload, 0, payload.length - (int) (position % 100));
                if (position % 3 == 0) {
                    journal.appender().commit();
                }
            }
            follower.join();
            assertThat(failure.get()).isNull();
            assertThat(seen.get()).isEqualTo(batches * 3L);
        }
    }

    @Test
    void readOnlyReaderFollowsWhileBatchesAreBeingWritten() throws InterruptedException {
        try (Journal journal = open(CONFIG.withDurability(Durability.FAST))) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread follower = new Thread(() -> {
                try (JournalReader reader = tested.openReadOnly(directory())) {
                    long position = 0;
                    while (position < 2000) {
                        while (reader.next()) {
                            assertThat(reader.position()).isEqualTo(++position);
                        }
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            follower.start();
            byte[] payload = new byte[50_000];
            for (int i = 0; i < 2000; i++) {
                journal.appender().append(1, i, payload, 0, 10_000 + i);
                if (i % 4 == 3) {
                    journal.appender().commit();
                }
            }
            follower.join();
            assertThat(failure.get()).isNull();
        }
    }

    @Test
    void largestPayloadsAndBatchesWork() {
        byte[] payload = new byte[JournalAppender.MAXIMUM_PAYLOAD_BYTES];
        new Random(3).nextBytes(payload);
        int records = 24;
        try (Journal journal = open(CONFIG)) {
            for (int i = 0; i < records; i++) {
                payload[0] = (byte) i;
                journal.appender().append(1, i, payload, 0, payload.length);
            }
            // Batches that grew too large were committed on the way.
            assertThat(journal.appender().appendedPosition()).isEqualTo(records - 1);
            journal.appender().commit();
            journal.barrier().advance();
        }
        try (Journal journal = open(CONFIG);
                JournalReader reader = journal.newReader()) {
            for (int i = 0; i < records; i++) {
                assertThat(reader.next()).isTrue();
                payload[0] = (byte) i;
                assertThat(Arrays.equals(
                                payload,
                                0,
                                payload.length,
                                reader.buffer(),
                                reader.offset(),
                                reader.offset() + reader.length()))
                        .isTrue();
            }
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void tooLargePayloadAndNegativeTypeAreRefused() {
        try (Journal journal = open(CONFIG)) {
            int tooLarge = JournalAppender.MAXIMUM_PAYLOAD_BYTES + 1;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> journal.appender().append(1, 0, new byte[tooLarge], 0, tooLarge))
                    .withMessageContaining("2097153");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> journal.appender().append(-1, 0, new byte[1], 0, 1));
            batch(journal, "next");
            assertThat(journal.appender().appendedPosition()).isEqualTo(1);
        }
    }

    @Test
    void directoryInUseIsRefusedWithTheHoldersPid() {
        try (Journal journal = open(CONFIG)) {
            batch(journal, "a");
            assertThatThrownBy(() -> open(CONFIG))
                    .isInstanceOf(JournalLockedException.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .hasMessageContaining("Stop that process");
            // The refused attempt left the holder's lock alone.
            assertThatThrownBy(() -> open(CONFIG)).isInstanceOf(JournalLockedException.class);
            batch(journal, "b");
        }
        open(CONFIG).close();
    }

    @Test
    void appenderBelongsToOneThread() throws InterruptedException {
        try (Journal journal = open(CONFIG)) {
            batch(journal, "a");
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread other = new Thread(
                    () -> {
                        try {
                            batch(journal, "b");
                        } catch (Throwable e) {
                            thrown.set(e);
                        }
                    },
                    "other");
            other.start();
            other.join();
            assertThat(thrown.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("\"other\"");
        }
    }

    @Test
    void journalMayBeOpenedByOneThreadAndAppendedToByAnother() throws InterruptedException {
        try (Journal journal = open(CONFIG)) {
            Thread accrual = new Thread(() -> batch(journal, "a", "b"));
            accrual.start();
            accrual.join();
            assertThat(journal.barrier().advance()).isEqualTo(2);
        }
    }

    @Test
    void closedJournalRefusesWork() {
        Journal journal = open(CONFIG);
        journal.close();
        journal.close();
        assertThatIllegalStateException().isThrownBy(() -> batch(journal, "a"));
        assertThatIllegalStateException().isThrownBy(() -> journal.barrier().advance());
    }

    @Test
    void directoryWithoutAJournalIsSaidToBeOne() {
        assertThatThrownBy(() -> JournalKind.detect(temporary))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("journal.kind is missing");
        assertThatThrownBy(() -> tested.openReadOnly(temporary)).isInstanceOf(JournalException.class);
    }

    @Test
    void journalOfTheOtherKindIsRefused() throws IOException {
        open(CONFIG).close();
        JournalKind other =
                JournalKind.detect(directory()) == JournalKind.FILE ? JournalKind.CHRONICLE : JournalKind.FILE;
        Files.writeString(directory().resolve(JournalKind.MARKER), other.marker());
        assertThatThrownBy(() -> open(CONFIG))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("was written as");
        assertThatThrownBy(() -> tested.openReadOnly(directory())).isInstanceOf(JournalException.class);
    }

    @Test
    void readOnlyReaderWritesNothing() throws IOException {
        try (Journal journal = open(CONFIG)) {
            batch(journal, "a");
        }
        List<String> before = listing();
        try (JournalReader reader = tested.openReadOnly(directory())) {
            assertThat(rest(reader)).containsExactly("1:a");
        }
        assertThat(tested.verify(directory(), JournalEnvironment.system()).intact())
                .isTrue();
        assertThat(listing()).isEqualTo(before);
    }

    private List<String> listing() throws IOException {
        try (var paths = Files.walk(directory())) {
            return paths.sorted()
                    .map(path -> path + " " + path.toFile().lastModified() + " "
                            + path.toFile().length())
                    .toList();
        }
    }
}
