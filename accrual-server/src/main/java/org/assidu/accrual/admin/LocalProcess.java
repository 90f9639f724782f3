package org.assidu.accrual.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process of this machine and container, where the system has Linux's {@code /proc}. Another one of the same number is told from
 * it by its start as the kernel counts it: the time of day would not do, because a clock that is set moves it.
 *
 * @param startedTicks clock ticks from boot to its start
 */
public record LocalProcess(long id, long startedTicks) {
    private static final long LOOK_MILLIS = 20;
    /** Of what follows the name in {@code /proc/PID/stat}, see proc_pid_stat(5). */
    private static final int STATE = 0;

    private static final int START_TIME = 19;

    /** @return empty where the system does not tell */
    public static Optional<LocalProcess> own() {
        return running(ProcessHandle.current().pid());
    }

    /** @return empty when it does not run, or not here */
    public static Optional<LocalProcess> find(long id, long startedTicks) {
        return running(id).filter(new LocalProcess(id, startedTicks)::equals);
    }

    /** One that has ended but whose parent has not asked for its exit code holds no file: it does not run. */
    private static Optional<LocalProcess> running(long id) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(id), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[STATE].equals("Z") || fields[STATE].equals("X")
                    ? Optional.empty()
                    : Optional.of(new LocalProcess(id, Long.parseLong(fields[START_TIME])));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /** @return false when it still runs behind {@code patience} */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        long started = System.nanoTime();
        while (find(id, startedTicks).isPresent()) {
            if (System.nanoTime() - started > patience.toNanos()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }
}
