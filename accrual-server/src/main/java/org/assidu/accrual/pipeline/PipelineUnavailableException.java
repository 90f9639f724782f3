package org.assidu.accrual.pipeline;

import org.jspecify.annotations.Nullable;

/** The pipeline has stopped taking work, or stopped before it could answer. */
public final class PipelineUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PipelineUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
