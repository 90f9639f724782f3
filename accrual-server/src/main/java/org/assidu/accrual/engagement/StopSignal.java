package org.assidu.accrual.engagement;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tells a forwarder to end. Its thread is never interrupted: that would close files under it. */
final class StopSignal {
    private final CompletableFuture<Void> stop = new CompletableFuture<>();

    void stop() {
        stop.complete(null);
    }

    boolean stopped() {
        return stop.isDone();
    }

    /** Waits so long, or until it is time to stop. */
    void await(long millis) {
        CompletableFuture.anyOf(
                        new CompletableFuture<Void>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS), stop)
                .join();
    }

    /** Waits for an answer, or until it is time to stop. @return whether the answer is there */
    boolean await(CompletableFuture<?> answer) {
        CompletableFuture.anyOf(answer.handle((value, problem) -> true), stop).join();
        return answer.isDone();
    }
}
