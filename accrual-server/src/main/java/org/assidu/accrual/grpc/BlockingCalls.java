package org.assidu.accrual.grpc;

import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few threads on which calls may read files, wait for a force or compute for long; the event loops never do. */
public final class BlockingCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockingCalls.class);
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
                    fail(observer, e);
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

    /** Ends a call with an error; one that no service foresaw is logged and becomes INTERNAL. */
    public static void fail(StreamObserver<?> observer, Throwable problem) {
        Throwable cause = problem;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof StatusRuntimeException || cause instanceof StatusException) {
            observer.onError(cause);
        } else {
            LOG.error("a call failed", cause);
            observer.onError(GrpcErrors.internal(
                    "UNEXPECTED", "the call failed: " + cause + "; the server's log has the rest"));
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
