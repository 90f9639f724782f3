package org.assidu.accrual.admin;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.assidu.accrual.grpc.Answers;

/**
 * A client stream of catalogue messages: one is journalled before the next is asked for, so the client is never ahead of
 * the disk by more than a message.
 *
 * @param <Q> request message
 * @param <A> answer
 */
final class CatalogueImport<Q, A> implements StreamObserver<Q> {
    /** Journals a message; throws when it is not well formed. */
    interface Journalled<Q> extends Function<Q, CompletableFuture<Long>> {}

    private final ServerCallStreamObserver<A> answers;
    private final Function<Q, Integer> size;
    private final Journalled<Q> journalled;
    private final BiFunction<Long, Long, A> answer;

    private long entries;
    private long position;
    private boolean underWay;
    private boolean halfClosed;
    private boolean ended;

    CatalogueImport(
            StreamObserver<A> answers,
            Function<Q, Integer> size,
            Journalled<Q> journalled,
            BiFunction<Long, Long, A> answer) {
        this.answers = (ServerCallStreamObserver<A>) answers;
        this.size = size;
        this.journalled = journalled;
        this.answer = answer;
        this.answers.disableAutoRequest();
        this.answers.setOnCancelHandler(this::cancelled);
        this.answers.request(1);
    }

    @Override
    public void onNext(Q message) {
        CompletableFuture<Long> position;
        synchronized (this) {
            if (ended) {
                return;
            }
            underWay = true;
        }
        try {
            position = size.apply(message) == 0 ? CompletableFuture.completedFuture(0L) : journalled.apply(message);
        } catch (RuntimeException e) {
            position = CompletableFuture.failedFuture(e);
        }
        var unused = position.whenComplete((at, problem) -> journalled(size.apply(message), at, problem));
    }

    private synchronized void journalled(int count, Long at, Throwable problem) {
        underWay = false;
        if (ended) {
            return;
        }
        if (problem != null) {
            ended = true;
            Answers.fail(answers, problem);
            return;
        }
        entries += count;
        position = Math.max(position, at);
        if (halfClosed) {
            complete();
        } else {
            answers.request(1);
        }
    }

    @Override
    public synchronized void onCompleted() {
        halfClosed = true;
        if (!underWay && !ended) {
            complete();
        }
    }

    @Override
    public void onError(Throwable problem) {
        cancelled();
    }

    private synchronized void cancelled() {
        ended = true;
    }

    private void complete() {
        ended = true;
        answers.onNext(answer.apply(entries, position));
        answers.onCompleted();
    }
}
