package org.assidu.accrual.pipeline;

import java.util.Arrays;
import org.assidu.accrual.directory.TokenKind;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.jspecify.annotations.Nullable;

/**
 * One message of receipts on its way: filled by the stream that owns it, then the pipeline's from
 * {@link Pipeline#trySubmit} until its sink gets it back, and then filled again. Columns are kept and grow as needed, up to
 * {@link #RETAINED_LINES} of a receipt and {@link #RETAINED_RECEIPTS} receipts.
 *
 * <p>Who owns it, in turn: gRPC thread → (lookup thread) → accrual thread → answers thread. Every hand-over is a release and
 * an acquire; only the one back from the lookup thread is a field of the item itself.
 */
public final class SalesItem implements InboxWork {
    /** Columns of a receipt that grew beyond so many lines are let go when the item is cleared. */
    public static final int RETAINED_LINES = 512;

    /** Receipts beyond so many are let go when the item is cleared. */
    public static final int RETAINED_RECEIPTS = 64;

    private static final int FIRST_SIZE = 4;

    private final AnswerSink sink;
    private int receipts;
    /** Receipts that columns are kept for. */
    private int held;

    private @Nullable ReceiptColumns[] receipt = new ReceiptColumns[FIRST_SIZE];
    private @Nullable OutcomeColumns[] outcome = new OutcomeColumns[FIRST_SIZE];
    private long[] card = new long[FIRST_SIZE];
    private @Nullable TokenKind[] tokenKind = new TokenKind[FIRST_SIZE];
    private @Nullable String[] token = new String[FIRST_SIZE];
    private @Nullable String[] refusal = new String[FIRST_SIZE];
    private boolean[] refused = new boolean[FIRST_SIZE];
    private @Nullable String[] language = new String[FIRST_SIZE];
    private @Nullable MemberStanding[] standing = new MemberStanding[FIRST_SIZE];
    private boolean unresolved;
    private volatile boolean lookupPending;
    private final OriginalsRead originals = new OriginalsRead();
    private long position;

    /** Free for the sink: the sequence number of the first receipt on its stream, for instance. */
    public long streamSequence;

    public SalesItem(AnswerSink sink) {
        this.sink = sink;
    }

    public AnswerSink sink() {
        return sink;
    }

    /** Empties the item for the next message. */
    public void clear() {
        int kept = Math.min(receipts, RETAINED_RECEIPTS);
        Arrays.fill(receipt, kept, receipts, null);
        Arrays.fill(outcome, kept, receipts, null);
        for (int at = 0; at < kept; at++) {
            ReceiptColumns columns = receipt[at];
            if (columns != null && columns.sku.length > RETAINED_LINES) {
                receipt[at] = null;
                outcome[at] = null;
            }
        }
        if (refusal.length > RETAINED_RECEIPTS) {
            resize(RETAINED_RECEIPTS);
        }
        receipts = 0;
        held = Math.min(held, RETAINED_RECEIPTS);
        unresolved = false;
        position = 0;
        originals.clear();
    }

    /** Adds a receipt, cleared, of a member that is known or of none. @return its index from 0 */
    public int addReceipt() {
        int at = receipts++;
        if (at == refusal.length) {
            resize(at * 2);
        }
        held = Math.max(held, receipts);
        ReceiptColumns columns = receipt[at];
        if (columns == null) {
            receipt[at] = new ReceiptColumns();
            outcome[at] = new OutcomeColumns();
        } else {
            columns.clear();
        }
        card[at] = 0;
        tokenKind[at] = null;
        token[at] = null;
        refusal[at] = null;
        refused[at] = false;
        language[at] = null;
        standing[at] = null;
        return at;
    }

    /** Number of receipts. */
    public int receipts() {
        return receipts;
    }

    /** Number of receipts that it keeps columns for, now and for the next messages. */
    public int heldReceipts() {
        return held;
    }

    /** Input of a receipt. After the answer {@code memberKey} and {@code memberFact} say whose it is. */
    public ReceiptColumns receipt(int at) {
        return column(receipt, at);
    }

    /**
     * What was decided about a receipt. Of a closing chunk it has the lines of the whole receipt: those of the message are its
     * last ones.
     */
    public OutcomeColumns outcome(int at) {
        return column(outcome, at);
    }

    /** Leaves it to the lookup stage to find, or to enrol, the member of a card that the directory does not know yet. */
    public void resolveCard(int at, long cardNumber) {
        card[at] = cardNumber;
        unresolved = true;
    }

    /** Leaves it to the lookup stage to find the member of a token. */
    public void resolveToken(int at, TokenKind kind, String value) {
        tokenKind[at] = kind;
        token[at] = value;
        unresolved = true;
    }

    /**
     * Answers the receipt with a refusal in its turn, without deciding it: its message is not well formed, or the server has
     * no room.
     *
     * @param detail what to correct, with the field and its value
     */
    public void refuse(int at, ReceiptStatus status, String detail) {
        outcome(at).reset(status, 0);
        refusal[at] = detail;
        refused[at] = true;
    }

    /** Whether {@link #refuse} was called, by the sender or by the pipeline. */
    public boolean refused(int at) {
        return refused[at];
    }

    /** What {@link #refuse} said; empty otherwise. The outcome's columns say the rest. */
    public String refusal(int at) {
        String detail = refusal[at];
        return detail == null ? "" : detail;
    }

    /** Asks for texts with the answer. @param code {@code fr} or {@code en} */
    public void wantTexts(int at, String code) {
        language[at] = code;
    }

    /** Language of the texts asked for; empty = none. */
    public String language(int at) {
        String code = language[at];
        return code == null ? "" : code;
    }

    /** Where the receipt's member stands after it, when texts were asked for; null otherwise and for a refused receipt. */
    public @Nullable MemberStanding standing(int at) {
        return standing[at];
    }

    void standing(int at, MemberStanding value) {
        standing[at] = value;
    }

    /** The last journal position that the answers reflect; durable once the item is answered. */
    public long position() {
        return position;
    }

    void decidedAt(long lastPosition) {
        position = lastPosition;
    }

    boolean unresolved() {
        return unresolved;
    }

    /** Whether the lookup thread has it; the accrual thread waits for that. */
    boolean lookupPending() {
        return lookupPending;
    }

    void lookupPending(boolean pending) {
        lookupPending = pending;
    }

    /** The card to resolve; 0 = none. */
    long card(int at) {
        return card[at];
    }

    @Nullable
    TokenKind tokenKind(int at) {
        return tokenKind[at];
    }

    @Nullable
    String token(int at) {
        return token[at];
    }

    /** Originals that the lookup stage has read, and room for those that it missed. */
    OriginalsRead originals() {
        return originals;
    }

    private void resize(int size) {
        receipt = Arrays.copyOf(receipt, size);
        outcome = Arrays.copyOf(outcome, size);
        card = Arrays.copyOf(card, size);
        tokenKind = Arrays.copyOf(tokenKind, size);
        token = Arrays.copyOf(token, size);
        refusal = Arrays.copyOf(refusal, size);
        refused = Arrays.copyOf(refused, size);
        language = Arrays.copyOf(language, size);
        standing = Arrays.copyOf(standing, size);
    }

    private <T> T column(@Nullable T[] columns, int at) {
        T column = at < receipts ? columns[at] : null;
        if (column == null) {
            throw new IndexOutOfBoundsException("receipt " + at + " of " + receipts);
        }
        return column;
    }
}
