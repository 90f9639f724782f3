package org.assidu.accrual.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.admin.NewestSnapshot;
import org.assidu.accrual.snapshot.SnapshotHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a process of its own make snapshots now and then, so that neither the server's threads nor its heap take part. It stays
 * between two of them and follows the journal, so that it takes memory once. What it says is logged; a failure costs nothing
 * but a longer start.
 */
final class SnapshotAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotAgent.class);
    private static final long GRACE_SECONDS = 10;
    private static final long LOOK_SECONDS = 60;
    /** The process loads its state once tills are back; what they send until then is still in memory. */
    private static final long START_SECONDS = 60;

    /** By SIGINT or SIGTERM: whoever stops the server from a terminal stops both. */
    private static final Set<Integer> TOLD_TO_END = Set.of(130, 143);

    private final ServerSnapshots snapshots;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread agent = new Thread(task, "assidu-snapshot");
        agent.setDaemon(true);
        return agent;
    });
    private volatile NewestSnapshot newest = NewestSnapshot.NONE;
    private volatile @Nullable Process running;
    private volatile boolean closed;

    private SnapshotAgent(ServerSnapshots snapshots) {
        this.snapshots = snapshots;
        // A stop does not wait for the first start of the process.
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Looks now and then which snapshots there are. */
    static SnapshotAgent start(ServerSnapshots snapshots) {
        SnapshotAgent agent = new SnapshotAgent(snapshots);
        agent.look();
        var unused = agent.thread.scheduleWithFixedDelay(agent::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        return agent;
    }

    /** @param command of a process that stays, makes a snapshot for each line that it is given, and ends with its input */
    void takeEvery(Duration period, List<String> command) {
        long millis = period.toMillis();
        List<String> words = List.copyOf(command);
        var unusedStart = thread.schedule(() -> processOf(words), START_SECONDS, TimeUnit.SECONDS);
        var unused = thread.scheduleWithFixedDelay(() -> take(words), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** The newest one, as seen within the last minute. Any thread. */
    NewestSnapshot newest() {
        return newest;
    }

    private void look() {
        try {
            SnapshotHead head = snapshots.newest();
            newest = head == null ? NewestSnapshot.NONE : new NewestSnapshot(head.position(), head.takenAtMillis());
        } catch (IOException | RuntimeException e) {
            LOG.warn("snapshots in {} cannot be looked at", snapshots.store().folder(), e);
        }
    }

    /** Has the process that stays make one; where there is none, or no longer, one is started first. */
    private void take(List<String> command) {
        Process process = processOf(command);
        if (process == null) {
            return;
        }
        try {
            OutputStream requests = process.getOutputStream();
            requests.write('\n');
            requests.flush();
        } catch (IOException e) {
            // It has just ended; whoever waits for it says so.
            LOG.debug("the snapshot process is not there", e);
        }
    }

    private @Nullable Process processOf(List<String> command) {
        Process process = running;
        return process != null && process.isAlive() ? process : start(command);
    }

    private synchronized @Nullable Process start(List<String> command) {
        if (closed) {
            return null;
        }
        try {
            Process started =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            running = started;
            Thread listener = new Thread(() -> listen(started), "assidu-snapshot-log");
            listener.setDaemon(true);
            listener.start();
            return started;
        } catch (IOException | RuntimeException e) {
            LOG.error("no snapshot can be made: the next start replays more of the journal", e);
            return null;
        }
    }

    private void listen(Process process) {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            said.lines().forEach(line -> LOG.info("snapshot: {}", line));
            int code = process.waitFor();
            if (closed || TOLD_TO_END.contains(code)) {
                LOG.debug("the snapshot process ended with code {}", code);
            } else {
                LOG.error("the snapshot process ended with code {}; it is started again when one is due", code);
            }
        } catch (IOException | UncheckedIOException e) {
            if (!closed) {
                LOG.error("what the snapshot process says cannot be read", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives up the snapshot under way: it leaves no file behind that anyone would read. */
    @Override
    public void close() throws InterruptedException {
        Process process;
        synchronized (this) {
            closed = true;
            process = running;
        }
        thread.shutdown();
        if (process != null) {
            process.destroy();
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        if (!thread.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the folder of snapshots is still being looked at; this server ends without waiting for it");
        }
    }
}
