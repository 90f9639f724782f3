package org.assidu.accrual.journal;

import org.jspecify.annotations.Nullable;

/** A write or a force failed: what is on disk is unknown, so this process must end and the next one recover. */
public final class JournalFailedException extends JournalException {
    private static final long serialVersionUID = 1L;

    public JournalFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
