package org.assidu.accrual.pipeline;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.assidu.accrual.codec.EnrolmentRecordCodec;
import org.assidu.accrual.codec.OperationRecordCodec;
import org.assidu.accrual.codec.PrivacyRecordCodec;
import org.assidu.accrual.codec.ProductsRecordCodec;
import org.assidu.accrual.codec.ProgrammeRecordCodec;
import org.assidu.accrual.codec.ReceiptRecordCodec;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.codec.StoresRecordCodec;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.engine.OriginalReceipts;
import org.assidu.accrual.journal.JournalAppender;
import org.assidu.accrual.journal.JournalFullException;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.MemberStatus;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PrivacyEvent;
import org.assidu.accrual.model.ProductEntry;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.model.StoreEntry;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.replay.ReceiptIndex;
import org.assidu.accrual.replay.RecordedReceipts;
import org.jspecify.annotations.Nullable;

/**
 * Decide → append → apply, for one item after the other: the only place where state changes. For the accrual thread, except
 * where noted.
 */
final class AccrualStage implements OriginalReceipts {
    private static final int FIRST_BUFFER_BYTES = 64 << 10;
    private static final int MOST_TIMEOUTS_A_TICK = 256;
    private static final int CATALOGUE_ENTRIES_A_RECORD = 500;

    private final AccrualEngine engine;
    private final JournalAppender appender;
    private final ReceiptIndex index;
    private final RecordedReceipts journal;
    private final ForeignMovements foreign;
    private final PrivacyTrail privacy;
    private final LongSupplier clock;
    private final ReceiptRecordCodec codec = new ReceiptRecordCodec();
    private final RecordContext context = new RecordContext();
    private final OutcomeColumns timeoutOutcome = new OutcomeColumns();
    private final ReceiptColumns missedReceipt = new ReceiptColumns();
    private final OutcomeColumns missedOutcome = new OutcomeColumns();
    private final OutcomeColumns timeOutcome = new OutcomeColumns();
    private final Timekeeper time;
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private @Nullable SalesItem current;

    private volatile ProgrammeShelf shelf;
    private volatile long committed;
    private long lastPosition;
    private long journalMillis;
    private int batchBytes;
    private int batchRecords;
    private final AtomicLong batches = new AtomicLong();
    private volatile long largestBatch;

    /**
     * @param clock epoch milliseconds
     * @param nanoTime for how long a slice of work takes
     */
    AccrualStage(
            Recovery recovered,
            JournalAppender appender,
            RecordedReceipts journal,
            LongSupplier clock,
            LongSupplier nanoTime) {
        engine = recovered.engine();
        index = recovered.index();
        foreign = recovered.foreign();
        privacy = recovered.privacy();
        shelf = recovered.shelf();
        lastPosition = committed = recovered.position();
        journalMillis = recovered.timeMillis();
        this.appender = appender;
        this.journal = journal;
        this.clock = clock;
        time = new Timekeeper(engine, this::pass, nanoTime);
        time.sold(recovered.historical(), recovered.newestSoldMillis());
    }

    /** Decides all receipts of an item. */
    void decide(SalesItem item) {
        current = item;
        for (int at = 0; at < item.receipts(); at++) {
            if (!item.refused(at)) {
                decide(item, at);
                tellStanding(item, at);
            }
        }
        current = null;
        item.decidedAt(lastPosition);
    }

    /** Where the member stands once the receipt is applied, for whoever asked for texts. */
    private void tellStanding(SalesItem item, int at) {
        long member = item.receipt(at).memberKey;
        if (member != 0
                && !item.language(at).isEmpty()
                && !item.refused(at)
                && !item.outcome(at).status.refused()) {
            item.standing(at, engine.standing(member, journalMillis));
        }
    }

    private void decide(SalesItem item, int at) {
        ReceiptColumns receipt = item.receipt(at);
        OutcomeColumns outcome = item.outcome(at);
        long now = now();
        if (!time.passUntil(receipt.historical ? Math.min(receipt.soldAtMillis, now) : now)) {
            item.refuse(at, ReceiptStatus.OVERLOADED, "disk: no room to begin the day; send again later");
            return;
        }
        stateFact(receipt);
        ReceiptColumns recorded = engine.decide(receipt, this, now, outcome);
        while (outcome.status.journalled() && engine.time().overdueMember() != 0) {
            if (!settle(engine.time().overdueMember())) {
                item.refuse(at, ReceiptStatus.OVERLOADED, "disk: no room for what is due before; send again later");
                return;
            }
            recorded = engine.decide(receipt, this, now, outcome);
        }
        if (!outcome.status.journalled()) {
            return;
        }
        int bytes = encode(recorded, outcome, now);
        if (bytes > JournalAppender.MAXIMUM_PAYLOAD_BYTES) {
            item.refuse(
                    at,
                    ReceiptStatus.MALFORMED_LINE,
                    "receipt: " + recorded.lines + " lines make a record of " + bytes + " bytes, at most "
                            + JournalAppender.MAXIMUM_PAYLOAD_BYTES + "; send it as several receipts");
            return;
        }
        RecordType type = recordType(recorded);
        try {
            append(type, bytes, now);
        } catch (JournalFullException full) {
            item.refuse(at, ReceiptStatus.OVERLOADED, "disk: " + full.getMessage() + "; send again later");
            return;
        }
        apply(type, recorded, outcome, now);
    }

