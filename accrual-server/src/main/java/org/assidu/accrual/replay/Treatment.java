package org.assidu.accrual.replay;

import static java.util.Map.entry;

import java.util.Map;
import org.assidu.accrual.model.OperationKind;

/** What a replay under other rules does with an operation that was recorded. */
enum Treatment {
    /** The passing of time: the replay lets days pass and settles members itself. */
    TIME,
    /** It happened: what the other rules would refuse is done all the same, by the amounts recorded if need be. */
    FACT,
    /** A gift of the rules: decided again, and what the other rules refuse is not given. */
    RULE;

    /** The one place that says so; a test asks it for every kind. */
    private static final Map<OperationKind, Treatment> OF = Map.ofEntries(
            entry(OperationKind.TICK, TIME),
            entry(OperationKind.SETTLE, TIME),
            entry(OperationKind.ADJUST, FACT),
            entry(OperationKind.PROPOSE_ADJUSTMENT, FACT),
            entry(OperationKind.APPROVE_ADJUSTMENT, FACT),
            entry(OperationKind.REJECT_ADJUSTMENT, FACT),
            entry(OperationKind.CHANGE_CARD, FACT),
            entry(OperationKind.CLAIM, FACT),
            entry(OperationKind.MIGRATE, FACT),
            entry(OperationKind.MERGE, FACT),
            entry(OperationKind.JOIN_HOUSEHOLD, FACT),
            entry(OperationKind.LEAVE_HOUSEHOLD, FACT),
            entry(OperationKind.JOIN_CLUB, FACT),
            entry(OperationKind.LEAVE_CLUB, FACT),
            entry(OperationKind.CONVERT, FACT),
            entry(OperationKind.RESERVE, FACT),
            entry(OperationKind.COMMIT, FACT),
            entry(OperationKind.CANCEL, FACT),
            entry(OperationKind.END_RESERVATION, FACT),
            entry(OperationKind.ISSUE_CODE, FACT),
            entry(OperationKind.REDEEM_CODE, FACT),
            entry(OperationKind.REFUND_CODE, FACT),
            entry(OperationKind.USE_PROMO_CODE, FACT),
            entry(OperationKind.ACT, RULE),
            entry(OperationKind.REFER, RULE),
            entry(OperationKind.PERSON_FACT, RULE),
            entry(OperationKind.TAG, RULE),
            entry(OperationKind.UNTAG, RULE));

    /** @throws IllegalStateException for a kind that the table lacks */
    static Treatment of(OperationKind kind) {
        Treatment treatment = OF.get(kind);
        if (treatment == null) {
            throw new IllegalStateException("what-if does not know whether an operation " + kind
                    + " is a fact or follows from the rules: add it to Treatment");
        }
        return treatment;
    }
}
