package org.assidu.accrual.model;

import java.util.List;

/**
 * Anything other than a receipt that the engine decides: its input, as plain values. What each field means, and which are
 * used, is said by the kind.
 *
 * @param memberKey member it concerns; 0 = none
 * @param otherMemberKey second member, such as the one merged; 0 = none
 * @param subject id of a purse, reward, club, tag or act of the programme; empty = none
 * @param idempotencyKey of the sender; the same key of the same kind is decided once; empty = none
 * @param amount micropoints, millionths of a minor unit, units or a score
 * @param atMillis business time: when it happened or is due
 * @param author pseudonym of the person or agent who asks; empty = none
 * @param reason code or words for auditors, never personal data; empty = none
 * @param details further values in an order that the kind says
 */
public record Operation(
        OperationKind kind,
        long memberKey,
        long otherMemberKey,
        String subject,
        String idempotencyKey,
        long amount,
        long atMillis,
        String author,
        String reason,
        List<String> details) {
    /** Detail of a settlement that was made while a history of sales passed, by the time of those sales. */
    public static final String OF_HISTORY = "history";

    /** Whether time passed here for sales that were long over when they came in. */
    public boolean isOfHistory() {
        return kind == OperationKind.SETTLE && details.contains(OF_HISTORY);
    }

    /** The same, as part of a history. */
    public Operation ofHistory() {
        return new Operation(
                kind,
                memberKey,
                otherMemberKey,
                subject,
                idempotencyKey,
                amount,
                atMillis,
                author,
                reason,
                List.of(OF_HISTORY));
    }
}
