package org.assidu.accrual.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.assidu.accrual.journal.JournalFullException;
import org.jspecify.annotations.Nullable;

/** Something other than sales for the accrual thread to do in its turn; its answer waits for the barrier like any other. */
final class ControlItem<T extends @Nullable Object> implements InboxWork {
    private final Function<AccrualStage, T> action;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Runnable completion;

    ControlItem(Function<AccrualStage, T> action) {
        this.action = action;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /** For the accrual thread. Only a full disk is a refusal; any other exception is the pipeline's end. */
    void run(AccrualStage stage) {
        try {
            T result = action.apply(stage);
            completion = () -> answer.complete(result);
        } catch (JournalFullException full) {
            completion = () ->
                    answer.completeExceptionally(new PipelineOverloadedException(String.valueOf(full.getMessage())));
        }
    }

    /** For the answers thread. */
    void answered() {
        Runnable ready = completion;
        if (ready != null) {
            ready.run();
        }
    }

    void abandoned(Throwable cause) {
        answer.completeExceptionally(cause);
    }
}
