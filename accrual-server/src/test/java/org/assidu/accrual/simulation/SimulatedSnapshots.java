package org.assidu.accrual.simulation;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.pipeline.PipelineListener;
import org.assidu.accrual.pipeline.Recovery;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.assidu.accrual.snapshot.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of a world's journal, in real files, some of which the disk damages. Whatever is made of a snapshot and the records
 * behind it must have the state hash that the server had there.
 */
final class SimulatedSnapshots implements AutoCloseable {
    private static final int ONE_IN_DAMAGED = 5;

    private final SnapshotStore store;
    private final SplittableRandom random;
    private long taken;
    private long starts;
    private long passedOver;

    private final PipelineListener listener = new PipelineListener() {
        @Override
        public void recovery(String line) {
            passedOver += line.contains(" is passed over: ") ? 1 : 0;
        }

        @Override
        public void failed(Throwable cause) {}
    };

    SimulatedSnapshots(Path folder, SplittableRandom random) {
        store = new SnapshotStore(folder);
        this.random = random;
    }

    /** What a start begins with: a snapshot, two times in three. */
    @Nullable
    Recovery loaded(Journal journal) {
        if (random.nextInt(3) == 0) {
            return null;
        }
        Recovery loaded = newest(journal);
        starts += loaded == null ? 0 : 1;
        return loaded;
    }

    private @Nullable Recovery newest(Journal journal) {
        try (JournalReader reader = journal.newReader()) {
            return Recovery.load(store, reader, listener);
        }
    }

    /** Makes a snapshot as `assidu snapshot` does. @param upTo last position that no crash can take */
    void take(Journal journal, long upTo, History history) {
        Recovery loaded = newest(journal);
        Recovery state = loaded == null ? new Recovery() : loaded;
        try (JournalReader reader = journal.newReader()) {
            state.apply(reader, upTo, listener);
        }
        if (state.position() == state.snapshotPosition()) {
            return;
        }
        long expected = history.stateHash(state.position());
        long actual = state.engine().stateHash();
        Violation.unless(
                expected == 0 || expected == actual,
                "a snapshot of position=" + state.position() + " made from the one of position="
                        + state.snapshotPosition() + " has state hash " + Long.toHexString(actual) + ", the server had "
                        + Long.toHexString(expected));
        try {
            StoredSnapshot written = state.write(store, 0);
            taken++;
            if (random.nextInt(ONE_IN_DAMAGED) == 0) {
                damage(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void damage(StoredSnapshot snapshot) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(snapshot.file().toFile(), "rw")) {
            long at = random.nextLong(snapshot.bytes());
            if (random.nextBoolean()) {
                file.setLength(at);
            } else {
                file.seek(at);
                int before = file.read();
                file.seek(at);
                file.write(before ^ 1 << random.nextInt(8));
            }
        }
    }

    /** Deletes them all. */
    @Override
    public void close() {
        if (Files.exists(store.folder())) {
            FolderStorage.deleteTree(store.folder());
        }
    }

    long taken() {
        return taken;
    }

    long starts() {
        return starts;
    }

    long passedOver() {
        return passedOver;
    }
}
