package org.assidu.accrual.pipeline;

/** There is no room now, in the ring or on the disk; the same call may succeed after a pause. */
public final class PipelineOverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PipelineOverloadedException(String message) {
        super(message);
    }
}
