package org.assidu.accrual.engine;

import java.math.BigDecimal;
import org.assidu.accrual.model.Mechanics.Desk;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.programme.Programme;

/**
 * Manual credits and debits. {@code subject}: purse id; {@code amount}: micropoints, not 0; {@code author} and
 * {@code reason}: required; {@code details}: the second person's pseudonym where approval is needed.
 */
final class Adjustments {
    private final Draft draft;

    Adjustments(Draft draft) {
        this.draft = draft;
    }

    OperationStatus decide(Operation operation, Programme programme) {
        if (!operation.subject().equals(programme.purseId())) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        if (operation.amount() == 0
                || operation.author().isEmpty()
                || operation.reason().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        Desk desk = programme.document().mechanics().desk();
        long magnitude = Math.abs(operation.amount());
        if (magnitude < 0 || magnitude > micro(desk.adjustmentLimit())) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        boolean approved = !operation.details().isEmpty()
                && !operation.details().get(0).isEmpty()
                && !operation.details().get(0).equals(operation.author());
        if (magnitude > micro(desk.approvalAbove()) && !approved) {
            return OperationStatus.APPROVAL_REQUIRED;
        }
        draft.move(
                operation.memberKey(),
                MovementKind.ADJUSTED,
                operation.amount(),
                Programme.NO_RULE,
                programme.version());
        return OperationStatus.DONE;
    }

    private static long micro(BigDecimal points) {
        return points.multiply(BigDecimal.valueOf(Points.MICRO)).longValue();
    }
}
