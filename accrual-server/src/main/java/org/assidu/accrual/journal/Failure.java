package org.assidu.accrual.journal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The first write or force that failed; from then on the journal refuses everything but reading. */
final class Failure {
    private final Path directory;
    private volatile @Nullable Throwable cause;

    Failure(Path directory) {
        this.directory = directory;
    }

    void check() {
        if (cause != null) {
            throw exception("an earlier write or force");
        }
    }

    JournalFailedException fail(String action, Throwable thrown) {
        synchronized (this) {
            if (cause == null) {
                cause = thrown;
            }
        }
        return exception(action);
    }

    boolean happened() {
        return cause != null;
    }

    private JournalFailedException exception(String action) {
        return new JournalFailedException(
                "journal " + directory + ": " + action + " failed (" + cause
                        + "). What is on disk is unknown: end this process, check disk and log, start again to recover",
                cause);
    }
}
