package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.assidu.accrual.directory.MemberDirectory;
import org.assidu.accrual.directory.TokenKind;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.Ean13;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.replay.ReceiptIndex;
import org.assidu.accrual.replay.RecordedReceipts;
import org.jspecify.annotations.Nullable;

/**
 * The thread that may wait for disks before an item is decided: finds and enrols members, forces the directory before any item
 * that names a new member key goes on, and reads the originals of returns and repeats. Most items need none of it and pass it
 * by; the accrual thread waits for the others when their turn comes.
 */
final class LookupAgent implements Runnable {
    private static final int MOST_ITEMS_A_BATCH = 256;

    /** At most as many items as the ring has slots. */
    private final Queue<SalesItem> waiting = new ConcurrentLinkedQueue<>();

    private final List<SalesItem> batch = new ArrayList<>(MOST_ITEMS_A_BATCH);

    private final Doorbell bell = new Doorbell();
    private final MemberDirectory directory;
    private final AccrualStage stage;
    private final AccrualEngine engine;
    private final ReceiptIndex index;
    private final RecordedReceipts journal;
    private final FailStop failStop;
    private final Doorbell accrualBell;
    private final long idleNanos;
    private volatile boolean ending;
    private final AtomicLong lookups = new AtomicLong();

    LookupAgent(
            MemberDirectory directory,
            AccrualStage stage,
            ReceiptIndex index,
            RecordedReceipts journal,
            FailStop failStop,
            Doorbell accrualBell,
            PipelineConfig config) {
        this.directory = directory;
        this.stage = stage;
        this.engine = stage.engine();
        this.index = index;
        this.journal = journal;
        this.failStop = failStop;
        this.accrualBell = accrualBell;
        idleNanos = config.idleTickMillis() * 1_000_000;
    }

    /**
     * Whether an item needs this stage. Any thread. A member found in memory may not be forced yet, hence the last condition,
     * which must be looked at after members were looked up.
     */
    boolean isNeededBy(SalesItem item) {
        if (item.unresolved()) {
            return true;
        }
        for (int at = 0; at < item.receipts(); at++) {
            if (!item.refused(at)) {
                ReceiptColumns receipt = item.receipt(at);
                if (receipt.originals != 0 || index.find(identityHash(receipt, RecordedReceipts.ITSELF), 0) != 0) {
                    return true;
                }
            }
        }
        return directory.dirty();
    }

    /** Takes an item that has its slot in the ring. Any thread. */
    void take(SalesItem item) {
        waiting.add(item);
    }

    /** To be rung after {@link #take}. */
    Doorbell bell() {
        return bell;
    }

    /** Ends the thread once nothing waits. */
    void end() {
        ending = true;
        bell.ring();
    }

    long lookups() {
        return lookups.get();
    }

    @Override
    public void run() {
        try (journal) {
            while (!failStop.failed()) {
                if (turn()) {
                    continue;
                }
                if (ending) {
                    return;
                }
                bell.await(() -> !waiting.isEmpty() || ending || failStop.failed(), idleNanos);
            }
        } catch (Throwable problem) {
            failStop.fail(problem);
        } finally {
            accrualBell.ring();
        }
    }

    /** Looks up what waits. @return false when nothing did */
    boolean turn() {
        SalesItem item;
        while (batch.size() < MOST_ITEMS_A_BATCH && (item = waiting.poll()) != null) {
            batch.add(item);
        }
        if (batch.isEmpty()) {
            return false;
        }
        lookUp(batch);
        batch.clear();
        return true;
    }

    private void lookUp(List<SalesItem> batch) {
        for (SalesItem item : batch) {
            for (int at = 0; at < item.receipts(); at++) {
                if (!item.refused(at)) {
                    resolve(item, at);
                }
            }
        }
        if (directory.dirty()) {
            directory.force();
        }
        long upTo = stage.committed();
        for (SalesItem item : batch) {
            fetchOriginals(item, upTo);
            item.lookupPending(false);
        }
        lookups.setRelease(lookups.getPlain() + batch.size());
        accrualBell.ring();
    }

    private void resolve(SalesItem item, int at) {
        long card = item.card(at);
        TokenKind kind = item.tokenKind(at);
        if (card != 0) {
            long found = directory.findCard(card);
            setMember(item.receipt(at), found == 0 ? enrolIfAllowed(card, item.receipt(at).soldAtMillis) : found);
        } else if (kind != null) {
            setMember(item.receipt(at), directory.findToken(kind, orEmpty(item.token(at))));
        }
    }

    /** @return the new member's key; 0 when the card does not enrol by itself */
    private long enrolIfAllowed(long card, long soldAtMillis) {
        return Ean13.isValid(card) && stage.shelf().autoEnrols(card, soldAtMillis, directory.issued(card))
                ? directory.enrolCard(card)
                : 0;
    }

    private static void setMember(ReceiptColumns receipt, long found) {
        receipt.memberKey = Math.abs(found);
        receipt.memberFact = found == 0 ? MemberFact.UNKNOWN : found > 0 ? MemberFact.KNOWN : MemberFact.BLOCKED;
    }

    private void fetchOriginals(SalesItem item, long upTo) {
        for (int at = 0; at < item.receipts(); at++) {
            if (!item.refused(at)) {
                ReceiptColumns receipt = item.receipt(at);
                for (int original = RecordedReceipts.ITSELF; original < receipt.originals; original++) {
                    long hash = identityHash(receipt, original);
                    if (index.find(hash, 0) != 0) {
                        item.originals().fetch(journal, receipt, original, hash, upTo);
                    }
                }
            }
        }
    }

    private long identityHash(ReceiptColumns receipt, int original) {
        return engine.identityHash(receipt, original);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
