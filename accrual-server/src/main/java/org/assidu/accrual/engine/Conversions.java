package org.assidu.accrual.engine;

import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.PurseRule;

/** Points into money of the same member. {@code subject}: the money purse; {@code amount}: micropoints. */
final class Conversions {
    private static final int POINTS = 0;

    private final Programmes programmes;
    private final Draft draft;

    Conversions(Programmes programmes, Draft draft) {
        this.programmes = programmes;
        this.draft = draft;
    }

    OperationStatus decide(Operation operation, Programme programme) {
        int purse = programme.purseIds().indexOf(operation.subject());
        if (purse < 0) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        PurseRule rule = programme.purses().get(purse);
        if (purse == POINTS || !rule.isConvertible()) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (operation.amount() <= 0) {
            return OperationStatus.MALFORMED;
        }
        long member = operation.memberKey();
        if (draft.availableMicro(member) < operation.amount()) {
            return OperationStatus.INSUFFICIENT_POINTS;
        }
        long worth = rule.converted(operation.amount());
        if (worth <= 0 || worth == Long.MAX_VALUE) {
            return worth <= 0 ? OperationStatus.NOTHING_TO_DO : OperationStatus.LIMIT_EXCEEDED;
        }
        int version = programme.version();
        draft.move(
                member, POINTS, MovementKind.TRANSFERRED, -operation.amount(), Programme.NO_RULE, version, LotKey.NONE);
        int slot = programmes.purseSlot(rule.id());
        draft.move(member, slot, MovementKind.TRANSFERRED, worth, Programme.NO_RULE, version, LotKey.NONE);
        return OperationStatus.DONE;
    }
}
