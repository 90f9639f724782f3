package org.assidu.accrual.engine;

import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptField;
import org.assidu.accrual.model.ReceiptPhase;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.model.RecordedReceipt;

/**
 * Answers to receipts and chunks that came before: the first outcome when the content is the same, the first field that
 * differs when it is not. What the directory says may change between the two (a card is enrolled, blocked, closed), so
 * members are compared only where both times named one.
 */
final class Repeats {
    private final ReceiptSlices slices = new ReceiptSlices();
    private final Survivors survivors;

    Repeats(Survivors survivors) {
        this.survivors = survivors;
    }

    /** A message for an identity that is closed. @return whether the first receipt could be read */
    boolean ofClosed(ReceiptColumns receipt, OriginalReceipts originals, OutcomeColumns out) {
        if (receipt.phase == ReceiptPhase.VOID) {
            conflict(out, receipt, ReceiptField.PHASE);
            return true;
        }
        RecordedReceipt first = originals.find(receipt, -1);
        if (first == null) {
            out.reset(ReceiptStatus.ALREADY_ACCRUED, receipt.lines);
            return false;
        }
        ReceiptField field = phaseDifference(receipt, first.receipt());
        if (field == ReceiptField.NONE && receipt.phase != ReceiptPhase.OPEN) {
            field = headerDifference(receipt, first.receipt());
        }
        boolean part = receipt.phase == ReceiptPhase.OPEN
                || (receipt.phase == ReceiptPhase.CLOSING && first.receipt().chunks > 0);
        int from = part ? chunkStart(first.receipt(), receipt.chunk) : 0;
        int to = part ? chunkEnd(first.receipt(), receipt.chunk) : first.receipt().lines;
        if (field == ReceiptField.NONE) {
            field = slices.difference(receipt, first.receipt(), from, to);
        }
        if (field == ReceiptField.NONE && receipt.phase != ReceiptPhase.OPEN) {
            field = tailDifference(receipt, first.receipt());
        }
        if (field != ReceiptField.NONE) {
            conflict(out, receipt, field);
            return true;
        }
        out.copyFrom(first.outcome());
        out.status = ReceiptStatus.ALREADY_ACCRUED;
        if (receipt.phase == ReceiptPhase.OPEN) {
            ReceiptSlices.keepLines(out, from, to);
        }
        return true;
    }

    /** A chunk that an open receipt already has; one that its till sent as closing was never accepted. */
    void ofOpen(ReceiptColumns chunk, OpenReceipt open, OutcomeColumns out) {
        ReceiptField field = chunk.currency == open.columns.currency ? ReceiptField.NONE : ReceiptField.CURRENCY;
        if (field == ReceiptField.NONE && chunk.phase != ReceiptPhase.OPEN) {
            field = ReceiptField.PHASE;
        }
        if (field == ReceiptField.NONE) {
            int from = chunkStart(open.columns, chunk.chunk);
            field = slices.difference(chunk, open.columns, from, chunkEnd(open.columns, chunk.chunk));
        }
        if (field != ReceiptField.NONE) {
            conflict(out, chunk, field);
            return;
        }
        out.reset(ReceiptStatus.ALREADY_ACCRUED, chunk.lines);
        out.pointsMicro = open.provisionalMicro[chunk.chunk - 1];
    }

    private void conflict(OutcomeColumns out, ReceiptColumns receipt, ReceiptField field) {
        out.reset(ReceiptStatus.RECEIPT_CONFLICT, receipt.lines);
        out.conflict = field;
        out.conflictLine = field.isOfLine() ? slices.line() : -1;
    }

    private static int chunkStart(ReceiptColumns receipt, int chunk) {
        return chunk <= 1 ? 0 : chunkEnd(receipt, chunk - 1);
    }

    private static int chunkEnd(ReceiptColumns receipt, int chunk) {
        return chunk > receipt.chunks ? receipt.lines : receipt.chunkEnds[chunk - 1];
    }

    /** A whole message may repeat a chunked receipt and a closing first chunk a whole one: the content counts. */
    private static ReceiptField phaseDifference(ReceiptColumns receipt, ReceiptColumns first) {
        int closing = Math.max(1, first.chunks);
        return switch (receipt.phase) {
            case UNSPECIFIED, WHOLE -> ReceiptField.NONE;
            case OPEN -> receipt.chunk < closing ? ReceiptField.NONE : ReceiptField.PHASE;
            case CLOSING -> receipt.chunk == closing ? ReceiptField.NONE : ReceiptField.CHUNK;
            case VOID -> ReceiptField.PHASE;
        };
    }

    private ReceiptField headerDifference(ReceiptColumns receipt, ReceiptColumns first) {
        if (receipt.soldAtMillis != first.soldAtMillis) {
            return ReceiptField.SOLD_AT;
        }
        if (receipt.utcOffsetMinutes != first.utcOffsetMinutes) {
            return ReceiptField.UTC_OFFSET;
        }
        if (receipt.businessDate != first.businessDate) {
            return ReceiptField.BUSINESS_DATE;
        }
        if (receipt.currency != first.currency) {
            return ReceiptField.CURRENCY;
        }
        if (memberDiffers(receipt, first)) {
            return ReceiptField.MEMBER;
        }
        if (receipt.channel != first.channel) {
            return ReceiptField.CHANNEL;
        }
        if (!receipt.sameText(receipt.cashier, first, first.cashier)) {
            return ReceiptField.CASHIER;
        }
        boolean totals = receipt.totalPresent && first.totalPresent;
        return totals && receipt.declaredTotalMinor != first.declaredTotalMinor
                ? ReceiptField.TOTAL
                : ReceiptField.NONE;
    }

    private boolean memberDiffers(ReceiptColumns receipt, ReceiptColumns first) {
        if (Facts.participant(receipt) != 0 && Facts.participant(first) != 0) {
            return survivors.of(receipt.memberKey) != survivors.of(first.memberKey);
        }
        boolean anonymous = receipt.memberFact == MemberFact.ANONYMOUS;
        // The card may have come with an earlier chunk.
        boolean comparable = !(anonymous && receipt.phase == ReceiptPhase.CLOSING && first.chunks > 1);
        return comparable && anonymous != (first.memberFact == MemberFact.ANONYMOUS);
    }

    private static ReceiptField tailDifference(ReceiptColumns receipt, ReceiptColumns first) {
        boolean tenders = receipt.tenders == first.tenders;
        for (int t = 0; tenders && t < receipt.tenders; t++) {
            tenders = receipt.tenderKind[t] == first.tenderKind[t] && receipt.tenderMinor[t] == first.tenderMinor[t];
        }
        if (!tenders) {
            return ReceiptField.TENDERS;
        }
        boolean rewards = receipt.usedRewards == first.usedRewards;
        for (int u = 0; rewards && u < receipt.usedRewards; u++) {
            rewards = receipt.sameText(receipt.usedReward[u], first, first.usedReward[u])
                    && receipt.usedRewardCount[u] == first.usedRewardCount[u]
                    && receipt.usedRewardDiscountMinor[u] == first.usedRewardDiscountMinor[u];
        }
        if (!rewards) {
            return ReceiptField.USED_REWARDS;
        }
        return receipt.historical == first.historical ? ReceiptField.NONE : ReceiptField.HISTORICAL;
    }
}
