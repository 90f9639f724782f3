package org.assidu.accrual.pipeline;

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
    /** Run after records that nobody waits for, so that they become durable and are told all the same. */
    private final Runnable unaskedWork;

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
            Runnable unaskedWork) {
        this.inbox = inbox;
        this.stage = stage;
        this.failStop = failStop;
        this.bell = bell;
        this.answersBell = answersBell;
        this.unaskedWork = unaskedWork;
        commitBytes = config.commitBytes();
        idleNanos = config.idleTickMillis() * 1_000_000;
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
        tickNanos = System.nanoTime();
        try {
            while (!failStop.failed() && !drained()) {
                if (inbox.filled(next)) {
                    workBatch();
                } else if (!stage.time().isBusy()) {
                    bell.await(() -> inbox.filled(next) || !failStop.running(), idleNanos);
                }
                tick();
                sweep();
            }
        } catch (Throwable problem) {
            failStop.fail(problem);
        } finally {
            ended = true;
            answersBell.ring();
        }
    }

    private boolean drained() {
        return failStop.state() == PipelineState.DRAINING && inbox.claimed() < next;
    }

    private void workBatch() {
        int items = 0;
        while (inbox.filled(next) && items < MOST_ITEMS_A_BATCH && stage.batchBytes() < commitBytes) {
            Inbox.Slot slot = inbox.slot(next);
            if (slot.work instanceof SalesItem item) {
                if (item.lookupPending() && !awaitLookup(item)) {
                    return;
                }
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

    /** @return false when the pipeline failed meanwhile */
    private boolean awaitLookup(SalesItem item) {
        handOver();
        while (item.lookupPending()) {
            if (failStop.failed()) {
                return false;
            }
            bell.await(() -> !item.lookupPending() || failStop.failed(), idleNanos);
        }
        return true;
    }

    private void handOver() {
        stage.commit();
        if (decided != next - 1) {
            decided = next - 1;
            answersBell.ring();
        }
    }

    private void tick() {
        long now = System.nanoTime();
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
