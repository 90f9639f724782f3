package org.assidu.accrual.pipeline;

import java.util.Locale;
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

/** State as the journal holds it: the engine by its outcomes, and everything that is derived beside it. */
final class Recovery implements RecordListener {
    private static final long PROGRESS_NANOS = 1_000_000_000L;
    private static final int RECORDS_BETWEEN_LOOKS = 4096;

    private final AccrualEngine engine = new AccrualEngine();
    private final ReceiptIndex index = new ReceiptIndex();
    private final ForeignMovements foreign = new ForeignMovements();
    private final PrivacyTrail privacy = new PrivacyTrail();
    private ProgrammeShelf shelf = ProgrammeShelf.EMPTY;
    private long position;
    private long timeMillis;
    private boolean historical;
    private long newestSoldMillis;

    private Recovery() {}

    static Recovery replay(Journal journal, PipelineListener listener) {
        Recovery recovery = new Recovery();
        long total = journal.recoveredPosition();
        long started = System.nanoTime();
        long reported = started;
        EngineReplay replay = new EngineReplay(recovery.engine, recovery);
        try (JournalReader reader = journal.newReader()) {
            while (recovery.position < total && reader.next()) {
                replay.apply(reader);
                recovery.position = reader.position();
                recovery.timeMillis = Math.max(recovery.timeMillis, reader.timeMillis());
                if (recovery.position % RECORDS_BETWEEN_LOOKS == 0 && System.nanoTime() - reported >= PROGRESS_NANOS) {
                    reported = System.nanoTime();
                    listener.recovery(progress(recovery.position, total, reported - started));
                }
            }
        }
        if (recovery.position != total) {
            throw new IllegalStateException("the journal ends at position " + recovery.position + ", expected " + total
                    + ": run assidu verify on the data directory");
        }
        listener.recovery(recovery.summary(System.nanoTime() - started));
        return recovery;
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

    private String summary(long nanos) {
        return String.format(
                Locale.ROOT,
                "recovered %,d records in %.1f s (%s): %,d members, %,d receipts, %,d open, state hash %016x",
                position,
                nanos / 1e9,
                rate(position, nanos),
                engine.members(),
                engine.receipts(),
                engine.openReceipts(),
                engine.stateHash());
    }

    private static String rate(long records, long nanos) {
        double perSecond = records * 1e9 / Math.max(1, nanos);
        return perSecond >= 1e6
                ? String.format(Locale.ROOT, "%.1f M/s", perSecond / 1e6)
                : String.format(Locale.ROOT, "%.0f k/s", perSecond / 1e3);
    }

    AccrualEngine engine() {
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

    /** Last position applied. */
    long position() {
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
