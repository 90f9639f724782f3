package org.assidu.accrual.engine;

import java.math.BigDecimal;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.Mechanics.Desk;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;

/**
 * Manual credits and debits. {@code subject}: purse id; {@code amount}: micropoints, or millionths of a minor unit in a money
 * purse, not 0; {@code author} and {@code reason}: required; {@code details}: the second person's pseudonym where approval is
 * needed. In a money purse the desk's limits count currency units.
 */
final class Adjustments {
    private static final int POINTS = 0;

    private final Programmes programmes;
    private final Draft draft;

    Adjustments(Programmes programmes, Draft draft) {
        this.programmes = programmes;
        this.draft = draft;
    }

    OperationStatus decide(Operation operation, Programme programme) {
        if (!programme.purseIds().contains(operation.subject())) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        int purse = programmes.purseSlot(operation.subject());
        if (operation.amount() == 0
                || operation.author().isEmpty()
                || operation.reason().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        Desk desk = programme.document().mechanics().desk();
        long magnitude = Math.abs(operation.amount());
        if (magnitude < 0 || magnitude > micro(desk.adjustmentLimit(), purse, programme)) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        boolean approved = !operation.details().isEmpty()
                && !operation.details().get(0).isEmpty()
                && !operation.details().get(0).equals(operation.author());
        if (magnitude > micro(desk.approvalAbove(), purse, programme) && !approved) {
            return OperationStatus.APPROVAL_REQUIRED;
        }
        draft.move(
                operation.memberKey(),
                purse,
                MovementKind.ADJUSTED,
                operation.amount(),
                Programme.NO_RULE,
                programme.version(),
                LotKey.NONE);
        return OperationStatus.DONE;
    }

    private static long micro(BigDecimal units, int purse, Programme programme) {
        int digits = purse == POINTS
                ? 0
                : ProgrammeCompiler.minorDigits(programme.document().currency());
        return units.movePointRight(digits)
                .multiply(BigDecimal.valueOf(Points.MICRO))
                .longValue();
    }
}
