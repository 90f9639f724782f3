package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assidu.accrual.journal.JournalImages.batch;
import static org.assidu.accrual.journal.JournalImages.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assidu.accrual.journal.JournalImages.Extent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a start makes of damage. The journal under test was killed: positions 1–3 and 4–6 are two batches that were
 * acknowledged, 7–9 one that was not.
 */
public abstract class JournalDamageContractTest {
    private static final JournalConfig CONFIG = JournalContractTest.CONFIG;
    private static final UUID BOOT = new UUID(1, 1);
    private static final UUID NEXT_BOOT = new UUID(2, 2);
    private static final int GENERATION_HEADER = 0;
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int UNACKNOWLEDGED = 3;

    @TempDir
    Path temporary;

    private final TestedJournal tested;
    private final List<String> warnings = new ArrayList<>();
    private Path killed = Path.of("");
    private List<Extent> documents = List.of();

    protected JournalDamageContractTest(TestedJournal tested) {
        this.tested = tested;
    }

    @BeforeEach
    void kill() throws IOException {
        kill(Durability.DURABLE);
    }

    private void kill(Durability durability) throws IOException {
        Path live = temporary.resolve("live-" + durability);
        try (Journal journal = open(live, CONFIG.withDurability(durability), BOOT)) {
            batch(journal, "one", "two", "three");
            journal.barrier().advance();
            batch(journal, "four", "five", "six");
            journal.barrier().advance();
            batch(journal, "seven", "eight", "nine");
            killed = JournalImages.copy(live, temporary.resolve("killed-" + durability));
        }
        documents = JournalImages.documents(JournalDirectory.generation(killed, 1), tested.framing());
    }

    private Journal open(Path directory, JournalConfig config, UUID bootId) {
        RecoveryProgress listener = new RecoveryProgress() {
            @Override
            public void verified(long bytesDone, long bytesTotal, long position) {}

            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        };
        return tested.open(
                directory, config, listener, JournalEnvironment.system().withBootId(bootId));
    }

    private long recovered(UUID bootId) {
        try (Journal journal = open(killed, CONFIG, bootId)) {
            batch(journal, "next");
            assertThat(journal.appender().appendedPosition()).isEqualTo(journal.recoveredPosition() + 1);
            return journal.recoveredPosition();
        }
    }

    private JournalDamage refused(UUID bootId) {
        Throwable thrown = catchThrowable(() -> open(killed, CONFIG, bootId).close());
        assertThat(thrown).isInstanceOf(JournalDamagedException.class);
        return ((JournalDamagedException) thrown).damage();
    }

    private void flipIn(int document) throws IOException {
        Extent extent = documents.get(document);
        JournalImages.flip(extent.file(), (extent.start() + extent.end()) / 2, 3);
    }

    @Test
    void killedJournalKeepsEvenWhatWasNotAcknowledged() {
        assertThat(documents).hasSize(4);
        assertThat(recovered(BOOT)).isEqualTo(9);
        assertThat(warnings).isEmpty();
        try (JournalReader reader = tested.openReadOnly(killed)) {
            assertThat(rest(reader)).hasSize(10).endsWith("9:nine", "10:next");
        }
        assertThat(tested.verify(killed, JournalEnvironment.system()).generations())
                .extracting(GenerationSummary::state)
                .containsExactly("recovered", "closed");
    }

    @Test
    void everyBitOfAcknowledgedDocumentsIsGuarded() throws IOException {
        int bit = 0;
        for (int document = GENERATION_HEADER; document <= SECOND; document++) {
            Extent extent = documents.get(document);
            for (long at = extent.start(); at < extent.end(); at++) {
                bit = (bit + 3) % 8;
                JournalImages.flip(extent.file(), at, bit);
                JournalDamage damage = refused(BOOT);
                assertThat(damage.file()).as("byte %d bit %d", at, bit).isEqualTo(extent.file());
                assertThat(damage.position()).isEqualTo(document <= FIRST ? 1 : 4);
                JournalImages.flip(extent.file(), at, bit);
            }
        }
        assertThat(recovered(BOOT)).isEqualTo(9);
    }

    @Test
    void everyBitOfLengthWordsIsGuarded() throws IOException {
        for (int document = GENERATION_HEADER; document <= SECOND; document++) {
            Extent extent = documents.get(document);
            for (int bit = 0; bit < 32; bit++) {
                JournalImages.flip(extent.file(), extent.start() + bit / 8, bit % 8);
                refused(BOOT);
                JournalImages.flip(extent.file(), extent.start() + bit / 8, bit % 8);
            }
        }
    }

