package org.assidu.accrual.engine;

import java.math.BigDecimal;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.Mechanics.Desk;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.PendingAdjustment;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;

/**
 * Manual credits and debits. Up to the programme's {@code approval_above} one person suffices; beyond it one person proposes
 * and another approves, each an operation of its own, so that the ledger names both.
 *
 * <ul>
 *   <li>ADJUST, PROPOSE_ADJUSTMENT: {@code subject} purse id; {@code amount} micropoints, or millionths of a minor unit in a
 *       money purse, not 0; {@code author} and {@code reason}: required; {@code idempotencyKey}: id of the adjustment, which
 *       a proposal needs. In a money purse the desk's limits count currency units.
 *   <li>APPROVE_ADJUSTMENT, REJECT_ADJUSTMENT: {@code idempotencyKey} the same id; {@code author} who does so; for readers
 *       also {@code subject}, {@code amount}, {@code reason} of the proposal and in {@code details} its author
 * </ul>
 */
final class Adjustments {
    private static final int POINTS = 0;

    private final Programmes programmes;
    private final Draft draft;
    private final PendingAdjustments pending = new PendingAdjustments();

    Adjustments(Programmes programmes, Draft draft) {
        this.programmes = programmes;
        this.draft = draft;
    }

    OperationStatus adjust(Operation operation, Programme programme) {
        OperationStatus status = check(operation, programme);
        if (status != OperationStatus.DONE) {
            return status;
        }
        if (needsApproval(operation, programme)) {
            return OperationStatus.APPROVAL_REQUIRED;
        }
        move(operation.memberKey(), operation.subject(), operation.amount(), programme);
        return OperationStatus.DONE;
    }

    OperationStatus propose(Operation operation, Programme programme) {
        if (operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        OperationStatus status = check(operation, programme);
        if (status != OperationStatus.DONE) {
            return status;
        }
        return pending.isFull() ? OperationStatus.LIMIT_EXCEEDED : OperationStatus.DONE;
    }

    OperationStatus approve(Operation operation, Programme programme) {
        PendingAdjustment waiting = pending.find(operation.idempotencyKey());
        if (waiting == null || waiting.memberKey() != operation.memberKey()) {
            return OperationStatus.NOTHING_TO_DO;
        }
        if (operation.author().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        if (operation.author().equals(waiting.author())) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (!programme.purseIds().contains(waiting.purseId())) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        if (exceedsLimit(waiting.purseId(), waiting.amountMicro(), programme)) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        move(waiting.memberKey(), waiting.purseId(), waiting.amountMicro(), programme);
        return OperationStatus.DONE;
    }

    OperationStatus reject(Operation operation) {
        PendingAdjustment waiting = pending.find(operation.idempotencyKey());
        if (waiting == null || waiting.memberKey() != operation.memberKey()) {
            return OperationStatus.NOTHING_TO_DO;
        }
        return operation.author().isEmpty() ? OperationStatus.MALFORMED : OperationStatus.DONE;
    }

    void apply(Operation operation) {
        switch (operation.kind()) {
            case PROPOSE_ADJUSTMENT -> pending.add(operation);
            case APPROVE_ADJUSTMENT, REJECT_ADJUSTMENT -> pending.remove(operation.idempotencyKey());
            default -> {
                // The movements of the others say all.
            }
        }
    }

    PendingAdjustments pending() {
        return pending;
    }

    private OperationStatus check(Operation operation, Programme programme) {
        if (!programme.purseIds().contains(operation.subject())) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        if (operation.amount() == 0
                || operation.author().isEmpty()
                || operation.reason().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        return exceedsLimit(operation.subject(), operation.amount(), programme)
                ? OperationStatus.LIMIT_EXCEEDED
                : OperationStatus.DONE;
    }

    private boolean exceedsLimit(String purseId, long amountMicro, Programme programme) {
        long magnitude = Math.abs(amountMicro);
        return magnitude < 0 || magnitude > micro(desk(programme).adjustmentLimit(), purseId, programme);
    }

    private boolean needsApproval(Operation operation, Programme programme) {
        return Math.abs(operation.amount()) > micro(desk(programme).approvalAbove(), operation.subject(), programme);
    }

    private void move(long memberKey, String purseId, long amountMicro, Programme programme) {
        draft.move(
                memberKey,
                programmes.purseSlot(purseId),
                MovementKind.ADJUSTED,
                amountMicro,
                Programme.NO_RULE,
                programme.version(),
                LotKey.NONE);
    }

    private static Desk desk(Programme programme) {
        return programme.document().mechanics().desk();
    }

    private long micro(BigDecimal units, String purseId, Programme programme) {
        int digits = programmes.purseSlot(purseId) == POINTS
                ? 0
                : ProgrammeCompiler.minorDigits(programme.document().currency());
        return units.movePointRight(digits)
                .multiply(BigDecimal.valueOf(Points.MICRO))
                .longValue();
    }
}
