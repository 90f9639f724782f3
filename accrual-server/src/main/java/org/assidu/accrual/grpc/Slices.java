package org.assidu.accrual.grpc;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The work of one streaming call, done in slices on shared threads: {@link #wake} asks for a slice, and only one is under way at a
 * time. A wake during a slice leads to another one.
 */
final class Slices implements Runnable {
    /** What is done. */
    interface Work {
        /** @return whether it could go on at once */
        boolean slice();

        /** A slice threw this. */
        void stop(RuntimeException problem);
    }

    private final ScheduledExecutorService threads;
    private final Work work;
    /** Wakes that no slice has answered yet. */
    private final AtomicInteger wakes = new AtomicInteger();

    private final AtomicBoolean waiting = new AtomicBoolean();

    Slices(ScheduledExecutorService threads, Work work) {
        this.threads = threads;
        this.work = work;
    }

    /** Any thread. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            submit();
        }
    }

    /** Wakes after a while, once, however often it is asked for before. */
    void wakeIn(int millis) {
        if (waiting.compareAndSet(false, true)) {
            try {
                threads.schedule(
                        () -> {
                            waiting.set(false);
                            wake();
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopping) {
                // As in submit.
            }
        }
    }

    private void submit() {
        try {
            threads.execute(this);
        } catch (RejectedExecutionException stopping) {
            // The service is closing and ends its streams itself.
        }
    }

    @Override
    public void run() {
        int answered = wakes.get();
        boolean again;
        try {
            again = work.slice();
        } catch (RuntimeException e) {
            work.stop(e);
            again = false;
        }
        if (again || wakes.addAndGet(-answered) != 0) {
            submit();
        }
    }
}
