package org.assidu.accrual.export;

import org.jspecify.annotations.Nullable;

/** The export cannot go on; its folder stays as the last checkpoint describes it. */
public final class ExportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExportException(String message) {
        super(message);
    }

    ExportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
