package org.assidu.accrual.server;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.pipeline.PipelineListener;
import org.assidu.accrual.pipeline.Recovery;
import org.assidu.accrual.snapshot.SnapshotException;
import org.assidu.accrual.snapshot.SnapshotHead;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.assidu.accrual.snapshot.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of a data directory: what a start begins with, what a clean stop leaves behind, and what a process beside the server
 * makes from the journal alone. The accrual thread takes no part in any of it.
 */
public final class ServerSnapshots {
    /** Records since the newest snapshot from which a clean stop writes one: replaying fewer takes less than a second. */
    public static final long RECORDS_WORTH_A_SNAPSHOT = 50_000;

    private final DataDirectory data;
    private final SnapshotStore store;

    public ServerSnapshots(DataDirectory data, SnapshotStore store) {
        this.data = data;
        this.store = store;
    }

    public SnapshotStore store() {
        return store;
    }

    /**
     * What a journal that is not open yet can be recovered from.
     *
     * @return null = only from its first record
     */
    @Nullable
    Recovery load(PipelineListener listener) throws IOException {
        if (store.list().isEmpty() || JournalKind.find(data.journal()) == null) {
            return null;
        }
        try (JournalReader records = data.openReadOnly()) {
            return Recovery.load(store, records, listener);
        }
    }

    /**
     * Makes a snapshot of what the journal holds, also beside the server that is writing it: the newest good snapshot, the
     * records behind it, and then a file.
     *
     * @return null when nothing came since the newest one
     */
    public @Nullable StoredSnapshot take(LongSupplier epochMillis, PipelineListener listener) throws IOException {
        try (SnapshotMaker maker = maker(epochMillis, listener)) {
            return maker.take();
        }
    }

    /** As {@link #take}, for whoever makes more than one. @param listener told what is loaded and applied before this returns */
    public SnapshotMaker maker(LongSupplier epochMillis, PipelineListener listener) throws IOException {
        return new SnapshotMaker(data, store, epochMillis, listener);
    }

    /** Position of the newest snapshot that a start would go on from, read to its end; 0 = there is none. */
    public long goodPosition(PipelineListener listener) throws IOException {
        Recovery loaded = load(listener);
        return loaded == null ? 0 : loaded.position();
    }

    /** What the newest snapshot says about itself; null when there is none whose head is whole. */
    public @Nullable SnapshotHead newest() throws IOException {
        for (StoredSnapshot snapshot : store.list()) {
            try {
                return SnapshotStore.head(snapshot);
            } catch (SnapshotException | IOException unreadable) {
                // An older one may do; whoever loads it says what is wrong with this one.
            }
        }
        return null;
    }
}
