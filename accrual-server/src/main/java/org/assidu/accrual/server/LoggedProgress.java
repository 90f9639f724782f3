package org.assidu.accrual.server;

import org.assidu.accrual.journal.RecoveryProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Journal verification at start, into the log: a line a second at most. */
final class LoggedProgress implements RecoveryProgress {
    private static final Logger LOG = LoggerFactory.getLogger("org.assidu.accrual.server.recovery");
    private static final long LINE_NANOS = 1_000_000_000L;

    private long lastLine = System.nanoTime();

    @Override
    public void verified(long bytesDone, long bytesTotal, long position) {
        long now = System.nanoTime();
        if (now - lastLine >= LINE_NANOS) {
            lastLine = now;
            LOG.info("verifying the journal: {} of {} MiB, position {}", bytesDone >> 20, bytesTotal >> 20, position);
        }
    }

    @Override
    public void warning(String message) {
        LOG.warn(message);
    }
}