    @Test
    void everyBitOfASealedGenerationIsGuarded() throws IOException {
        recovered(BOOT);
        for (Extent extent : documents.subList(FIRST, documents.size())) {
            for (long at = extent.start(); at < extent.end(); at += 3) {
                JournalImages.flip(extent.file(), at, (int) (at % 8));
                assertThat(refused(NEXT_BOOT).file()).isEqualTo(extent.file());
                JournalImages.flip(extent.file(), at, (int) (at % 8));
            }
        }
    }

    @Test
    void bitsBetweenDocumentsEitherRefuseOrChangeNothing() throws IOException {
        Random random = new Random(11);
        Path file = killed.relativize(documents.get(SECOND).file());
        long end = documents.get(SECOND).end();
        Path image = JournalImages.copy(killed, temporary.resolve("bits"));
        for (int i = 0; i < 60; i++) {
            long at = i < 30 ? i : (long) (random.nextDouble() * end);
            int bit = random.nextInt(8);
            JournalImages.flip(image.resolve(file), at, bit);
            try (Journal journal = open(image, CONFIG, BOOT);
                    JournalReader reader = journal.newReader()) {
                assertThat(rest(reader))
                        .as("byte %d", at)
                        .startsWith("1:one", "2:two", "3:three", "4:four", "5:five", "6:six");
            } catch (JournalDamagedException e) {
                assertThat(e).hasMessageContaining("assidu verify --data " + image);
                JournalImages.flip(image.resolve(file), at, bit);
                continue;
            }
            image = JournalImages.copy(killed, temporary.resolve("bits-" + i));
        }
    }

    @Test
    void truncationBelowTheAcknowledgedPositionIsRefused() throws IOException {
        Extent last = documents.get(SECOND);
        long start = documents.get(GENERATION_HEADER).start();
        for (long length = last.end() - 1; length >= start; length -= 13) {
            Path image = JournalImages.copy(killed, temporary.resolve("truncated-" + length));
            JournalImages.truncate(image.resolve(killed.relativize(last.file())), length);
            assertThatThrownBy(() -> open(image, CONFIG, BOOT).close())
                    .as("length %d", length)
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining("position=6");
        }
    }

    @Test
    void truncationBehindTheAcknowledgedPositionLosesOnlyWhatWasNotPromised() throws IOException {
        Extent last = documents.get(UNACKNOWLEDGED);
        for (long length = documents.get(SECOND).end(); length < last.end(); length += 37) {
            Path image = JournalImages.copy(killed, temporary.resolve("short-" + length));
            JournalImages.truncate(image.resolve(killed.relativize(last.file())), length);
            try (Journal journal = open(image, CONFIG, BOOT);
                    JournalReader reader = journal.newReader()) {
                assertThat(journal.recoveredPosition()).isEqualTo(6);
                assertThat(rest(reader)).hasSize(6);
            }
        }
    }

    @Test
    void batchOfAnotherJournalIsRefusedThoughItIsWholeAndInPlace() throws IOException {
        Path other = temporary.resolve("other");
        byte[] foreign;
        try (Journal journal = open(other, CONFIG, BOOT)) {
            batch(journal, "ONE", "two", "three");
            batch(journal, "four", "five", "six");
            Extent batch = JournalImages.documents(JournalDirectory.generation(other, 1), tested.framing())
                    .get(SECOND);
            byte[] file = Files.readAllBytes(batch.file());
            foreign = Arrays.copyOfRange(file, (int) batch.start(), (int) batch.end());
        }
        JournalImages.overwrite(
                documents.get(SECOND).file(), documents.get(SECOND).start(), foreign);
        assertThat(refused(BOOT).message()).contains("previous hash of batch expected=");
    }

    @Test
    void zeroedPagesAreRefused() throws IOException {
        for (int size : new int[] {8, 64, 512}) {
            for (int document = GENERATION_HEADER; document <= SECOND; document++) {
                Extent extent = documents.get(document);
                for (long at = extent.start(); at < extent.end() - size; at += size) {
                    byte[] before = JournalImages.overwrite(extent.file(), at, new byte[size]);
                    if (!Arrays.equals(before, new byte[size])) {
                        refused(BOOT);
                    }
                    JournalImages.overwrite(extent.file(), at, before);
                }
            }
        }
        assertThat(recovered(BOOT)).isEqualTo(9);
    }

    @Test
    void damageBehindTheAcknowledgedPositionCutsTheGenerationWithAWarning() throws IOException {
        flipIn(UNACKNOWLEDGED);
        JournalReport report = tested.verify(killed, JournalEnvironment.system().withBootId(BOOT));
        assertThat(report.intact()).isTrue();
        assertThat(report.records()).isEqualTo(6);
        assertThat(report.notes()).singleElement().asString().contains("would be cut after position=6");

        assertThat(recovered(BOOT)).isEqualTo(6);
        assertThat(warnings).singleElement().asString().contains("cut after position=6");
        try (Journal journal = open(killed, CONFIG, NEXT_BOOT);
                JournalReader reader = journal.newReader()) {
            assertThat(rest(reader)).hasSize(7).endsWith("6:six", "7:next");
        }
        assertThat(tested.verify(killed, JournalEnvironment.system())
                        .generations()
                        .get(0)
                        .state())
                .isEqualTo("cut");
    }

