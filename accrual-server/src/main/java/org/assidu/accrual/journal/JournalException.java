package org.assidu.accrual.journal;

import org.jspecify.annotations.Nullable;

/** A journal cannot be opened, read or written; subclasses say which. */
public class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
