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

    private final List<String> command;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread agent = new Thread(task, "assidu-snapshot");
        agent.setDaemon(true);
        return agent;
    });
    private volatile @Nullable Process running;
    private volatile boolean closed;

    private SnapshotAgent(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** @param command makes one snapshot and ends */
    static SnapshotAgent start(Duration period, List<String> command) {
        SnapshotAgent agent = new SnapshotAgent(command);
        long millis = period.toMillis();
        var unused = agent.thread.scheduleWithFixedDelay(agent::take, millis, millis, TimeUnit.MILLISECONDS);
        return agent;
    }

    private void take() {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
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
