package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.replay.RecordedReceipts;
import org.jspecify.annotations.Nullable;

/** The thread for questions that read the journal or wait for the directory, off the write path. */
final class JournalReads implements AutoCloseable {
    private static final int MOST_WAITING = 4096;
    private static final int STOP_SECONDS = 10;

    private final RecordedReceipts journal;
    private final AccrualEngine engine;
    private final Supplier<ProgrammeShelf> shelf;
    private final ThreadPoolExecutor thread;
    /** The operation read last; null when it was a receipt. */
    private @Nullable Operation operation;

    JournalReads(RecordedReceipts journal, AccrualEngine engine, Supplier<ProgrammeShelf> shelf) {
        this.journal = journal;
        this.engine = engine;
        this.shelf = shelf;
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
            Thread reads = new Thread(task, "assidu-reads");
            reads.setDaemon(true);
            return reads;
        });
    }

    /** Runs something on this thread. */
    <T extends @Nullable Object> CompletableFuture<T> supply(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(new PipelineOverloadedException(
                    thread.getQueue().size() + " questions wait for the journal already: ask again later"));
        }
    }

    /** Reads a closed receipt; null when there is none up to a position. On this thread. */
    @Nullable
    Found find(ReceiptIdentity identity, long upTo) {
        ReceiptColumns sought = identity.asReceipt();
        ReceiptColumns receipt = new ReceiptColumns();
        OutcomeColumns outcome = new OutcomeColumns();
        long hash = engine.identityHash(sought, RecordedReceipts.ITSELF);
        long position = journal.find(sought, RecordedReceipts.ITSELF, hash, upTo, receipt, outcome);
        return position == 0
                ? null
                : new Found(
                        new RecordedReceipt(receipt, outcome, position, journal.timeMillis()),
                        journal.context().receivedAtMillis);
    }

    /** A receipt read back. */
    record Found(RecordedReceipt recorded, long receivedAtMillis) {}

    /**
     * Where a member's records are, as of a position.
     *
     * @param head newest record of the member's chain; 0 = none
     * @param foreign positions of receipts of others that moved the member's purse, ascending
     * @param tierId level of the member; empty = none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Trail(long memberKey, long head, long[] foreign, long balanceMicro, String tierId, long position) {}

    /** Walks a member's records, newest first. On this thread. */
    StatementPage statement(Trail trail, int limit, long beforePosition) {
        long before = beforePosition == 0 ? Long.MAX_VALUE : beforePosition;
        List<StatementPage.StatementEntry> entries = new ArrayList<>();
        ReceiptColumns receipt = new ReceiptColumns();
        OutcomeColumns outcome = new OutcomeColumns();
        long chain = chainBelow(trail, before, receipt, outcome);
        int foreign = trail.foreign.length - 1;
        while (foreign >= 0 && trail.foreign[foreign] >= before) {
            foreign--;
        }
        long last = 0;
        while ((chain != 0 || foreign >= 0) && entries.size() < limit) {
            boolean fromChain = foreign < 0 || chain > trail.foreign[foreign];
            last = fromChain ? chain : trail.foreign[foreign--];
            long previous = readLink(last, receipt, outcome);
            if (previous >= 0) {
                addEntries(entries, trail.memberKey, last, receipt, outcome);
            }
            if (fromChain) {
                chain = Math.max(0, previous);
            }
        }
        long nextBefore = chain != 0 || foreign >= 0 ? last : 0;
        return new StatementPage(
                trail.memberKey, entries, trail.balanceMicro, trail.tierId, nextBefore, trail.position);
    }

    /** A member's own receipts with their lines, newest first. On this thread. */
    Receipts receipts(Trail trail, int limit, long beforePosition) {
        List<Found> found = new ArrayList<>();
        long at = chainBelow(
                trail,
                beforePosition == 0 ? Long.MAX_VALUE : beforePosition,
                new ReceiptColumns(),
                new OutcomeColumns());
        long last = 0;
        while (at != 0 && found.size() < limit) {
            ReceiptColumns receipt = new ReceiptColumns();
            OutcomeColumns outcome = new OutcomeColumns();
            last = at;
            long previous = readLink(at, receipt, outcome);
            if (previous >= 0 && journal.move(at) == RecordType.RECEIPT) {
                found.add(new Found(
                        new RecordedReceipt(receipt, outcome, at, journal.timeMillis()),
                        journal.context().receivedAtMillis));
            }
            at = Math.max(0, previous);
        }
        return new Receipts(found, at == 0 ? 0 : last);
    }

    /** Some of a member's receipts, and where to read on. */
    record Receipts(List<Found> found, long nextBeforePosition) {}

    /** Enrolments and privacy records. On this thread. */
    List<PrivacyFact> privacyFacts(long[] positions) {
        List<PrivacyFact> facts = new ArrayList<>();
        for (long position : positions) {
            facts.add(journal.privacyFact(position, PrivacyFact::new));
        }
        return facts;
    }

    /** First position of journal time {@code millis} or later, among those up to {@code last}; {@code last + 1} = none. */
    long positionAt(long millis, long last) {
        long low = 1;
        long high = last + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            journal.move(middle);
            if (journal.timeMillis() >= millis) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The newest record of the chain below a position: from the record at that position, when it is in the chain. */
    private long chainBelow(Trail trail, long before, ReceiptColumns receipt, OutcomeColumns outcome) {
        if (before <= trail.position) {
            long previous = readLink(before, receipt, outcome);
            if (previous >= 0 && chainMember(receipt, outcome) == trail.memberKey) {
                return previous;
            }
        }
        long at = trail.head;
        while (at >= before) {
            at = Math.max(0, readLink(at, receipt, outcome));
        }
        return at;
    }

    /** @return the previous position of the chain; -1 when the record is none with an outcome, where every chain begins */
    private long readLink(long position, ReceiptColumns receipt, OutcomeColumns outcome) {
        operation = null;
        return switch (journal.move(position)) {
            case RECEIPT, CHUNK, VOID -> {
                journal.read(position, receipt, outcome);
                yield journal.context().previousPosition;
            }
            case OPERATION -> {
                operation = journal.readOperation(outcome);
                yield journal.context().previousPosition;
            }
            default -> -1;
        };
    }

    private long chainMember(ReceiptColumns receipt, OutcomeColumns outcome) {
        Operation link = operation;
        return link == null ? AccrualEngine.chainMember(receipt, outcome) : link.memberKey();
    }

    private void addEntries(
            List<StatementPage.StatementEntry> entries,
            long memberKey,
            long position,
            ReceiptColumns receipt,
            OutcomeColumns outcome) {
        Operation cause = operation;
        ReceiptIdentity identity = cause == null ? identityOf(receipt) : null;
        long businessMillis = cause == null ? receipt.soldAtMillis : cause.atMillis();
        for (NamedMovement movement : movements(outcome)) {
            if (movement.memberKey() == memberKey) {
                entries.add(new StatementPage.StatementEntry(
                        position, identity, cause, businessMillis, journal.timeMillis(), movement));
            }
        }
    }

    private static ReceiptIdentity identityOf(ReceiptColumns receipt) {
        return new ReceiptIdentity(
                receipt.string(receipt.store),
                receipt.string(receipt.till),
                receipt.series,
                receipt.number,
                receipt.businessDate);
    }

    /** Movements with names. Any thread. */
    List<NamedMovement> movements(OutcomeColumns outcome) {
        ProgrammeShelf names = shelf.get();
        List<NamedMovement> movements = new ArrayList<>(outcome.movements);
        for (int m = 0; m < outcome.movements; m++) {
            int version = outcome.movementVersion[m];
            movements.add(new NamedMovement(
                    outcome.movementMember[m],
                    names.purseIds().get(outcome.movementPurse[m]),
                    outcome.movementKind[m],
                    outcome.movementMicro[m],
                    names.programme(version).ruleId(outcome.movementRule[m]),
                    version,
                    outcome.movementLot[m]));
        }
        return movements;
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the reading thread did not end within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        journal.close();
    }
}
