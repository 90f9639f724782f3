package org.assidu.accrual.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assidu.accrual.admin.ScrubProgress;
import org.assidu.accrual.journal.JournalDamagedException;
import org.assidu.accrual.journal.JournalException;
import org.assidu.accrual.journal.JournalScrub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal again from a thread of its own, slowly. Damage is told once, and ends the reading: sales go on, but the server
 * no longer says that it is well. What cannot be read for another reason is tried again.
 */
final class ScrubAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScrubAgent.class);
    private static final long STEPS_PER_SECOND = 5;
    private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long RETRY_SECONDS = 60;
    private static final long GRACE_SECONDS = 10;

    private final JournalScrub scrub;
    private final ScrubConfig config;
    private final Consumer<JournalDamagedException> damaged;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread agent = new Thread(task, "assidu-scrub");
        agent.setDaemon(true);
        return agent;
    });
    private volatile ScrubProgress progress = ScrubProgress.NONE;
    /** Agent's thread only. */
    private long savedNanos = System.nanoTime();

    private ScrubAgent(JournalScrub scrub, ScrubConfig config, Consumer<JournalDamagedException> damaged) {
        this.scrub = scrub;
        this.config = config;
        this.damaged = damaged;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** @param damaged told the first damage, on the agent's thread */
    static ScrubAgent start(JournalScrub scrub, ScrubConfig config, Consumer<JournalDamagedException> damaged) {
        ScrubAgent agent = new ScrubAgent(scrub, config, damaged);
        agent.next(0);
        return agent;
    }

    ScrubProgress progress() {
        return progress;
    }

    private void next(long delayMillis) {
        try {
            var unused = thread.schedule(this::step, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // The server stops.
        }
    }

    private void step() {
        try {
            long read = scrub.step(Math.max(1, config.bytesPerSecond() / STEPS_PER_SECOND));
            progress = new ScrubProgress(scrub.passes(), scrub.position(), "");
            if (read == 0) {
                LOG.info("the whole journal was read again and is as it was written ({} times)", scrub.passes());
                next(TimeUnit.SECONDS.toMillis(config.pauseSeconds()));
                return;
            }
            if (System.nanoTime() - savedNanos > SAVE_NANOS) {
                save();
            }
            next(TimeUnit.SECONDS.toMillis(1) * read / config.bytesPerSecond());
        } catch (JournalDamagedException e) {
            String message = e.damage().message();
            progress = new ScrubProgress(scrub.passes(), scrub.position(), message);
            LOG.error("{}. Health says NOT_SERVING; sales go on, and what they write is not concerned", message);
            damaged.accept(e);
        } catch (IOException | UncheckedIOException | JournalException e) {
            LOG.warn("the journal cannot be read again ({}); it is tried in {} s", e.toString(), RETRY_SECONDS);
            next(TimeUnit.SECONDS.toMillis(RETRY_SECONDS));
        }
    }

    private void save() throws IOException {
        scrub.save();
        savedNanos = System.nanoTime();
    }

    /** Notes how far it came. */
    @Override
    public void close() throws InterruptedException {
        // Not interrupted: a step is short.
        thread.shutdown();
        if (thread.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
            try {
                save();
            } catch (IOException e) {
                LOG.warn("the next start reads the journal from an earlier place on ({})", e.toString());
            }
            scrub.close();
        }
    }
}
