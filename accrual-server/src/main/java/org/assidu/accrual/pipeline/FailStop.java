package org.assidu.accrual.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** State of the pipeline, shared by its threads: the first exception on any of them stops all. */
final class FailStop {
    private final AtomicReference<PipelineState> state = new AtomicReference<>(PipelineState.RUNNING);
    private final PipelineListener listener;
    private volatile @Nullable Throwable cause;

    FailStop(PipelineListener listener) {
        this.listener = listener;
    }

    PipelineState state() {
        return state.get();
    }

    boolean running() {
        return state.get() == PipelineState.RUNNING;
    }

    boolean failed() {
        return state.get() == PipelineState.FAILED;
    }

    /** @return false when it was not running */
    boolean drain() {
        return state.compareAndSet(PipelineState.RUNNING, PipelineState.DRAINING);
    }

    void closed() {
        state.compareAndSet(PipelineState.DRAINING, PipelineState.CLOSED);
    }

    /** Stops everything; tells the listener the first time. */
    void fail(Throwable problem) {
        PipelineState before = state.get();
        while (before == PipelineState.RUNNING || before == PipelineState.DRAINING) {
            cause = problem;
            if (state.compareAndSet(before, PipelineState.FAILED)) {
                listener.failed(problem);
                return;
            }
            before = state.get();
        }
    }

    PipelineUnavailableException unavailable() {
        return switch (state.get()) {
            case RUNNING, DRAINING ->
                new PipelineUnavailableException("the server is draining: send again later", null);
            case CLOSED ->
                new PipelineUnavailableException("the server has stopped: send again after its restart", null);
            case FAILED ->
                new PipelineUnavailableException(
                        "the server's write path failed and the process ends: send again after its restart", cause);
        };
    }
}