    /**
     * Whether a member is new is what the engine has seen, not what the directory did: a sale lost in a crash after its card was
     * enrolled is a first sale again when it is sent anew.
     */
    private void stateFact(ReceiptColumns receipt) {
        if (receipt.memberFact == MemberFact.KNOWN || receipt.memberFact == MemberFact.AUTO_ENROLLED) {
            boolean seen = engine.lastPositionOf(receipt.memberKey) != 0 || engine.member(receipt.memberKey) != null;
            receipt.memberFact = seen ? MemberFact.KNOWN : MemberFact.AUTO_ENROLLED;
        }
    }

    private static RecordType recordType(ReceiptColumns receipt) {
        return switch (receipt.phase) {
            case UNSPECIFIED, WHOLE, CLOSING -> RecordType.RECEIPT;
            case OPEN -> RecordType.CHUNK;
            case VOID -> RecordType.VOID;
        };
    }

    private int encode(ReceiptColumns receipt, OutcomeColumns outcome, long now) {
        ensureBuffer(ReceiptRecordCodec.encodedSizeBound(receipt, outcome));
        long previous = engine.lastPositionOf(AccrualEngine.chainMember(receipt, outcome));
        return codec.encode(receipt, outcome, context.set(now, previous, AccrualEngine.SEMANTICS_VERSION), buffer, 0);
    }

    private void apply(RecordType type, ReceiptColumns receipt, OutcomeColumns outcome, long now) {
        engine.applyReceipt(receipt, outcome, lastPosition, now);
        if (type == RecordType.RECEIPT) {
            index.put(engine.identityHash(receipt, RecordedReceipts.ITSELF), lastPosition);
            time.sold(receipt.historical, receipt.soldAtMillis);
        }
        foreign.note(AccrualEngine.chainMember(receipt, outcome), outcome, lastPosition);
    }

    /** Appends what the buffer holds. */
    private void append(RecordType type, int bytes, long now) {
        lastPosition = appender.append(type.code(), now, buffer, 0, bytes);
        batchBytes += bytes;
        batchRecords++;
    }

    /** A receipt that the lookup stage did not bring: written by this batch or just before it, so it is read at once. */
    @Override
    public @Nullable RecordedReceipt find(ReceiptColumns of, int original) {
        long hash = engine.identityHash(of, original);
        SalesItem item = current;
        RecordedReceipt read = item == null ? null : item.originals().find(of, original, hash);
        if (read != null) {
            return read;
        }
        if (index.find(hash, 0) == 0) {
            return null;
        }
        commit();
        long position = journal.find(of, original, hash, committed, missedReceipt, missedOutcome);
        return position == 0 ? null : new RecordedReceipt(missedReceipt, missedOutcome, position, journal.timeMillis());
    }

    /** Voids open receipts that have timed out. */
    void voidTimedOut() {
        long now = now();
        for (int voided = 0; voided < MOST_TIMEOUTS_A_TICK; voided++) {
            ReceiptColumns open = engine.abandoned(now);
            if (open == null) {
                return;
            }
            ReceiptColumns recorded = engine.decide(open, this, now, timeoutOutcome);
            while (engine.time().overdueMember() != 0) {
                if (!settle(engine.time().overdueMember())) {
                    return;
                }
                recorded = engine.decide(open, this, now, timeoutOutcome);
            }
            if (!timeoutOutcome.status.journalled()) {
                throw new IllegalStateException("the engine abandons receipt " + open.number + " at store "
                        + open.string(open.store) + ", till " + open.string(open.till) + ", but its void is decided "
                        + timeoutOutcome.status);
            }
            try {
                append(RecordType.VOID, encode(recorded, timeoutOutcome, now), now);
            } catch (JournalFullException full) {
                return;
            }
            apply(RecordType.VOID, recorded, timeoutOutcome, now);
        }
    }

