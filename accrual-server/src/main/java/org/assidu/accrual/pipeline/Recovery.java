package org.assidu.accrual.pipeline;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.assidu.accrual.replay.EngineReplay;
import org.assidu.accrual.replay.ReceiptIndex;
import org.assidu.accrual.replay.RecordListener;
import org.assidu.accrual.replay.RecordedReceipts;
import org.assidu.accrual.snapshot.SnapshotException;
import org.assidu.accrual.snapshot.SnapshotHead;
import org.assidu.accrual.snapshot.SnapshotReader;
import org.assidu.accrual.snapshot.SnapshotStore;
import org.assidu.accrual.snapshot.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * State as the journal holds it: the engine by its outcomes, and everything that is derived beside it. It comes from the newest
 * good snapshot and the records behind it, or from all records.
 */
public final class Recovery implements RecordListener {
    private static final long PROGRESS_NANOS = 1_000_000_000L;
    private static final int RECORDS_BETWEEN_LOOKS = 4096;
    private static final int HASH_BYTES = 32;

    private final AccrualEngine engine;
    private final ReceiptIndex index;
    private final ForeignMovements foreign;
    private final PrivacyTrail privacy;
    private ProgrammeShelf shelf;
    private long position;
    private long timeMillis;
    private boolean historical;
    private long newestSoldMillis;
    private final byte[] batchHash = new byte[HASH_BYTES];
    /** Position of the snapshot that it began with; 0 = none. */
    private long snapshotPosition;

    /** As before the first record. */
    public Recovery() {
        this(new AccrualEngine(), new ReceiptIndex(), new ForeignMovements(), new PrivacyTrail(), ProgrammeShelf.EMPTY);
    }

    private Recovery(
            AccrualEngine engine,
            ReceiptIndex index,
            ForeignMovements foreign,
            PrivacyTrail privacy,
            ProgrammeShelf shelf) {
        this.engine = engine;
        this.index = index;
        this.foreign = foreign;
        this.privacy = privacy;
        this.shelf = shelf;
    }

    /**
     * The state of a stage whose threads have ended.
     *
     * @param chainHead hash of the last committed batch
     */
    static Recovery of(AccrualStage stage, ReceiptIndex index, byte[] chainHead) {
        Recovery state = new Recovery(stage.engine(), index, stage.foreign(), stage.privacyTrail(), stage.shelf());
        state.position = stage.committed();
        state.timeMillis = stage.now();
        state.historical = stage.time().isHistorical();
        state.newestSoldMillis = stage.time().newestSoldMillis();
        System.arraycopy(chainHead, 0, state.batchHash, 0, HASH_BYTES);
        return state;
    }

    private Recovery(SnapshotReader snapshot) {
        position = snapshotPosition = snapshot.head().position();
        timeMillis = snapshot.head().journalMillis();
        System.arraycopy(HexFormat.of().parseHex(snapshot.head().chainHash()), 0, batchHash, 0, HASH_BYTES);
        shelf = ProgrammeShelf.read(snapshot);
        engine = AccrualEngine.restored(
                snapshot,
                shelf.versions().stream().map(ProgrammeVersion::programme).toList());
        index = new ReceiptIndex();
        foreign = new ForeignMovements();
        privacy = new PrivacyTrail();
        index.read(snapshot);
        foreign.read(snapshot);
        privacy.read(snapshot);
        snapshot.begin("newest-sale");
        historical = snapshot.takeBoolean();
        newestSoldMillis = snapshot.takeLong();
    }

    /**
     * From the newest good snapshot.
     *
     * @param records says whether a snapshot is of this journal; null = take its word for it
     * @param listener told of snapshots that are passed over
     * @return null when there is none
     */
    public static @Nullable Recovery load(
            SnapshotStore store, @Nullable JournalReader records, PipelineListener listener) {
        try {
            long started = System.nanoTime();
            Recovery loaded = store.newestGood(snapshot -> restored(snapshot, records), listener::recovery)
                    .orElse(null);
            if (loaded != null) {
                listener.recovery(String.format(
                        Locale.ROOT,
                        "loaded the snapshot of position %,d in %.1f s: %,d members",
                        loaded.position,
                        (System.nanoTime() - started) / 1e9,
                        loaded.engine.totals().members()));
            }
            return loaded;
        } catch (IOException e) {
            listener.recovery("snapshots in " + store.folder() + " cannot be listed: " + e);
            return null;
        }
    }

