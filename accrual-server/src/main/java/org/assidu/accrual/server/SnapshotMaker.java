package org.assidu.accrual.server;

import java.io.IOException;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.pipeline.PipelineListener;
import org.assidu.accrual.pipeline.Recovery;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.assidu.accrual.snapshot.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state of a journal that a server may be writing, and makes snapshots of it: the newest good one is loaded once, then
 * only what was acknowledged since is applied. Confined to one thread.
 */
public final class SnapshotMaker implements AutoCloseable {
    private final DataDirectory data;
    private final SnapshotStore store;
    private final LongSupplier epochMillis;
    private final JournalReader records;
    private final Recovery state;
    /** Position of the newest snapshot that this state was loaded from or written to; 0 = none. */
    private long snapshotPosition;

    /** Loads the newest good snapshot and applies what was acknowledged after it. @param listener told of both */
    SnapshotMaker(DataDirectory data, SnapshotStore store, LongSupplier epochMillis, PipelineListener listener)
            throws IOException {
        this.data = data;
        this.store = store;
        this.epochMillis = epochMillis;
        records = data.openReadOnly();
        try {
            Recovery loaded = Recovery.load(store, records, listener);
            state = loaded == null ? new Recovery() : loaded;
            snapshotPosition = state.snapshotPosition();
            state.apply(records, data.acknowledgedPosition(), listener);
        } catch (Throwable e) {
            records.close();
            throw e;
        }
    }

    /** Applies what was acknowledged since, one batch at least, for about so long. @return position of the state now */
    public long follow(long nanos) throws IOException {
        long upTo = data.acknowledgedPosition();
        if (state.position() < upTo) {
            state.applyFor(nanos, records, upTo);
        }
        return state.position();
    }

    /**
     * Writes a snapshot of what is acknowledged now.
     *
     * @return null when nothing came since the one before
     * @throws IllegalStateException when the state no longer has the hash that its changes add up to; nothing is written then
     */
    public @Nullable StoredSnapshot take() throws IOException {
        if (follow(Long.MAX_VALUE) == snapshotPosition) {
            return null;
        }
        long expected = state.engine().stateHash();
        long actual = state.engine().recomputedStateHash();
        if (actual != expected) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "the state in memory has hash=%016x, its changes add up to %016x: no snapshot is written; look at this"
                            + " machine's memory",
                    actual,
                    expected));
        }
        StoredSnapshot written = state.write(store, epochMillis.getAsLong());
        snapshotPosition = state.position();
        return written;
    }

    @Override
    public void close() {
        records.close();
    }
}
