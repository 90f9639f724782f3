package org.assidu.accrual.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Another process of this machine and container, told from one that has its number by the time of its start. */
final class LocalProcess {
    private static final long LOOK_MILLIS = 20;

    private final ProcessHandle process;
    private final Optional<Instant> startedAt;

    private LocalProcess(ProcessHandle process) {
        this.process = process;
        startedAt = process.info().startInstant();
    }

    /**
     * @param startedAtMillis as the process itself says; 0 = it does not know
     * @return empty when there is none seen from here, or when it is this process
     */
    static Optional<LocalProcess> find(long id, long startedAtMillis) {
        return ProcessHandle.of(id)
                .filter(process -> !process.equals(ProcessHandle.current()))
                .map(LocalProcess::new)
                .filter(process -> process.startedAt
                        .filter(Instant.ofEpochMilli(startedAtMillis)::equals)
                        .isPresent());
    }

    /** @return false when it is still there behind {@code patience} */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        long started = System.nanoTime();
        while (isThere()) {
            if (System.nanoTime() - started > patience.toNanos()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    /**
     * One that has ended but whose parent has not asked for its exit code has no command line, and holds no file. (Which file it
     * runs is told to its own user only.)
     */
    private boolean isThere() {
        ProcessHandle.Info info = process.info();
        return process.isAlive()
                && info.startInstant().equals(startedAt)
                && info.commandLine().isPresent();
    }
}