    /** Gives back reservations whose time is over. */
    void endReservations() {
        for (int ended = 0; ended < MOST_TIMEOUTS_A_TICK; ended++) {
            Operation over = engine.endedReservation(now());
            if (over == null) {
                return;
            }
            OperationAnswer answer;
            try {
                answer = operate(over);
            } catch (JournalFullException full) {
                return;
            }
            if (!answer.status().journalled()) {
                throw new IllegalStateException("the engine ends reservation " + over.idempotencyKey()
                        + ", but that is decided " + answer.status());
            }
        }
    }

    /** Journals the next programme version. */
    PublicationAnswer publish(PublicationRequest request) {
        long now = now();
        ProgrammePublication publication = ProgrammePublication.prepare(request, shelf, engine, now);
        if (publication instanceof ProgrammePublication.Refused refused) {
            return new PublicationAnswer(null, refused.problems(), lastPosition);
        }
        if (publication instanceof ProgrammePublication.Unchanged unchanged) {
            return new PublicationAnswer(unchanged.version(), List.of(), lastPosition);
        }
        ProgrammePublication.Next next = (ProgrammePublication.Next) publication;
        ensureBuffer(ProgrammeRecordCodec.encodedSizeBound(next.record()));
        append(RecordType.PROGRAMME, ProgrammeRecordCodec.encode(next.record(), buffer, 0), now);
        engine.applyProgramme(next.published(), lastPosition);
        ProgrammeVersion version = new ProgrammeVersion(next.published(), now, lastPosition);
        shelf = shelf.with(version, next.compiled());
        return new PublicationAnswer(version, List.of(), lastPosition);
    }

    /** Journals an enrolment, unless the member is known and the enrolment adds nothing. */
    EnrolmentAnswer enrol(MemberEnrolment asked) {
        // The day begins before it, and not between it and its welcome.
        time.passByClock(now());
        boolean created = engine.member(asked.memberKey()) == null;
        MemberEnrolment enrolment = asked.withCreated(created);
        if (created
                || !enrolment.termsVersion().isEmpty()
                || !enrolment.consents().isEmpty()) {
            long now = now();
            ensureBuffer(EnrolmentRecordCodec.encodedSizeBound(enrolment));
            append(RecordType.ENROLMENT, EnrolmentRecordCodec.encode(enrolment, buffer, 0), now);
            engine.applyEnrolment(enrolment, lastPosition, now);
            privacy.note(enrolment.memberKey(), lastPosition);
        }
        welcome(enrolment.memberKey());
        return new EnrolmentAnswer(enrolment.memberKey(), created, lastPosition);
    }

    /** What joining is worth: in the batch of the enrolment or, when that came without, the next time on the same day. */
    private void welcome(long memberKey) {
        long now = now();
        operate(
                new Operation(OperationKind.ACT, memberKey, 0, ActKind.WELCOME.name(), "", 0, now, "", "", List.of()),
                now);
    }

    /** Decides an operation, and journals and applies it when it is done. */
    OperationAnswer operate(Operation operation) {
        return operate(operation, now());
    }

    /** As {@link #operate(Operation)}, at a time that {@link #now} said in this turn. */
    OperationAnswer operate(Operation operation, long now) {
        time.passByClock(now);
        OutcomeColumns outcome = new OutcomeColumns();
        OperationStatus status = operate(engine.desk().current(operation), outcome, now);
        return new OperationAnswer(status, outcome, lastPosition);
    }

    private OperationStatus operate(Operation operation, OutcomeColumns outcome, long now) {
        OperationStatus status = engine.decide(operation, this, now, outcome);
        while (status.journalled() && engine.time().overdueMember() != 0) {
            if (!settle(engine.time().overdueMember())) {
                throw new JournalFullException("no room for what is due before");
            }
            status = engine.decide(operation, this, now, outcome);
        }
        if (status.journalled()) {
            ensureBuffer(OperationRecordCodec.encodedSizeBound(operation, outcome));
            context.set(now, engine.lastPositionOf(operation.memberKey()), AccrualEngine.SEMANTICS_VERSION);
            append(RecordType.OPERATION, OperationRecordCodec.encode(operation, outcome, context, buffer, 0), now);
            engine.applyOperation(operation, outcome, lastPosition, now);
            foreign.note(operation.memberKey(), outcome, lastPosition);
        }
        return status;
    }

