package org.assidu.accrual.journal;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Free space on the journal's disk, looked up now and then; any thread may ask. */
final class SpaceGuard {
    private final Path directory;
    private final JournalConfig config;
    private final JournalEnvironment environment;
    private volatile long freeBytes;
    private volatile long checkedNanos;
    private long bytesSinceCheck;

    SpaceGuard(Path directory, JournalConfig config, JournalEnvironment environment) {
        this.directory = directory;
        this.config = config;
        this.environment = environment;
        check();
    }

    /** Whether the disk is above the floor, as of at most the configured time ago. */
    boolean hasRoom() {
        long elapsedNanos = environment.nanoTime().getAsLong() - checkedNanos;
        if (elapsedNanos >= TimeUnit.MILLISECONDS.toNanos(config.spaceCheckMillis())) {
            check();
        }
        return freeBytes >= config.minimumFreeBytes();
    }

    /** As {@link #hasRoom}, without looking at the clock. */
    boolean hadRoom() {
        return freeBytes >= config.minimumFreeBytes();
    }

    /** Told by the appending thread after each batch. */
    void wrote(int bytes) {
        bytesSinceCheck += bytes;
        if (bytesSinceCheck >= config.spaceCheckBytes()) {
            bytesSinceCheck = 0;
            check();
        }
    }

    String refusal() {
        return "journal disk of " + directory + " has " + freeBytes + " bytes free, the floor is "
                + config.minimumFreeBytes()
                + ". Nothing was written; free some space and send again, or lower the floor (assidu serve --min-free-mib)";
    }

    private void check() {
        checkedNanos = environment.nanoTime().getAsLong();
        freeBytes = environment.spaceProbe().freeBytes(directory);
    }
}
