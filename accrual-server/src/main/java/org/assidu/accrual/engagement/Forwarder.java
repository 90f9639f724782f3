package org.assidu.accrual.engagement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events from a source to a sink on a thread of its own. Whatever goes wrong is logged and tried again after a pause:
 * it never concerns whoever started it.
 */
public final class Forwarder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final long PAUSE_MILLIS = 5_000;

    private final ForwarderConfig config;
    private final EventSource.Opener sources;
    private final Path state;
    private final LongSupplier clock;
    private final StopSignal stop = new StopSignal();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread;
    private volatile EventPosition position = EventPosition.START;

    private Forwarder(ForwarderConfig config, EventSource.Opener sources, Path state, LongSupplier clock) {
        this.config = config;
        this.sources = sources;
        this.state = state;
        this.clock = clock;
        thread = new Thread(this::run, "assidu-forward-" + config.name());
        thread.setDaemon(true);
    }

    /**
     * Starts one.
     *
     * @param state folder where it remembers how far it is
     * @param clock epoch milliseconds
     */
    public static Forwarder start(ForwarderConfig config, EventSource.Opener sources, Path state, LongSupplier clock) {
        Forwarder forwarder = new Forwarder(config, sources, state, clock);
        forwarder.thread.start();
        return forwarder;
    }

    private void run() {
        try {
            while (!stop.stopped() && !forward()) {
                stop.await(PAUSE_MILLIS);
            }
            end.complete(null);
        } catch (Throwable e) {
            LOG.error("forwarder {} ends", config.name(), e);
            end.completeExceptionally(e);
        }
    }

    /** @return whether there is nothing more to come */
    private boolean forward() {
        try (EventSink sink = sink()) {
            position = sink.position();
            LOG.info("forwarder {}: from {}", config.name(), position);
            try (EventSource source = sources.open(position, config.filter())) {
                while (!stop.stopped()) {
                    EventBatch batch = source.next();
                    if (batch == null) {
                        return true;
                    }
                    sink.deliver(batch, stop);
                    position = sink.position();
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("forwarder {} pauses for {} ms at {}", config.name(), PAUSE_MILLIS, position, e);
        }
        return false;
    }

    private EventSink sink() throws IOException {
        if (config.target() instanceof ForwarderConfig.Webhook webhook) {
            return new WebhookSink(config.name(), webhook, state, clock);
        }
        return new FileSink((ForwarderConfig.Files) config.target());
    }

    /** Where it goes on: behind the last event that was delivered. */
    public EventPosition position() {
        return position;
    }

    /** Done when the source ended, or the forwarder was closed. */
    public CompletableFuture<Void> end() {
        return end.copy();
    }

    /** Ends it, in the middle of a delivery if need be, and waits for it. */
    @Override
    public void close() {
        stop.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
