package org.assidu.accrual.pipeline;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The one thread that decides. A batch is everything that has arrived: it ends when nothing more waits, when its records are
 * large enough, or when the next item still waits for the lookup stage.
 */
final class AccrualAgent implements Runnable {
    /** Answers of a batch without records, such as repeats, should not wait for ever longer either. */
    private static final int MOST_ITEMS_A_BATCH = 512;

    /** How long the sweep may keep sales waiting. */
    private static final long SLICE_NANOS = 1_000_000;

    private final Inbox inbox;
    private final AccrualStage stage;
    private final FailStop failStop;
    private final Doorbell bell;
    private final Doorbell answersBell;
    private final int commitBytes;
    private final long idleNanos;
    private final LongSupplier nanoTime;
    /** Run after records that nobody waits for, so that they become durable and are told all the same. */
    private final Runnable unaskedWork;

    private final BooleanSupplier hasWork = this::hasWork;

    /** Of the real clock: how long something took changes nothing that is decided. */
    private final TurnTimes times = new TurnTimes();

    private long next;
    private long tickNanos;

    /** Last slot whose answer waits only for the barrier. */
    private volatile long decided = -1;

    private volatile boolean ended;

    AccrualAgent(
            Inbox inbox,
            AccrualStage stage,
            FailStop failStop,
            Doorbell bell,
            Doorbell answersBell,
            PipelineConfig config,
            LongSupplier nanoTime,
            Runnable unaskedWork) {
        this.inbox = inbox;
        this.stage = stage;
        this.failStop = failStop;
        this.bell = bell;
        this.answersBell = answersBell;
        this.nanoTime = nanoTime;
        this.unaskedWork = unaskedWork;
        commitBytes = config.commitBytes();
        idleNanos = config.idleTickMillis() * 1_000_000;
        tickNanos = nanoTime.getAsLong();
    }

    /** Last slot decided and committed, from -1. */
    long decided() {
        return decided;
    }

    /** Whether {@link #decided} is final. */
    boolean ended() {
        return ended;
    }

    @Override
    public void run() {
        try {
            while (!failStop.failed() && !drained()) {
                bell.await(hasWork, idleNanos);
                turn();
            }
        } catch (Throwable problem) {
            failStop.fail(problem);
        } finally {
            ended = true;
            answersBell.ring();
        }
    }

    /** What can be done without waiting: a batch of what has arrived, what the clock asks for, a slice of the sweep. */
    void turn() {
        long started = System.nanoTime();
        if (isReady()) {
            workBatch();
        }
        tick();
        sweep();
        times.add(System.nanoTime() - started);
    }

    /** For the accrual thread. */
    TurnTimes times() {
        return times;
    }

    private boolean hasWork() {
        return isReady() || stage.time().isBusy() || failStop.failed() || drained();
    }

    /** Whether the next item has come and does not wait for the lookup stage. */
    private boolean isReady() {
        return inbox.filled(next) && !(inbox.slot(next).work instanceof SalesItem item && item.lookupPending());
    }

    private boolean drained() {
        return failStop.state() == PipelineState.DRAINING && inbox.claimed() < next;
    }

    private void workBatch() {
        int items = 0;
        while (isReady() && items < MOST_ITEMS_A_BATCH && stage.batchBytes() < commitBytes) {
            Inbox.Slot slot = inbox.slot(next);
            if (slot.work instanceof SalesItem item) {
                stage.decide(item);
            } else if (slot.work instanceof ControlItem<?> control) {
                control.run(stage);
            }
            slot.position = stage.lastPosition();
            next++;
            items++;
        }
        handOver();
    }

    private void handOver() {
        stage.commit();
        if (decided != next - 1) {
            decided = next - 1;
            answersBell.ring();
        }
    }

    private void tick() {
        long now = nanoTime.getAsLong();
        if (now - tickNanos >= idleNanos) {
            tickNanos = now;
            stage.passByClock();
            stage.voidTimedOut();
            stage.endReservations();
            commitUnasked();
        }
    }

    /** A slice of what time has left to do. */
    private void sweep() {
        if (stage.time().isBusy()) {
            stage.now();
            boolean last = stage.time().slice(SLICE_NANOS);
            stage.commit();
            if (last) {
                unaskedWork.run();
            }
        }
    }

    /** Ends a batch that nobody waits for. */
    private void commitUnasked() {
        long before = stage.committed();
        stage.commit();
        if (stage.committed() != before) {
            unaskedWork.run();
        }
    }
}
