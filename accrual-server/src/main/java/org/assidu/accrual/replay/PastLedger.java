package org.assidu.accrual.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
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
    private final Deque<Kept> newest = new ArrayDeque<>();
    private long movements;

    /** @param most of the newest movements kept */
    public PastLedger(long member, int most) {
        this.member = member;
        this.most = most;
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
        for (int m = 0; m < outcome.movements; m++) {
            if (outcome.movementMember[m] == member) {
                movements++;
                newest.addLast(new Kept(
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
                if (newest.size() > most) {
                    newest.removeFirst();
                }
            }
        }
    }

    /** Movements up to the moment, also those no longer kept. */
    public long movements() {
        return movements;
    }

    /** Newest first, with the names that the engine knows at that moment. */
    public List<Entry> entries(AccrualEngine engine) {
        List<Entry> entries = new ArrayList<>();
        for (Kept kept : newest) {
            String rule = kept.version == 0
                    ? ""
                    : engine.programmes().get(kept.version - 1).ruleId(kept.rule);
            entries.add(new Entry(
                    kept.position,
                    kept.businessMillis,
                    kept.postedMillis,
                    kept.cause,
                    engine.purseId(kept.purse),
                    kept.kind,
                    kept.micro,
                    rule,
                    kept.version,
                    kept.lot));
        }
        Collections.reverse(entries);
        return entries;
    }
}