    private static Recovery restored(SnapshotReader snapshot, @Nullable JournalReader records) {
        SnapshotHead head = snapshot.head();
        if (head.imageVersion() != AccrualEngine.IMAGE_VERSION
                || head.semanticsVersion() != AccrualEngine.SEMANTICS_VERSION) {
            throw new SnapshotException(
                    "it was written by image version " + head.imageVersion() + ", semantics version "
                            + head.semanticsVersion() + "; this version reads " + AccrualEngine.IMAGE_VERSION + " and "
                            + AccrualEngine.SEMANTICS_VERSION);
        }
        if (records != null) {
            checkChain(head, records);
        }
        Recovery restored = new Recovery(snapshot);
        long actual = restored.engine.stateHash();
        if (actual != head.stateHash()) {
            throw new SnapshotException(
                    String.format(Locale.ROOT, "state hash expected=%016x actual=%016x", head.stateHash(), actual));
        }
        return restored;
    }

    /** Whether the journal's batch that ends at the snapshot's position is the one that the snapshot names. */
    private static void checkChain(SnapshotHead head, JournalReader records) {
        records.seek(head.position());
        if (!records.next()) {
            throw new SnapshotException("the journal ends before its position " + head.position());
        }
        byte[] hash = new byte[HASH_BYTES];
        records.copyBatchHash(hash);
        String actual = HexFormat.of().formatHex(hash);
        if (records.batchEnd() != head.position() || !actual.equals(head.chainHash())) {
            throw new SnapshotException("the journal's batch of position " + head.position() + " ends at position "
                    + records.batchEnd() + " with hash=" + actual + ", the snapshot's with hash=" + head.chainHash()
                    + ": it is of another journal");
        }
    }

    /** Recovers a journal that was just opened. @param loaded where to begin; null = at the first record */
    static Recovery replay(Journal journal, @Nullable Recovery loaded, PipelineListener listener) {
        Recovery recovery = loaded == null ? new Recovery() : loaded;
        long total = journal.recoveredPosition();
        try (JournalReader reader = journal.newReader()) {
            recovery.apply(reader, total, listener);
        }
        if (recovery.position != total) {
            throw new IllegalStateException("the journal ends at position " + recovery.position + ", expected " + total
                    + ": run assidu verify on the data directory");
        }
        return recovery;
    }

    /**
     * Applies the whole batches behind its position, up to a limit, and tells how far it has come.
     *
     * @throws IllegalStateException naming the position when a record cannot be read
     */
    public void apply(JournalReader reader, long upTo, PipelineListener listener) {
        long first = position;
        long started = System.nanoTime();
        long reported = started;
        EngineReplay replay = new EngineReplay(engine, this);
        reader.seek(position + 1);
        while (position < upTo && reader.next() && reader.batchEnd() <= upTo) {
            apply(reader, replay);
            if (position % RECORDS_BETWEEN_LOOKS == 0 && System.nanoTime() - reported >= PROGRESS_NANOS) {
                reported = System.nanoTime();
                listener.recovery(progress(position - first, upTo - first, reported - started));
            }
        }
        listener.recovery(summary(position - first, System.nanoTime() - started));
    }

    /** Applies whole batches behind its position, one at least, for about so long, up to a limit, and tells nobody. */
    public void applyFor(long nanos, JournalReader reader, long upTo) {
        long started = System.nanoTime();
        EngineReplay replay = new EngineReplay(engine, this);
        reader.seek(position + 1);
        boolean batchEnded = false;
        while (position < upTo
                && !(batchEnded && System.nanoTime() - started >= nanos)
                && reader.next()
                && reader.batchEnd() <= upTo) {
            batchEnded = apply(reader, replay);
        }
    }

    /** @return whether that was the last record of its batch */
    private boolean apply(JournalReader reader, EngineReplay replay) {
        replay.apply(reader);
        position = reader.position();
        timeMillis = Math.max(timeMillis, reader.timeMillis());
        if (position < reader.batchEnd()) {
            return false;
        }
        reader.copyBatchHash(batchHash);
        return true;
    }

