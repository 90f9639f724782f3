package org.assidu.accrual.grpc;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The few threads on which calls may read files, wait for a force or compute for long; the event loops never do. */
public final class BlockingCalls implements AutoCloseable {
    private static final int RETRY_MILLIS = 500;

    private final ThreadPoolExecutor threads;

    /** @param queue calls that may wait for a thread */
    public BlockingCalls(int threadCount, int queue) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                threadCount, threadCount, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
                    Thread thread = new Thread(task, "grpc-blocking-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Answers a unary call with what {@code work} returns or throws, on another thread. */
    public <T> void answer(StreamObserver<T> observer, Callable<T> work) {
        run(observer, () -> {
            T answer = work.call();
            observer.onNext(answer);
            observer.onCompleted();
            return null;
        });
    }

    /** Runs work that answers by itself; what it throws ends the call. */
    public void run(StreamObserver<?> observer, Callable<?> work) {
        try {
            threads.execute(() -> {
                try {
                    work.call();
                } catch (Throwable e) {
                    Answers.fail(observer, e);
                    if (e instanceof VirtualMachineError fatal) {
                        throw fatal;
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            observer.onError(GrpcErrors.resourceExhausted(
                    "TOO_MANY_SLOW_CALLS",
                    threads.getQueue().size() + " calls that read files or wait are queued already; call again later",
                    RETRY_MILLIS));
        }
    }

    /** Answers a unary call on one of these threads, once the future is there. */
    public <F extends @Nullable Object, T> void answerLater(
            StreamObserver<T> observer, CompletableFuture<F> future, Function<F, T> mapper) {
        var unused = future.whenComplete((value, problem) -> {
            if (problem == null) {
                answer(observer, () -> mapper.apply(value));
            } else {
                Answers.fail(observer, problem);
            }
        });
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
