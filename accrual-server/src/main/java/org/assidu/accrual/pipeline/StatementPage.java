package org.assidu.accrual.pipeline;

import java.util.List;

/**
 * A part of a member's ledger, newest first.
 *
 * @param nextBeforePosition where to read on; 0 when the statement is complete
 * @param position last journal position that this reflects
 */
public record StatementPage(
        long memberKey, List<StatementEntry> entries, long balanceMicro, long nextBeforePosition, long position) {

    /** A movement and the receipt that caused it. */
    public record StatementEntry(
            long position, ReceiptIdentity receipt, long soldAtMillis, long postedAtMillis, NamedMovement movement) {}
}
