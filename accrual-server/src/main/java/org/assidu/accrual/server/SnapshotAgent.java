package org.assidu.accrual.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.admin.NewestSnapshot;
import org.assidu.accrual.snapshot.SnapshotHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a process of its own make snapshots now and then, so that neither the server's threads nor its heap take part. What it
 * says is logged; a failure costs nothing but a longer start.
 */
final class SnapshotAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotAgent.class);
    private static final long GRACE_SECONDS = 10;
    private static final long LOOK_SECONDS = 60;

    private final ServerSnapshots snapshots;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread agent = new Thread(task, "assidu-snapshot");
        agent.setDaemon(true);
        return agent;
    });
    private volatile NewestSnapshot newest = NewestSnapshot.NONE;
    private volatile @Nullable Process running;
    private volatile boolean closed;

    private SnapshotAgent(ServerSnapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** Looks now and then which snapshots there are. */
    static SnapshotAgent start(ServerSnapshots snapshots) {
        SnapshotAgent agent = new SnapshotAgent(snapshots);
        agent.look();
        var unused = agent.thread.scheduleWithFixedDelay(agent::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        return agent;
    }

    /** @param command makes one snapshot and ends */
    void takeEvery(Duration period, List<String> command) {
        long millis = period.toMillis();
        List<String> words = List.copyOf(command);
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

    private void take(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            running = process;
            if (closed) {
                process.destroy();
            }
            process.getOutputStream().close();
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                said.lines().forEach(line -> LOG.info("snapshot: {}", line));
            }
            int code = process.waitFor();
            if (code != 0 && !closed) {
                LOG.error("the snapshot process ended with code {}: the next start replays more of the journal", code);
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                LOG.error("no snapshot could be made: the next start replays more of the journal", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running = null;
            look();
        }
    }

    /** Gives up the snapshot under way: it leaves no file behind that anyone would read. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.shutdown();
        Process process = running;
        if (process != null) {
            process.destroy();
        }
        if (!thread.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
            Process stubborn = running;
            if (stubborn != null) {
                stubborn.destroyForcibly();
            }
        }
    }
}