    /**
     * Puts a tick or a settlement into effect, at the time that {@link #now} said last: what is decided after it in the same turn
     * is recorded with that time, too.
     *
     * @return false when the disk has no room for it
     */
    private boolean pass(Operation operation) {
        boolean ofHistory = operation.kind() == OperationKind.SETTLE && time.isHistory(journalMillis);
        OperationStatus status;
        try {
            status = operate(ofHistory ? operation.ofHistory() : operation, timeOutcome, journalMillis);
        } catch (JournalFullException full) {
            return false;
        }
        if (!status.journalled()) {
            throw new IllegalStateException("the engine asks for " + operation + ", but decides it " + status);
        }
        return true;
    }

    /** Does what is due for a member, day by day. @return false when the disk has no room for it */
    private boolean settle(long member) {
        for (Operation due = engine.time().settleOf(member);
                due != null;
                due = engine.time().settleOf(member)) {
            if (!pass(due)) {
                return false;
            }
        }
        return true;
    }

    /** Begins the days that are due by the clock. */
    void passByClock() {
        time.passByClock(now());
    }

    /** Day of the clock; 0 while time changes nothing. */
    int today() {
        long now = now();
        Programme programme = engine.programmeAt(now);
        return programme == null || engine.time().nextTickMillis() == Long.MAX_VALUE ? 0 : programme.day(now);
    }

    Timekeeper time() {
        return time;
    }

    /** Journals a decision about a member's data; an erasure once only. @return its position */
    long privacy(PrivacyEvent event) {
        if (event.action().erases() && privacy.isErased(event.memberKey())) {
            return lastPosition;
        }
        ensureBuffer(PrivacyRecordCodec.encodedSizeBound(event));
        append(RecordType.PRIVACY, PrivacyRecordCodec.encode(event, buffer, 0), now());
        privacy.note(event, lastPosition);
        long position = lastPosition;
        if (privacy.isOpposed(event.memberKey())) {
            ActDesk.forget(this, event.memberKey(), now());
        }
        return position;
    }

    PrivacyTrail privacyTrail() {
        return privacy;
    }

    /** Where a member stands now. */
    MemberStanding standing(long memberKey) {
        return engine.standing(memberKey, now());
    }

    /** Level and clubs of a member now. */
    MemberStatus status(long memberKey) {
        return engine.status(memberKey, now());
    }

    /** Journals products. @return the last position */
    long importProducts(List<ProductEntry> products) {
        for (int from = 0; from < products.size(); from += CATALOGUE_ENTRIES_A_RECORD) {
            List<ProductEntry> part =
                    products.subList(from, Math.min(products.size(), from + CATALOGUE_ENTRIES_A_RECORD));
            ensureBuffer(ProductsRecordCodec.encodedSizeBound(part));
            append(RecordType.PRODUCTS, ProductsRecordCodec.encode(part, buffer, 0), now());
        }
        return lastPosition;
    }

    /** Journals stores. @return the last position */
    long importStores(List<StoreEntry> stores) {
        for (int from = 0; from < stores.size(); from += CATALOGUE_ENTRIES_A_RECORD) {
            List<StoreEntry> part = stores.subList(from, Math.min(stores.size(), from + CATALOGUE_ENTRIES_A_RECORD));
            ensureBuffer(StoresRecordCodec.encodedSizeBound(part));
            append(RecordType.STORES, StoresRecordCodec.encode(part, buffer, 0), now());
            engine.applyStores(part);
        }
        return lastPosition;
    }

    /** Ends the batch: what it holds is visible to readers and to the next barrier. */
    void commit() {
        if (batchRecords == 0) {
            return;
        }
        appender.commit();
        committed = lastPosition;
        batches.setRelease(batches.getPlain() + 1);
        largestBatch = Math.max(largestBatch, batchRecords);
        batchRecords = 0;
        batchBytes = 0;
    }

    int batchBytes() {
        return batchBytes;
    }

    /** Last position applied. */
    long lastPosition() {
        return lastPosition;
    }

    AccrualEngine engine() {
        return engine;
    }

    ForeignMovements foreign() {
        return foreign;
    }

    /** Last position that readers see. Any thread. */
    long committed() {
        return committed;
    }

    /** Any thread. */
    ProgrammeShelf shelf() {
        return shelf;
    }

    /** Any thread. */
    long batches() {
        return batches.get();
    }

    /** Any thread. */
    long largestBatch() {
        return largestBatch;
    }

    /** Journal time: the latest that the clock has said. */
    long now() {
        journalMillis = Math.max(journalMillis, clock.getAsLong());
        return journalMillis;
    }

    private void ensureBuffer(int bytes) {
        if (buffer.length < bytes) {
            buffer = new byte[Math.max(bytes, buffer.length * 2)];
        }
    }
}
