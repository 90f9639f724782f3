package org.assidu.accrual.engine;

import java.time.LocalDate;
import org.assidu.accrual.model.MemberFact;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/** What time, currency, amounts and member say about a well-formed receipt, before any rule. */
final class Facts {
    /** How far a till may be ahead while no programme says. */
    private static final long AHEAD_MILLIS = 10 * 60_000L;

    private Facts() {}

    /** Why the receipt cannot be recorded; ACCRUED when it can. */
    static ReceiptStatus refusal(
            ReceiptColumns receipt, @Nullable Programme programme, long nowMillis, OutcomeColumns out) {
        long aheadMillis = programme == null ? AHEAD_MILLIS : programme.acceptedAheadMillis();
        if (receipt.soldAtMillis > nowMillis + aheadMillis) {
            return ReceiptStatus.SOLD_IN_THE_FUTURE;
        }
        if (programme == null) {
            return ReceiptStatus.ACCRUED;
        }
        if (receipt.currency != programme.currency()) {
            return ReceiptStatus.CURRENCY_NOT_ACCEPTED;
        }
        for (int line = 0; line < receipt.lines; line++) {
            if (!ReceiptShape.isWithin(receipt.amountMinor[line], programme.largestAmountMinor())) {
                out.conflictLine = line;
                return ReceiptStatus.AMOUNT_OUT_OF_RANGE;
            }
        }
        return ReceiptShape.isWithin(receipt.totalMinor(), programme.largestAmountMinor())
                ? ReceiptStatus.ACCRUED
                : ReceiptStatus.AMOUNT_OUT_OF_RANGE;
    }

    /** Why a recorded receipt earns nothing; ACCRUED when its lines may earn. */
    static ReceiptStatus denial(ReceiptColumns receipt, @Nullable Programme programme, long nowMillis) {
        if (programme == null || isOver(programme.document().mechanics().lastEarnDay(), programme, receipt)) {
            return ReceiptStatus.NO_PROGRAMME;
        }
        if (!receipt.historical && receipt.soldAtMillis < nowMillis - programme.acceptedPastMillis()) {
            return ReceiptStatus.SOLD_TOO_LONG_AGO;
        }
        return switch (receipt.memberFact) {
            case ANONYMOUS, KNOWN, AUTO_ENROLLED -> ReceiptStatus.ACCRUED;
            case UNKNOWN -> ReceiptStatus.MEMBER_UNKNOWN;
            case CLOSED -> ReceiptStatus.MEMBER_CLOSED;
            case BLOCKED -> ReceiptStatus.CARD_BLOCKED;
        };
    }

    /** Whether rewards can no longer be used when the receipt is sold. */
    static boolean isBurnOver(Programme programme, ReceiptColumns receipt) {
        return isOver(programme.document().mechanics().lastBurnDay(), programme, receipt);
    }

    private static boolean isOver(@Nullable LocalDate lastDay, Programme programme, ReceiptColumns receipt) {
        return lastDay != null && programme.day(receipt.soldAtMillis) > lastDay.toEpochDay();
    }

    /** Key of the member who takes part; 0 for an anonymous receipt and for one whose identifier is of no use. */
    static long participant(ReceiptColumns receipt) {
        boolean known = receipt.memberFact == MemberFact.KNOWN || receipt.memberFact == MemberFact.AUTO_ENROLLED;
        return known ? receipt.memberKey : 0;
    }
}
