package org.assidu.accrual.pipeline;

/** What a pipeline is doing. */
public enum PipelineState {
    /** Takes work. */
    RUNNING,
    /** Finishes what it has; takes nothing new. */
    DRAINING,
    /** Everything it took is answered and durable. */
    CLOSED,
    /** A thread of the write path failed: only a restart, which recovers by replay, goes on. */
    FAILED
}
