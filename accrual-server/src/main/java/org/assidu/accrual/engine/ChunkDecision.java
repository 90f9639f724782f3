package org.assidu.accrual.engine;

import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.programme.Limits;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/**
 * Decides chunks. Each is priced as if it were the last, by the same decision as a whole receipt: an open chunk keeps only
 * the total, the member prices and the reservation of rewards, a closing one all of it.
 */
final class ChunkDecision {
    private final MemberPages members;
    private final Programmes programmes;
    private final Draft draft;
    private final SaleDecision sales;
    private final Repeats repeats;
    private final ReceiptColumns assembled = new ReceiptColumns();

    ChunkDecision(MemberPages members, Programmes programmes, Draft draft, SaleDecision sales, Repeats repeats) {
        this.members = members;
        this.programmes = programmes;
        this.draft = draft;
        this.sales = sales;
        this.repeats = repeats;
    }

    /** @return what the journal is to hold: the chunk, or the whole receipt when it closes */
    ReceiptColumns decide(
            ReceiptColumns chunk,
            @Nullable OpenReceipt open,
            OriginalReceipts originals,
            long nowMillis,
            OutcomeColumns out) {
        int chunksBefore = open == null ? 0 : open.columns.chunks;
        if (open != null && chunk.chunk <= chunksBefore) {
            repeats.ofOpen(chunk, open, out);
            alertReserved(open, out);
            if (!out.status.refused()) {
                draft.start(out, NegativePolicy.ALLOW);
                sales.tellPrices(open.columns, nowMillis, out);
            }
            return chunk;
        }
        if (chunk.chunk > chunksBefore + 1) {
            out.status = ReceiptStatus.CHUNK_GAP;
            out.expectedChunk = chunksBefore + 1;
            return chunk;
        }
        OpenReceipt.assemble(assembled, open, chunk);
        boolean closing = chunk.phase == ReceiptPhase.CLOSING;
        ReceiptStatus shape = assembledShape(closing);
        if (shape != ReceiptStatus.ACCRUED) {
            out.status = shape;
            return chunk;
        }
        out.reset(ReceiptStatus.ACCRUED, assembled.lines);
        sales.decide(assembled, open, originals, nowMillis, out);
        if (out.status.refused()) {
            refuse(out, assembled.lines - chunk.lines, chunk.lines);
            return chunk;
        }
        if (closing) {
            return assembled;
        }
        keepProvisional(chunk, open, out);
        return chunk;
    }

    private ReceiptStatus assembledShape(boolean closing) {
        if (assembled.lines > Limits.LINES || (closing && assembled.lines == 0)) {
            return ReceiptStatus.MALFORMED_LINE;
        }
        return closing ? ReceiptShape.checkTotal(assembled) : ReceiptStatus.ACCRUED;
    }

    private static void refuse(OutcomeColumns out, int linesBefore, int lines) {
        ReceiptStatus status = out.status;
        int line = out.conflictLine < linesBefore ? -1 : out.conflictLine - linesBefore;
        out.reset(status, lines);
        out.conflictLine = line;
    }

    private void keepProvisional(ReceiptColumns chunk, @Nullable OpenReceipt open, OutcomeColumns out) {
        boolean mayUse = out.status == ReceiptStatus.ACCRUED || out.status == ReceiptStatus.REWARD_UNFUNDED;
        ReceiptSlices.keepLines(out, assembled.lines - chunk.lines, assembled.lines);
        out.status = ReceiptStatus.PROVISIONAL;
        out.movements = out.counterChanges = out.alerts = out.events = 0;
        out.contexts = 0;
        long member = Facts.participant(assembled);
        ReceiptEvents.welcome(members, member, out);
        int row = member == 0 ? MemberPages.NONE : members.find(member);
        Programme programme = programmes.ofVersion(out.programmeVersion);
        draft.start(out, NegativePolicy.ALLOW);
        // A member who is new with this chunk is concerned by it, too: days before it bring nothing any more.
        out.balanceMicro = member == 0 ? 0 : draft.balanceMicro(member);
        if (open != null && open.reservedMember == member) {
            alertReserved(open, out);
            return;
        }
        if (open != null) {
            sales.release(open);
        }
        if (row != MemberPages.NONE && programme != null && mayUse) {
            reserve(programme, member, row, out);
        }
    }

    private void reserve(Programme programme, long member, int row, OutcomeColumns out) {
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            int slot = programmes.rewardSlot(programme, i);
            long available =
                    members.counter(row, Counters.unlocked(slot)) - members.counter(row, Counters.reserved(slot));
            if (available > 0) {
                draft.change(member, Counters.reserved(slot), available);
                out.addAlert(i, (int) Math.min(available, Integer.MAX_VALUE));
            }
        }
    }

    /** The rewards an open receipt holds, as alerts of the programme that prices it. */
    private void alertReserved(OpenReceipt open, OutcomeColumns out) {
        Programme programme = programmes.at(open.columns.soldAtMillis);
        if (programme == null || out.status.refused()) {
            return;
        }
        out.programmeVersion = programme.version();
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            long held = open.reserved(programmes.rewardSlot(programme, i));
            if (held > 0) {
                out.addAlert(i, (int) Math.min(held, Integer.MAX_VALUE));
            }
        }
    }
}
