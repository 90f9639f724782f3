package org.assidu.accrual.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * A call whose answers come for as long as it is open. It works only while the transport is ready to take more, so a slow client
 * costs what is open for it and nothing else; in slices on a shared thread, one at a time.
 *
 * @param <R> an answer
 */
public abstract class SlicedCall<R> implements Slices.Work {
    private final ServerCallStreamObserver<R> responses;
    private final Consumer<SlicedCall<R>> whenEnded;
    private final Slices slices;
    private volatile boolean cancelled;
    private boolean ended;

    protected SlicedCall(
            ServerCallStreamObserver<R> responses,
            ScheduledExecutorService threads,
            Consumer<SlicedCall<R>> whenEnded) {
        this.responses = responses;
        this.whenEnded = whenEnded;
        slices = new Slices(threads, this);
    }

    /** Takes over the call; within its start. */
    public final void start() {
        responses.setOnReadyHandler(slices::wake);
        responses.setOnCancelHandler(() -> {
            cancelled = true;
            slices.wake();
        });
        slices.wake();
    }

    @Override
    public final synchronized boolean slice() {
        if (ended || cancelled) {
            end();
            return false;
        }
        return work();
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

    /** Looks again after a while. */
    protected final void lookAgainIn(int millis) {
        slices.wakeIn(millis);
    }

    /** Ends the call well. */
    protected final void complete() {
        responses.onCompleted();
        end();
    }

    /** Ends the call with an error, unless it has ended. */
    @Override
    public final synchronized void stop(RuntimeException problem) {
        if (!ended) {
            if (!cancelled) {
                Answers.fail(responses, problem);
            }
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            release();
            whenEnded.accept(this);
        }
    }
}
