package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.assidu.accrual.journal.JournalBarrier;

/**
 * The thread that runs the barrier over whatever was committed since the last one, and then gives the answers that reflect
 * nothing beyond it, in the order of the ring.
 */
final class AnswersAgent implements Runnable {
    private static final long IDLE_NANOS = 1_000_000_000L;
    /** Pause after a barrier that did not reach the answer it was run for. */
    private static final long NO_PROGRESS_NANOS = 500_000L;

    private static final int MOST_ANSWERS_A_TURN = 512;

    private final Inbox inbox;
    private final AccrualAgent accrual;
    private final JournalBarrier barrier;
    private final FailStop failStop;
    private final Doorbell bell;
    private final List<AnswerSink> answeredSinks = new ArrayList<>();
    private final Set<AnswerSink> distinctSinks = Collections.newSetFromMap(new IdentityHashMap<>());
    private long released = -1;
    private volatile long durable;
    private final AtomicLong barriers = new AtomicLong();
    private volatile long lastBarrierNanos;
    private final AtomicLong totalBarrierNanos = new AtomicLong();

    AnswersAgent(Inbox inbox, AccrualAgent accrual, JournalBarrier barrier, FailStop failStop, Doorbell bell) {
        this.inbox = inbox;
        this.accrual = accrual;
        this.barrier = barrier;
        this.failStop = failStop;
        this.bell = bell;
    }

    @Override
    public void run() {
        try {
            // What a start has read back is told only when it is durable, too.
            advance();
            while (!failStop.failed()) {
                boolean last = accrual.ended();
                if (accrual.decided() != released) {
                    if (!turn()) {
                        LockSupport.parkNanos(this, NO_PROGRESS_NANOS);
                    }
                } else if (last) {
                    return;
                } else {
                    bell.await(() -> accrual.decided() != released || accrual.ended() || failStop.failed(), IDLE_NANOS);
                }
            }
        } catch (Throwable problem) {
            failStop.fail(problem);
        }
    }

    /** Answers what is decided, as far as the barrier gets. @return false when it got nowhere, or there is nothing */
    boolean turn() {
        long decided = accrual.decided();
        if (decided == released) {
            return false;
        }
        if (inbox.slot(released + 1).position > durable) {
            advance();
            if (inbox.slot(released + 1).position > durable) {
                return false;
            }
        }
        AnswerSink previous = null;
        long limit = Math.min(decided, released + MOST_ANSWERS_A_TURN);
        while (released < limit && !failStop.failed()) {
            Inbox.Slot slot = inbox.slot(released + 1);
            if (slot.position > durable) {
                break;
            }
            released++;
            InboxWork work = slot.work;
            slot.work = null;
            if (work instanceof SalesItem item) {
                AnswerSink sink = item.sink();
                if (sink != previous && distinctSinks.add(sink)) {
                    answeredSinks.add(sink);
                }
                previous = sink;
                sink.answered(item);
            } else if (work instanceof ControlItem<?> control) {
                control.answered();
            }
        }
        inbox.release(released);
        for (int at = 0; at < answeredSinks.size(); at++) {
            answeredSinks.get(at).flush();
        }
        answeredSinks.clear();
        distinctSinks.clear();
        inbox.runWaiting();
        return true;
    }

    /** Runs the barrier. */
    void advance() {
        long started = System.nanoTime();
        durable = barrier.advance();
        lastBarrierNanos = System.nanoTime() - started;
        totalBarrierNanos.setRelease(totalBarrierNanos.getPlain() + lastBarrierNanos);
        barriers.setRelease(barriers.getPlain() + 1);
    }

    /** Last position that may be told. Any thread. */
    long durable() {
        return durable;
    }

    long barriers() {
        return barriers.get();
    }

    long lastBarrierMicros() {
        return lastBarrierNanos / 1000;
    }

    long totalBarrierMicros() {
        return totalBarrierNanos.get() / 1000;
    }
}
