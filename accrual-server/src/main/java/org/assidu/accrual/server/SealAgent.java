package org.assidu.accrual.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.assidu.accrual.audit.Sealer;
import org.assidu.accrual.journal.JournalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the journal from a thread of its own, beside the write path: when it starts, on each new day (UTC), and when it is
 * closed. What fails is logged and tried again a minute later; sales go on.
 */
final class SealAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SealAgent.class);
    private static final long PERIOD_SECONDS = 60;
    private static final long GRACE_MINUTES = 10;
    private static final long NEVER = Long.MIN_VALUE;

    private final Sealer sealer;
    private final Supplier<JournalReader> readers;
    private final LongSupplier durablePosition;
    private final LongSupplier epochMillis;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread agent = new Thread(task, "assidu-seal");
        agent.setDaemon(true);
        return agent;
    });
    /** Day of the last seal; agent's thread only. */
    private long sealedDay = NEVER;

    private SealAgent(
            Sealer sealer, Supplier<JournalReader> readers, LongSupplier durablePosition, LongSupplier epochMillis) {
        this.sealer = sealer;
        this.readers = readers;
        this.durablePosition = durablePosition;
        this.epochMillis = epochMillis;
    }

    static SealAgent start(
            Sealer sealer, Supplier<JournalReader> readers, LongSupplier durablePosition, LongSupplier epochMillis) {
        SealAgent agent = new SealAgent(sealer, readers, durablePosition, epochMillis);
        var unused = agent.thread.scheduleWithFixedDelay(agent::sealNewDay, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
        return agent;
    }

    private void sealNewDay() {
        long day = TimeUnit.MILLISECONDS.toDays(epochMillis.getAsLong());
        if (day != sealedDay && seal()) {
            sealedDay = day;
        }
    }

    private boolean seal() {
        try (JournalReader reader = readers.get()) {
            Optional<Path> file = sealer.seal(reader, durablePosition.getAsLong());
            file.ifPresent(written -> LOG.info("sealed the journal in {}: keep a copy elsewhere", written));
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error("the journal could not be sealed; it is tried again in {} s", PERIOD_SECONDS, e);
            return false;
        }
    }

    /** Seals what is left. The journal must still be open. */
    @Override
    public void close() throws InterruptedException {
        thread.execute(this::seal);
        thread.shutdown();
        if (!thread.awaitTermination(GRACE_MINUTES, TimeUnit.MINUTES)) {
            LOG.error(
                    "the last seal takes more than {} minutes and is given up; `assidu seal now` makes it",
                    GRACE_MINUTES);
        }
    }
}
