package org.assidu.accrual.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.jspecify.annotations.Nullable;

/** Collects what moved a member's purses, up to a moment. */
public final class PastLedger implements RecordListener {
    /**
     * A movement of the member.
     *
     * @param position of its record; 0 = by time, after the last record that counts
     * @param businessMillis sold-at, or when an operation happened or was due
     */
    public record Entry(
            long position,
            long businessMillis,
            long postedMillis,
            Cause cause,
            String purseId,
            MovementKind kind,
            long micro,
            String ruleId,
            int version,
            long lot) {}

    /**
     * What moved a purse.
     *
     * @param operation null when it was a receipt, which the others name
     */
    public record Cause(
            @Nullable Operation operation, String store, String till, int series, long number, int businessDate) {
        private static Cause of(ReceiptColumns receipt) {
            return new Cause(
                    null,
                    receipt.string(receipt.store),
                    receipt.string(receipt.till),
                    receipt.series,
                    receipt.number,
                    receipt.businessDate);
        }

        private static Cause of(Operation operation) {
            return new Cause(operation, "", "", 0, 0, 0);
        }
    }

    private record Kept(
            long position,
            long businessMillis,
            long postedMillis,
            Cause cause,
            int purse,
            MovementKind kind,
            long micro,
            int rule,
            int version,
            long lot) {}

    private final long member;
    private final int most;
    /** By record, oldest first. */
    private final Deque<List<Kept>> newest = new ArrayDeque<>();

    private long kept;
    private long movements;

    /** @param most of the newest movements kept, in whole records: a record that reaches it is kept whole */
    public PastLedger(long member, int most) {
        this.member = member;
        this.most = Math.max(1, most);
    }

    @Override
    public void receipt(
            RecordType type,
            ReceiptColumns receipt,
            OutcomeColumns outcome,
            RecordContext context,
            long position,
            long timeMillis) {
        if (concerns(outcome)) {
            add(outcome, Cause.of(receipt), position, receipt.soldAtMillis, timeMillis);
        }
    }

    @Override
    public void operation(
            Operation operation, OutcomeColumns outcome, RecordContext context, long position, long timeMillis) {
        if (concerns(outcome)) {
            add(outcome, Cause.of(operation), position, operation.atMillis(), timeMillis);
        }
    }

    private boolean concerns(OutcomeColumns outcome) {
        for (int m = 0; m < outcome.movements; m++) {
            if (outcome.movementMember[m] == member) {
                return true;
            }
        }
        return false;
    }

    private void add(OutcomeColumns outcome, Cause cause, long position, long businessMillis, long postedMillis) {
        List<Kept> record = new ArrayList<>();
        for (int m = 0; m < outcome.movements; m++) {
            if (outcome.movementMember[m] == member) {
                movements++;
                record.add(new Kept(
                        position,
                        businessMillis,
                        postedMillis,
                        cause,
                        outcome.movementPurse[m],
                        outcome.movementKind[m],
                        outcome.movementMicro[m],
                        outcome.movementRule[m],
                        outcome.movementVersion[m],
                        outcome.movementLot[m]));
            }
        }
        newest.addLast(record);
        kept += record.size();
        while (kept - newest.getFirst().size() >= most) {
            kept -= newest.removeFirst().size();
        }
    }

    /** Movements up to the moment, also those no longer kept. */
    public long movements() {
        return movements;
    }

    /** Newest record first, with the names that the engine knows at that moment. */
    public List<Entry> entries(AccrualEngine engine) {
        List<Entry> entries = new ArrayList<>();
        newest.descendingIterator()
                .forEachRemaining(record -> record.forEach(movement -> entries.add(entry(engine, movement))));
        return entries;
    }

    private static Entry entry(AccrualEngine engine, Kept kept) {
        String rule = kept.version == 0
                ? ""
                : engine.programmes().get(kept.version - 1).ruleId(kept.rule);
        return new Entry(
                kept.position,
                kept.businessMillis,
                kept.postedMillis,
                kept.cause,
                engine.purseId(kept.purse),
                kept.kind,
                kept.micro,
                rule,
                kept.version,
                kept.lot);
    }
}
