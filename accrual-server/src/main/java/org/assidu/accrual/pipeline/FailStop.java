package org.assidu.accrual.pipeline;

import org.jspecify.annotations.Nullable;

/** State of the pipeline, shared by its threads: the first exception on any of them stops all. */
final class FailStop {
    private final PipelineListener listener;
    private volatile PipelineState state = PipelineState.RUNNING;
    private volatile @Nullable Throwable cause;

    FailStop(PipelineListener listener) {
        this.listener = listener;
    }

    PipelineState state() {
        return state;
    }

    boolean running() {
        return state == PipelineState.RUNNING;
    }

    boolean failed() {
        return state == PipelineState.FAILED;
    }

    synchronized void drain() {
        if (state == PipelineState.RUNNING) {
            state = PipelineState.DRAINING;
        }
    }

    synchronized void closed() {
        if (state == PipelineState.DRAINING) {
            state = PipelineState.CLOSED;
        }
    }

    /** Stops everything; tells the listener the first time. */
    void fail(Throwable problem) {
        synchronized (this) {
            if (state == PipelineState.CLOSED || state == PipelineState.FAILED) {
                return;
            }
            cause = problem;
            state = PipelineState.FAILED;
        }
        listener.failed(problem);
    }

    PipelineUnavailableException unavailable() {
        return switch (state) {
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