    @Test
    void refusalNamesFilePositionAndNextStep() throws IOException {
        flipIn(SECOND);
        JournalDamage damage = refused(BOOT);
        assertThat(damage.message())
                .contains("position=4")
                .contains(documents.get(SECOND).file().toString())
                .contains("offset=" + documents.get(SECOND).start())
                .contains("everything up to position=6 was acknowledged")
                .contains("assidu verify --data " + killed)
                .contains("restore");
        JournalReport report = tested.verify(killed, JournalEnvironment.system().withBootId(BOOT));
        assertThat(report.damage()).isEqualTo(damage);
        assertThat(report.records()).isEqualTo(3);
        // The refusal changed nothing: it is refused again, and nothing new lies there.
        assertThat(refused(BOOT)).isEqualTo(damage);
        assertThat(JournalDirectory.generations(killed)).containsExactly(1);
    }

    @Test
    void afterAPowerCutDurableInsistsOnWhatWasForced() throws IOException {
        flipIn(SECOND);
        assertThat(refused(NEXT_BOOT).message()).contains("position=6 was forced");
    }

    @Test
    void afterAPowerCutFastInsistsOnNothing() throws IOException {
        kill(Durability.FAST);
        flipIn(SECOND);
        assertThat(refused(BOOT).message()).contains("position=6 was acknowledged");
        assertThat(recovered(NEXT_BOOT)).isEqualTo(3);
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("cut after position=3");
        assertThat(warnings.get(1)).contains("positions 4 to 6 were acknowledged but not forced");
    }

    @Test
    void batchesBehindTheHoleProveWhatWasForcedWhenTheSlotsAreOld() throws IOException {
        Path live = temporary.resolve("old-slots");
        byte[] oldSlots;
        try (Journal journal = open(live, CONFIG, BOOT)) {
            oldSlots = Files.readAllBytes(live.resolve(JournalDirectory.SLOTS));
            batch(journal, "one", "two", "three");
            journal.barrier().advance();
            batch(journal, "four", "five", "six");
            killed = JournalImages.copy(live, temporary.resolve("old-slots-killed"));
        }
        Files.write(killed.resolve(JournalDirectory.SLOTS), oldSlots);
        documents = JournalImages.documents(JournalDirectory.generation(killed, 1), tested.framing());
        for (int offset : new int[] {0, 1, 40, 150}) {
            Extent first = documents.get(FIRST);
            JournalImages.flip(first.file(), first.start() + offset, 7);
            assertThat(refused(NEXT_BOOT).message()).contains("position=3 was forced");
            JournalImages.flip(first.file(), first.start() + offset, 7);
        }
        byte[] zeros = new byte
                [(int) (documents.get(FIRST).end() - documents.get(FIRST).start())];
        byte[] before = JournalImages.overwrite(
                documents.get(FIRST).file(), documents.get(FIRST).start(), zeros);
        refused(NEXT_BOOT);
        JournalImages.overwrite(
                documents.get(FIRST).file(), documents.get(FIRST).start(), before);
        flipIn(SECOND);
        assertThat(recovered(NEXT_BOOT)).isEqualTo(3);
    }

    @Test
    void forceThatFailsWhileSealingAfterAPowerCutLosesNothingThatWasRead() throws IOException {
        Path live = temporary.resolve("sealing");
        byte[] oldSlots;
        try (Journal journal = open(live, CONFIG, BOOT)) {
            oldSlots = Files.readAllBytes(live.resolve(JournalDirectory.SLOTS));
            batch(journal, "one", "two", "three");
            journal.barrier().advance();
            batch(journal, "four", "five", "six");
            journal.barrier().advance();
            killed = JournalImages.copy(live, temporary.resolve("sealing-killed"));
        }
        // The slots are not forced: after a power cut they may know nothing of 1 to 6, and no batch says that 4 to 6
        // were.
        Files.write(killed.resolve(JournalDirectory.SLOTS), oldSlots);
        JournalEnvironment failing = JournalEnvironment.system()
                .withBootId(NEXT_BOOT)
                .withForcer((channel, file) -> {
                    throw new IOException("injected");
                });
        assertThatThrownBy(() -> tested.open(killed, CONFIG, RecoveryProgress.silent(), failing))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("injected");
        assertThat(recovered(NEXT_BOOT)).isEqualTo(6);
    }

