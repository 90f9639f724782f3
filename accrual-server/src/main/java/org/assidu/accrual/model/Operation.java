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
        List<String> details) {}
