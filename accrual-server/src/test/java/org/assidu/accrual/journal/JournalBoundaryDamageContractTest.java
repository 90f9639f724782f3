package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.journal.JournalImages.batch;
import static org.assidu.accrual.journal.JournalImages.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assidu.accrual.journal.JournalImages.Extent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bit flips and truncations at every record boundary, and in every byte of every batch header, of a small journal whose process
 * was killed: generation 1 was sealed at position 4; of generation 2, positions 5–9 were acknowledged, and 10–14, two batches,
 * were not. Damage at or below 9 has to be refused with file and position; damage above it must leave the records before it,
 * and the generation sealed there.
 */
public abstract class JournalBoundaryDamageContractTest {
    private static final UUID BOOT = new UUID(1, 1);
    private static final int SEALED = 4;
    private static final int ACKNOWLEDGED = 9;
    private static final int LAST = 14;

    @TempDir
    Path temporary;

    private final TestedJournal tested;
    private final JournalEnvironment environment = JournalEnvironment.system().withBootId(BOOT);
    private final List<String> texts = new ArrayList<>();
    private final List<Batch> batches = new ArrayList<>();
    private Path killed = Path.of("");

    /** One batch: where it lies, and the positions of its records; 0 = a generation's header. */
    private record Batch(Extent extent, int generation, long first, long last, List<Long> boundaries) {}

    protected JournalBoundaryDamageContractTest(TestedJournal tested) {
        this.tested = tested;
    }

    @BeforeEach
    void kill() throws IOException {
        Path live = temporary.resolve("live");
        try (Journal journal = open(live)) {
            append(journal, 1, 2);
            append(journal, 3, SEALED);
            journal.barrier().advance();
        }
        try (Journal journal = open(live)) {
            append(journal, 5, 7);
            append(journal, 8, ACKNOWLEDGED);
            journal.barrier().advance();
            append(journal, 10, 10);
            append(journal, 11, LAST);
            killed = JournalImages.copy(live, temporary.resolve("killed"));
        }
        note(1);
        note(2);
        assertThat(batches).hasSize(8);
    }

    private Journal open(Path directory) {
        return tested.open(directory, JournalContractTest.CONFIG, RecoveryProgress.silent(), environment);
    }

    /** Texts of different lengths, so that frames are padded in different ways. */
    private void append(Journal journal, int first, int last) {
        String[] added = new String[last - first + 1];
        for (int position = first; position <= last; position++) {
            added[position - first] = "x".repeat(position * 5 % 11 + 1) + position;
            texts.add(position + ":" + added[position - first]);
        }
        batch(journal, added);
    }

    private void note(int generation) throws IOException {
        for (Extent extent :
                JournalImages.documents(JournalDirectory.generation(killed, generation), tested.framing())) {
            byte[] bytes = new byte[(int) (extent.end() - extent.start()) - Integer.BYTES];
            try (var file = Files.newByteChannel(extent.file())) {
                file.position(extent.start() + Integer.BYTES).read(java.nio.ByteBuffer.wrap(bytes));
            }
            boolean header = GenerationHeader.isHeader(bytes, 0, bytes.length);
            List<Long> boundaries = new ArrayList<>(List.of(extent.start(), extent.start() + Integer.BYTES));
            long first = header ? 0 : BatchFrame.firstPosition(bytes, 0);
            long last = header ? 0 : BatchFrame.lastPosition(bytes, 0);
            int at = BatchFrame.HEADER_BYTES;
            while (!header && at < bytes.length) {
                boundaries.add(extent.start() + Integer.BYTES + at);
                at += RecordFrame.frameBytes(RecordFrame.payloadBytes(bytes, at));
            }
            batches.add(new Batch(extent, generation, first, last, boundaries));
        }
    }

    /** What must be left when a batch cannot be read: the last position before it. */
    private long before(Batch damaged) {
        return damaged.first() == 0 ? (damaged.generation() == 1 ? 0 : SEALED) : damaged.first() - 1;
    }

    private boolean wasPromised(Batch batch) {
        return batch.last() <= ACKNOWLEDGED;
    }

