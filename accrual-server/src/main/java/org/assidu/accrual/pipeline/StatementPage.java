package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.model.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A part of a member's ledger, newest first.
 *
 * @param tierId level of the member; empty = none
 * @param nextBeforePosition where to read on; 0 when the statement is complete
 * @param position last journal position that this reflects
 */
public record StatementPage(
        long memberKey,
        List<StatementEntry> entries,
        long balanceMicro,
        String tierId,
        long nextBeforePosition,
        long position) {

    /**
     * A movement and what caused it.
     *
     * @param receipt null when an operation did
     * @param operation null when a receipt did
     * @param soldAtMillis business time of the cause
     */
    public record StatementEntry(
            long position,
            @Nullable ReceiptIdentity receipt,
            @Nullable Operation operation,
            long soldAtMillis,
            long postedAtMillis,
            NamedMovement movement) {}
}