    @Test
    void oneDamagedSlotFallsBackToTheOther() throws IOException {
        Path slots = killed.resolve(JournalDirectory.SLOTS);
        AcknowledgedSlots.Slot newest = AcknowledgedSlots.read(killed);
        assertThat(newest).isNotNull();
        JournalImages.flip(slots, (newest.sequence() & 1) * 4096 + 16, 1);
        AcknowledgedSlots.Slot older = AcknowledgedSlots.read(killed);
        assertThat(older).isNotNull();
        assertThat(older.acknowledged()).isEqualTo(3);
        assertThat(recovered(BOOT)).isEqualTo(9);
    }

    @Test
    void lostSlotsRefuseAnUnsealedGenerationOnly() throws IOException {
        Files.delete(killed.resolve(JournalDirectory.SLOTS));
        assertThat(refused(BOOT).message()).contains("neither slot can be read");

        kill(Durability.FAST);
        recovered(BOOT);
        Files.delete(killed.resolve(JournalDirectory.SLOTS));
        assertThat(recovered(BOOT)).isEqualTo(10);
    }

    @Test
    void damagedOrMissingSealIsRefused() throws IOException {
        recovered(BOOT);
        Path seal = JournalDirectory.generation(killed, 1).resolve(JournalDirectory.SEAL);
        JournalImages.flip(seal, 90, 0);
        assertThat(refused(BOOT).file()).isEqualTo(seal);
        JournalImages.flip(seal, 90, 0);
        Files.delete(seal);
        assertThat(refused(BOOT).message()).contains("the seal is missing");
    }

    @Test
    void missingGenerationIsRefused() throws IOException {
        recovered(BOOT);
        Files.move(JournalDirectory.generation(killed, 1), temporary.resolve("elsewhere"));
        assertThat(refused(BOOT).message()).contains("the generation is missing");
        assertThatThrownBy(() -> tested.openReadOnly(killed)).isInstanceOf(JournalDamagedException.class);
    }

    @Test
    void sealedTailThatEndsBeforeWhatWasAcknowledgedIsRefused() throws IOException {
        assertThat(recovered(BOOT)).isEqualTo(9);
        // The last generation, which held position 10, is lost as a whole.
        Files.move(JournalDirectory.generation(killed, 2), temporary.resolve("elsewhere"));
        assertThat(refused(BOOT).message())
                .contains("the journal ends at position=9")
                .contains("position=10");
    }

    @Test
    void generationsBeforeTheSnapshotAreCheckedBySizeAndSealOnly() throws IOException {
        assertThat(recovered(BOOT)).isEqualTo(9);
        flipIn(FIRST);
        try (Journal journal = open(killed, CONFIG.withVerifyFromPosition(10), BOOT);
                JournalReader reader = journal.newReader()) {
            assertThat(journal.recoveredPosition()).isEqualTo(10);
            reader.seek(5);
            assertThat(rest(reader)).startsWith("5:five").hasSize(6);
            reader.seek(1);
            assertThatThrownBy(() -> rest(reader)).isInstanceOf(JournalDamagedException.class);
        }
        JournalReport report = tested.verify(killed, JournalEnvironment.system());
        assertThat(report.damage()).isNotNull();
        assertThat(report.damage().position()).isEqualTo(1);

        flipIn(FIRST);
        JournalImages.truncate(
                documents.get(SECOND).file(), documents.get(SECOND).end());
        assertThatThrownBy(() ->
                        open(killed, CONFIG.withVerifyFromPosition(10), BOOT).close())
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("its seal says");
    }

    @Test
    void generationThatDiedWhileStartingHoldsNothing() throws IOException {
        assertThat(recovered(BOOT)).isEqualTo(9);
        Files.createDirectory(JournalDirectory.generation(killed, 3));
        assertThat(recovered(BOOT)).isEqualTo(10);
        assertThat(recovered(NEXT_BOOT)).isEqualTo(11);
        try (JournalReader reader = tested.openReadOnly(killed)) {
            assertThat(rest(reader)).hasSize(12);
        }
    }

    @Test
    void readersRefuseADamagedRecord() throws IOException {
        try (JournalReader reader = tested.openReadOnly(killed)) {
            assertThat(rest(reader)).hasSize(9);
        }
        Path live = temporary.resolve("live");
        try (Journal journal = open(live, CONFIG, BOOT);
                JournalReader reader = journal.newReader()) {
            batch(journal, "one", "two");
            Extent first = JournalImages.documents(JournalDirectory.generation(live, 1), tested.framing())
                    .get(FIRST);
            JournalImages.flip(first.file(), first.start() + Integer.BYTES + BatchFrame.HEADER_BYTES + 33, 0);
            assertThatThrownBy(reader::next)
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining("record checksum");
        }
    }
}
