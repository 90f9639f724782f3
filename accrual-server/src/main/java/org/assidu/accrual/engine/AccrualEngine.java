package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.MemberEnrolment;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.PublishedProgramme;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/**
 * The state machine that turns receipts into movements: {@link #decide} reads, {@code apply…} changes. It belongs to one
 * thread, knows no clock and no other engine; the same calls always give the same answers and the same state hash.
 */
public final class AccrualEngine {
    /** Rises when the same input may be decided differently; recorded with each outcome. */
    public static final int SEMANTICS_VERSION = 1;

    /**
     * Decides one receipt or chunk; changes nothing.
     *
     * <p>An outcome whose status is {@link org.assidu.accrual.model.ReceiptStatus#journalled} goes to the journal together
     * with the columns returned here; any other is an answer only. The columns returned are the receipt itself or, for a
     * closing chunk, the whole receipt in columns of the engine that are good until the next call; then the outcome has
     * the lines of the whole receipt, and those of the closing chunk are its last {@code receipt.lines}.
     *
     * @param nowMillis journal time
     */
    public ReceiptColumns decide(
            ReceiptColumns receipt, OriginalReceipts originals, long nowMillis, OutcomeColumns out) {
        throw new UnsupportedOperationException();
    }

    /**
     * Puts a decided receipt, chunk or void into effect; cannot refuse. Both arguments are as decided, or as read back
     * from the journal.
     */
    public void applyReceipt(ReceiptColumns recorded, OutcomeColumns outcome, long position, long timeMillis) {
        throw new UnsupportedOperationException();
    }

    public void applyEnrolment(MemberEnrolment enrolment, long position, long timeMillis) {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalStateException when the version is not the next one or does not compile */
    public void applyProgramme(PublishedProgramme published, long position) {
        throw new UnsupportedOperationException();
    }

    /** What keeps a document from being the next version, beyond what its own compilation says; paths without lines. */
    public List<Problem> publicationProblems(ProgrammeDocument next) {
        throw new UnsupportedOperationException();
    }

    /** Oldest open receipt untouched for too long, as a VOID to decide and journal like a till's; null = none. */
    public @Nullable ReceiptColumns abandoned(long nowMillis) {
        throw new UnsupportedOperationException();
    }

    /** Whether a receipt of this identity is closed. */
    public boolean isClosed(ReceiptColumns identity) {
        throw new UnsupportedOperationException();
    }

    /**
     * 64 well-mixed bits of a receipt's identity; the business date takes part only under numbering DAILY. Equal
     * identities have equal hashes; different ones may, if rarely, too: compare the receipt found.
     *
     * @param original -1 for the identity of {@code of} itself, else an index into its originals
     */
    public long identityHash(ReceiptColumns of, int original) {
        throw new UnsupportedOperationException();
    }

    /** Whether the business date is part of a receipt's identity. */
    public boolean numberedDaily() {
        throw new UnsupportedOperationException();
    }

    /** @return 0 for a member unknown here */
    public long balanceMicro(long memberKey, int purseSlot) {
        throw new UnsupportedOperationException();
    }

    public @Nullable MemberView member(long memberKey) {
        throw new UnsupportedOperationException();
    }

    /**
     * Member whose chain of records a receipt joins: its own or, for a receipt without member, the one its first
     * movement concerns; 0 = none.
     */
    public static long chainMember(ReceiptColumns recorded, OutcomeColumns outcome) {
        throw new UnsupportedOperationException();
    }

    /** Position of the newest record of the member's chain; 0 = none. */
    public long lastPositionOf(long memberKey) {
        throw new UnsupportedOperationException();
    }

    /** Thousandths of a closed receipt's line that have come back. */
    public long returnedThousandths(ReceiptColumns identity, int line) {
        throw new UnsupportedOperationException();
    }

    /** Stable id of a purse; slot 0 is the points purse. */
    public String purseId(int purseSlot) {
        throw new UnsupportedOperationException();
    }

    /** Published versions, oldest first. */
    public List<Programme> programmes() {
        throw new UnsupportedOperationException();
    }

    /** The version that prices a receipt sold at that time; null = none. */
    public @Nullable Programme programmeAt(long soldAtMillis) {
        throw new UnsupportedOperationException();
    }

    /** Hash of everything that follows from inputs: no positions, wall times or order of arrival of members in it. */
    public long stateHash() {
        throw new UnsupportedOperationException();
    }

    /** The same hash computed from scratch. */
    public long recomputedStateHash() {
        throw new UnsupportedOperationException();
    }

    public long members() {
        throw new UnsupportedOperationException();
    }

    /** Closed receipts. */
    public long receipts() {
        throw new UnsupportedOperationException();
    }

    /** Lines of closed receipts. */
    public long lines() {
        throw new UnsupportedOperationException();
    }

    public long openReceipts() {
        throw new UnsupportedOperationException();
    }

    /** Sum of all points purses. */
    public long outstandingMicro() {
        throw new UnsupportedOperationException();
    }
}