    /** Writes it as it is now. @param takenAtMillis wall clock */
    public StoredSnapshot write(SnapshotStore store, long takenAtMillis) throws IOException {
        return write(
                store,
                new SnapshotHead(
                        position,
                        HexFormat.of().formatHex(batchHash),
                        engine.stateHash(),
                        AccrualEngine.IMAGE_VERSION,
                        AccrualEngine.SEMANTICS_VERSION,
                        timeMillis,
                        takenAtMillis));
    }

    StoredSnapshot write(SnapshotStore store, SnapshotHead head) throws IOException {
        return store.write(head, sink -> {
            shelf.write(sink);
            engine.write(sink);
            index.write(sink);
            foreign.write(sink);
            privacy.write(sink);
            sink.begin("newest-sale");
            sink.putBoolean(historical);
            sink.putLong(newestSoldMillis);
        });
    }

    @Override
    public void receipt(
            RecordType type,
            ReceiptColumns receipt,
            OutcomeColumns outcome,
            RecordContext context,
            long recordPosition,
            long recordMillis) {
        if (type == RecordType.RECEIPT) {
            index.put(engine.identityHash(receipt, RecordedReceipts.ITSELF), recordPosition);
            historical = receipt.historical;
            newestSoldMillis = receipt.soldAtMillis;
        }
        foreign.note(AccrualEngine.chainMember(receipt, outcome), outcome, recordPosition);
    }

    @Override
    public void operation(
            Operation operation,
            OutcomeColumns outcome,
            RecordContext context,
            long recordPosition,
            long recordMillis) {
        foreign.note(operation.memberKey(), outcome, recordPosition);
    }

    @Override
    public void programme(PublishedProgramme programme, long recordPosition, long recordMillis) {
        shelf = shelf.with(
                new ProgrammeVersion(programme, recordMillis, recordPosition), ProgrammeCompiler.compile(programme));
    }

    @Override
    public void enrolment(MemberEnrolment enrolment, long recordPosition, long recordMillis) {
        privacy.note(enrolment.memberKey(), recordPosition);
    }

    @Override
    public void privacy(PrivacyEvent event, long recordPosition, long recordMillis) {
        privacy.note(event, recordPosition);
    }

    static String progress(long done, long total, long nanos) {
        return String.format(Locale.ROOT, "recovering %,d of %,d records (%s)", done, total, rate(done, nanos));
    }

    private String summary(long records, long nanos) {
        return String.format(
                Locale.ROOT,
                "recovered %,d records in %.1f s (%s)%s: %,d members, %,d receipts, %,d open, state hash %016x",
                records,
                nanos / 1e9,
                rate(records, nanos),
                snapshotPosition == 0 ? "" : String.format(Locale.ROOT, " behind position %,d", position - records),
                engine.totals().members(),
                engine.totals().receipts(),
                engine.totals().openReceipts(),
                engine.stateHash());
    }

    private static String rate(long records, long nanos) {
        double perSecond = records * 1e9 / Math.max(1, nanos);
        return perSecond >= 1e6
                ? String.format(Locale.ROOT, "%.1f M/s", perSecond / 1e6)
                : String.format(Locale.ROOT, "%.0f k/s", perSecond / 1e3);
    }

    /** All members erased so far. */
    public Set<Long> erasedMembers() {
        return privacy.erased();
    }

    public AccrualEngine engine() {
        return engine;
    }

    ReceiptIndex index() {
        return index;
    }

    ForeignMovements foreign() {
        return foreign;
    }

    PrivacyTrail privacy() {
        return privacy;
    }

    ProgrammeShelf shelf() {
        return shelf;
    }

    /** Position of the snapshot that it began with; 0 = none. */
    public long snapshotPosition() {
        return snapshotPosition;
    }

    /** Last position applied. */
    public long position() {
        return position;
    }

    /** Latest journal time seen. */
    long timeMillis() {
        return timeMillis;
    }

    /** Whether the newest receipt is historical. */
    boolean historical() {
        return historical;
    }

    /** When the newest receipt was sold; 0 = there is none. */
    long newestSoldMillis() {
        return newestSoldMillis;
    }
}
