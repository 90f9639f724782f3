package org.assidu.accrual.replay;

import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;

/** Lets days pass for an engine that nobody journals: each tick with its whole sweep, decided and applied at once. */
final class DaySweep {
    private final AccrualEngine engine;
    private final Listener listener;
    private final OutcomeColumns outcome = new OutcomeColumns();

    /** Sees each outcome just before it is applied. */
    @FunctionalInterface
    interface Listener {
        void outcome(Operation operation, OutcomeColumns outcome);
    }

    DaySweep(AccrualEngine engine, Listener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    /** Begins every day that has begun at a time. @param position to apply at */
    void until(long millis, long position) {
        while (engine.time().nextTickMillis() <= millis) {
            if (!tick(millis, position)) {
                return;
            }
        }
    }

    /** Begins every day up to one. @param atMillis a time on it, which the first tick of all goes by */
    void untilDay(int day, long atMillis, long position) {
        while (engine.time().day() < day && tick(atMillis, position)) {
            // Each tick is a day.
        }
    }

    /** @return false while time changes nothing */
    private boolean tick(long atMillis, long position) {
        Operation tick = engine.time().nextTick(atMillis);
        if (tick == null) {
            return false;
        }
        apply(tick, position);
        settle(position);
        return true;
    }

    /** Settles everyone who has something due. */
    void settle(long position) {
        while (engine.time().isSweepPending()) {
            Operation next = engine.time().nextSettle(Integer.MAX_VALUE);
            if (next != null) {
                apply(next, position);
            }
        }
    }

    private void apply(Operation operation, long position) {
        OperationStatus status = engine.decide(operation, operation.atMillis(), outcome);
        if (!status.journalled()) {
            throw new IllegalStateException("the engine asks for " + operation + ", but decides it " + status);
        }
        listener.outcome(operation, outcome);
        engine.applyOperation(operation, outcome, position, operation.atMillis());
    }
}