    @Test
    void everyByteOfEveryBatchHeaderAndEveryRecordBoundaryIsRefusedOrCutsThere() throws IOException {
        int flips = 0;
        for (Batch batch : batches) {
            Set<Long> places = new LinkedHashSet<>();
            long header = batch.first() == 0 ? GenerationHeader.BYTES : BatchFrame.HEADER_BYTES;
            for (long at = 0; at < Integer.BYTES + header; at++) {
                places.add(batch.extent().start() + at);
            }
            for (long boundary : batch.boundaries()) {
                places.add(boundary - 1);
                places.add(boundary);
            }
            places.add(batch.extent().end() - 1);
            places.removeIf(at -> at < batch.extent().start());
            for (long at : places) {
                flips++;
                int bit = (int) (at * 5 % 8);
                JournalImages.flip(batch.extent().file(), at, bit);
                expectVerdict(batch, "flipped bit " + bit + " of byte " + at + " of " + batch);
                JournalImages.flip(batch.extent().file(), at, bit);
            }
        }
        assertThat(flips).isGreaterThan(800);
        JournalReport whole = tested.verify(killed, environment);
        assertThat(whole.records()).isEqualTo(LAST);
        assertThat(whole.damage()).isNull();
    }

    @Test
    void aFileCutAtAnyRecordBoundaryIsRefusedOrCutThere() throws IOException {
        for (Batch batch : batches) {
            Set<Long> places = new LinkedHashSet<>(batch.boundaries());
            batch.boundaries().forEach(boundary -> places.add(boundary + 1));
            places.add(batch.extent().end() - 1);
            for (long length : places) {
                Path image = JournalImages.copy(killed, temporary.resolve("cut-" + batch.generation() + "-" + length));
                JournalImages.truncate(
                        image.resolve(killed.relativize(batch.extent().file())), length);
                String what = "cut to " + length + " at " + batch;
                if (batch.generation() == 1) {
                    expectShorterThanItsSeal(image, batch, what);
                } else {
                    expectVerdict(image, batch, what);
                }
            }
        }
    }

    /** Real starts, which seal what they cut; one for each kind of boundary. */
    @Test
    void aStartSealsAtTheLastGoodRecordAndGoesOnBehindIt() throws IOException {
        for (Batch batch : batches) {
            for (long boundary : batch.boundaries()) {
                String what = "flip at " + boundary + " of " + batch;
                Path image =
                        JournalImages.copy(killed, temporary.resolve("start-" + batch.generation() + "-" + boundary));
                JournalImages.flip(
                        image.resolve(killed.relativize(batch.extent().file())), boundary, 2);
                if (wasPromised(batch)) {
                    expectRefusal(image, batch, what);
                } else {
                    expectCut(image, batch, what);
                }
            }
        }
    }

    private void expectRefusal(Path image, Batch batch, String what) {
        try (Journal journal = open(image)) {
            throw new AssertionError(what + " was opened up to " + journal.recoveredPosition());
        } catch (JournalDamagedException e) {
            assertThat(e.damage().position()).as(what).isEqualTo(before(batch) + 1);
            assertThat(e.damage().file().getFileName())
                    .as(what)
                    .isEqualTo(batch.extent().file().getFileName());
            assertThat(e).as(what).hasMessageContaining("assidu verify --data " + image);
        }
        assertThat(JournalDirectory.generations(image)).as(what).containsExactly(1, 2);
    }

    private void expectCut(Path image, Batch batch, String what) {
        long kept = before(batch);
        try (Journal journal = open(image)) {
            assertThat(journal.recoveredPosition()).as(what).isEqualTo(kept);
            batch(journal, "next");
            journal.barrier().advance();
        }
        List<String> expected = new ArrayList<>(texts.subList(0, (int) kept));
        expected.add((kept + 1) + ":next");
        try (JournalReader reader = tested.openReadOnly(image)) {
            assertThat(rest(reader)).as(what).isEqualTo(expected);
        }
        assertThat(tested.verify(image, environment).generations())
                .as(what)
                .extracting(GenerationSummary::state)
                .containsExactly("closed", "cut", "closed");
    }

    /** Seen by the file's size, before anything of the generation is read. */
    private void expectShorterThanItsSeal(Path image, Batch batch, String what) {
        JournalDamage damage = tested.verify(image, environment).damage();
        assertThat(damage).as(what).isNotNull();
        assertThat(damage.position()).as(what).isEqualTo(1);
        assertThat(damage.message())
                .as(what)
                .contains(batch.extent().file().getFileName().toString())
                .contains("its seal says");
    }

    private void expectVerdict(Batch batch, String what) {
        expectVerdict(killed, batch, what);
    }

    /** What a start would say, without starting: both ask the same verifier. */
    private void expectVerdict(Path image, Batch batch, String what) {
        JournalReport report = tested.verify(image, environment);
        assertThat(report.records()).as(what).isEqualTo(before(batch));
        JournalDamage damage = report.damage();
        if (wasPromised(batch)) {
            assertThat(damage).as(what).isNotNull();
            assertThat(damage.position()).as(what).isEqualTo(before(batch) + 1);
            assertThat(damage.message()).as(what).contains("gen-00000" + batch.generation());
        } else {
            assertThat(damage).as(what).isNull();
        }
    }
}
