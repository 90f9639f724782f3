package org.assidu.accrual.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Something other than sales for the accrual thread to do in its turn; its answer waits for the barrier like any other. */
final class ControlItem<T> implements InboxWork {
    final CompletableFuture<T> answer = new CompletableFuture<>();
}
