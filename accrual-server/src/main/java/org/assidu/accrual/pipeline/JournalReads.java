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
import org.assidu.accrual.model.OperationKind;
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
     * Where the records of one member key are.
     *
     * @param head newest record of the key's chain; 0 = none
     * @param foreign positions of records of others that moved the key's purse, ascending
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Chain(long memberKey, long head, long[] foreign) {}

    /**
     * Where a member's records are, as of a position.
     *
     * @param chains of the member's own key, then of keys that were merged into it
     * @param tierId level of the member; empty = none
     */
    record Trail(List<Chain> chains, long balanceMicro, String tierId, long position) {
        long memberKey() {
            return chains.get(0).memberKey;
        }

        boolean has(long key) {
            for (Chain chain : chains) {
                if (chain.memberKey == key) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Walks a member's records, newest first. On this thread. */
    StatementPage statement(Trail trail, int limit, long beforePosition) {
        List<StatementPage.StatementEntry> entries = new ArrayList<>();
        ReceiptColumns receipt = new ReceiptColumns();
        OutcomeColumns outcome = new OutcomeColumns();
        TrailWalk walk = walk(trail, beforePosition, true);
        long last = 0;
        while (walk.next() != 0 && entries.size() < limit) {
            last = walk.next();
            long previous = readLink(last, receipt, outcome);
            if (previous >= 0) {
                addEntries(entries, trail, last, receipt, outcome);
            }
            walk.advance(Math.max(0, previous));
        }
        long nextBefore = walk.next() == 0 ? 0 : last;
        return new StatementPage(
                trail.memberKey(), entries, trail.balanceMicro, trail.tierId, nextBefore, trail.position);
    }

    /** A member's own receipts and those that were claimed, with their lines, newest first. On this thread. */
    Receipts receipts(Trail trail, int limit, long beforePosition) {
        List<Found> found = new ArrayList<>();
        TrailWalk walk = walk(trail, beforePosition, false);
        long last = 0;
        while (walk.next() != 0 && found.size() < limit) {
            ReceiptColumns receipt = new ReceiptColumns();
            OutcomeColumns outcome = new OutcomeColumns();
            last = walk.next();
            long previous = readLink(last, receipt, outcome);
            if (previous >= 0 && journal.move(last) == RecordType.RECEIPT) {
                found.add(new Found(
                        new RecordedReceipt(receipt, outcome, last, journal.timeMillis()),
                        journal.context().receivedAtMillis));
            }
            Operation link = operation;
            ReceiptIdentity claimed = link == null ? null : claimed(link);
            Found shown = claimed == null ? null : find(claimed, last);
            if (shown != null) {
                found.add(shown);
            }
            walk.advance(Math.max(0, previous));
        }
        return new Receipts(found, walk.next() == 0 ? 0 : last);
    }

    private TrailWalk walk(Trail trail, long beforePosition, boolean withForeign) {
        long before = beforePosition == 0 ? Long.MAX_VALUE : beforePosition;
        ReceiptColumns receipt = new ReceiptColumns();
        OutcomeColumns outcome = new OutcomeColumns();
        long[] heads = new long[trail.chains.size()];
        for (int c = 0; c < heads.length; c++) {
            heads[c] = chainBelow(trail.chains.get(c), trail.position, before, receipt, outcome);
        }
        return new TrailWalk(
                heads, trail.chains.stream().map(Chain::foreign).toList(), withForeign ? before : Long.MIN_VALUE);
    }

    /** Some of a member's receipts, and where to read on. */
    record Receipts(List<Found> found, long nextBeforePosition) {}

    /** An operation read back. */
    record RecordedOperation(Operation operation, OutcomeColumns outcome, long position) {}

    /** Operations by their positions. On this thread. */
    List<RecordedOperation> operations(List<Long> positions) {
        List<RecordedOperation> read = new ArrayList<>();
        for (long position : positions) {
            OutcomeColumns outcome = new OutcomeColumns();
            journal.move(position);
            read.add(new RecordedOperation(journal.readOperation(outcome), outcome, position));
        }
        return read;
    }

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
    private long chainBelow(Chain chain, long position, long before, ReceiptColumns receipt, OutcomeColumns outcome) {
        if (before <= position) {
            long previous = readLink(before, receipt, outcome);
            if (previous >= 0 && chainMember(receipt, outcome) == chain.memberKey) {
                return previous;
            }
        }
        long at = chain.head;
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
            Trail trail,
            long position,
            ReceiptColumns receipt,
            OutcomeColumns outcome) {
        Operation cause = operation;
        ReceiptIdentity identity = cause == null ? identityOf(receipt) : claimed(cause);
        long businessMillis = cause == null ? receipt.soldAtMillis : cause.atMillis();
        for (NamedMovement movement : movements(outcome)) {
            if (trail.has(movement.memberKey())) {
                entries.add(new StatementPage.StatementEntry(
                        position, identity, cause, businessMillis, journal.timeMillis(), movement));
            }
        }
    }

    /** The receipt that an operation is the claim of; null = none. */
    private static @Nullable ReceiptIdentity claimed(Operation operation) {
        return operation.kind() == OperationKind.CLAIM ? ReceiptIdentity.of(operation.details()) : null;
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
