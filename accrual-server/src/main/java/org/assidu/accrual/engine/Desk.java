package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.PendingAdjustment;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/** What people at the service desk do: each kind of operation in a class of its own. */
public final class Desk {
    private final Adjustments adjustments;

    Desk(Programmes programmes, Draft draft) {
        adjustments = new Adjustments(programmes, draft);
    }

    OperationStatus decide(Operation operation, Programme programme) {
        return switch (operation.kind()) {
            case ADJUST -> adjustments.adjust(operation, programme);
            case PROPOSE_ADJUSTMENT -> adjustments.propose(operation, programme);
            case APPROVE_ADJUSTMENT -> adjustments.approve(operation, programme);
            case REJECT_ADJUSTMENT -> adjustments.reject(operation);
            // Said for auditors, with author and reason; nothing here depends on it.
            case CHANGE_CARD -> OperationStatus.DONE;
            default -> throw new IllegalArgumentException(operation.kind() + " is none of the desk's operations");
        };
    }

    /** Puts a done operation of these kinds into effect. */
    void apply(Operation operation) {
        adjustments.apply(operation);
    }

    /** An adjustment that waits for a second person; null for any other id. */
    public @Nullable PendingAdjustment pendingAdjustment(String id) {
        return adjustments.pending().find(id);
    }

    /** Adjustments that wait for a second person, oldest first. */
    public List<PendingAdjustment> pendingAdjustments() {
        return adjustments.pending().all();
    }

    long hash() {
        return adjustments.pending().hash();
    }

    long recomputedHash() {
        return adjustments.pending().recomputedHash();
    }
}
