package org.assidu.accrual.pipeline;

import org.assidu.accrual.model.MovementKind;

/**
 * A movement of a purse with the names that a reader knows.
 *
 * @param ruleId empty when no rule caused it
 * @param lot as in {@link org.assidu.accrual.model.LotKey}
 */
public record NamedMovement(
        long memberKey,
        String purseId,
        MovementKind kind,
        long pointsMicro,
        String ruleId,
        int programmeVersion,
        long lot) {}
