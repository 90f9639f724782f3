package org.assidu.accrual.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A call whose answers come for as long as it is open. It works only while the transport is ready to take more, so a slow client
 * costs what is open for it and nothing else; in slices on shared threads, one at a time. A wake during a slice leads to another
 * one.
 *
 * @param <R> an answer
 */
public abstract class SlicedCall<R> {
    private final ServerCallStreamObserver<R> responses;
    private final ScheduledExecutorService threads;
    private final Consumer<SlicedCall<R>> whenEnded;
    /** Wakes that no slice has answered yet. */
    private final AtomicInteger wakes = new AtomicInteger();

    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile boolean cancelled;
    private boolean ended;

    protected SlicedCall(
            ServerCallStreamObserver<R> responses,
            ScheduledExecutorService threads,
            Consumer<SlicedCall<R>> whenEnded) {
        this.responses = responses;
        this.threads = threads;
        this.whenEnded = whenEnded;
    }

    /** Takes over the call; within its start. */
    public final void start() {
        responses.setOnReadyHandler(this::wake);
        responses.setOnCancelHandler(() -> {
            cancelled = true;
            wake();
        });
        wake();
    }

    /** Sends what there is, while {@link #isReady}. @return whether it could go on at once */
    protected abstract boolean work();

    /** Lets go of what is open; once. */
    protected abstract void release();

    protected final boolean isReady() {
        return responses.isReady();
    }

    protected final void send(R response) {
        responses.onNext(response);
    }

    /** Looks again after a while, once, however often it is asked for before. */
    protected final void lookAgainIn(int millis) {
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

    /** Ends the call well. */
    protected final void complete() {
        responses.onCompleted();
        end();
    }

    /** Ends the call with an error, unless it has ended. Any thread. */
    public final synchronized void stop(RuntimeException problem) {
        if (!ended) {
            if (!cancelled) {
                Answers.fail(responses, problem);
            }
            end();
        }
    }

    private void wake() {
        if (wakes.getAndIncrement() == 0) {
            submit();
        }
    }

    private void submit() {
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException stopping) {
            // The service is closing and ends its streams itself.
        }
    }

    private void run() {
        int answered = wakes.get();
        boolean again;
        try {
            again = slice();
        } catch (RuntimeException e) {
            stop(e);
            again = false;
        }
        if (again || wakes.addAndGet(-answered) != 0) {
            submit();
        }
    }

    private synchronized boolean slice() {
        if (ended || cancelled) {
            end();
            return false;
        }
        return work();
    }

    private void end() {
        if (!ended) {
            ended = true;
            release();
            whenEnded.accept(this);
        }
    }
}
