package org.assidu.accrual.grpc;

import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.assidu.accrual.directory.DirectoryException;
import org.assidu.accrual.directory.IdentifierConflictException;
import org.assidu.accrual.pipeline.PipelineOverloadedException;
import org.assidu.accrual.pipeline.PipelineUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Futures of the pipeline to answers of unary calls. */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final int RETRY_MILLIS = 500;

    private Answers() {}

    /** Answers on the thread that completes the future: the mapper must be short. */
    public static <F extends @Nullable Object, T> void answer(
            StreamObserver<T> observer, CompletableFuture<F> future, Function<F, T> mapper) {
        var unused = future.whenComplete((value, problem) -> {
            if (problem == null) {
                answer(observer, value, mapper);
            } else {
                fail(observer, problem);
            }
        });
    }

    private static <F extends @Nullable Object, T> void answer(
            StreamObserver<T> observer, F value, Function<F, T> mapper) {
        T answer;
        try {
            answer = mapper.apply(value);
        } catch (RuntimeException e) {
            fail(observer, e);
            return;
        }
        observer.onNext(answer);
        observer.onCompleted();
    }

    /** Runs a call: problems of its request end it here; later ones arrive through its future. */
    static void guarded(StreamObserver<?> observer, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            fail(observer, e);
        }
    }

    /** Ends a call with an error; one that nobody foresaw is logged and becomes INTERNAL. */
    public static void fail(StreamObserver<?> observer, Throwable problem) {
        observer.onError(error(problem));
    }

    private static Throwable error(Throwable problem) {
        Throwable cause = problem;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof StatusRuntimeException || cause instanceof StatusException) {
            return cause;
        }
        if (cause instanceof PipelineOverloadedException) {
            return GrpcErrors.resourceExhausted("OVERLOADED", message, RETRY_MILLIS);
        }
        if (cause instanceof PipelineUnavailableException) {
            return GrpcErrors.unavailable("SERVER_STOPPING", message, RETRY_MILLIS);
        }
        if (cause instanceof IdentifierConflictException) {
            return GrpcErrors.alreadyExists("IDENTIFIER_LINKED", message);
        }
        if (cause instanceof DirectoryException) {
            LOG.error("the directory failed", cause);
            return GrpcErrors.unavailable("DIRECTORY_FAILED", message, RETRY_MILLIS);
        }
        LOG.error("a call failed", cause);
        return GrpcErrors.internal("UNEXPECTED", "the call failed: " + cause + "; the server's log has the rest");
    }
}
