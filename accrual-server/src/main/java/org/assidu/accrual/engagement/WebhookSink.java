package org.assidu.accrual.engagement;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.assidu.proto.v1.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * POSTs each event to an endpoint, in order, until the endpoint takes it (2xx): at least once, with position and index as
 * idempotency key. What it refuses is tried again for ever, with longer and longer pauses, so an endpoint that is down or
 * wrongly set up loses nothing.
 */
final class WebhookSink implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSink.class);
    private static final int LEAST_SECRET_BYTES = 16;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final int SUCCESS = 2;
    /** Most events that come twice when the process is killed. */
    private static final int EVENTS_A_CHECKPOINT = 32;

    private final String name;
    private final ForwarderConfig.Webhook config;
    private final WebhookSignature signature;
    private final LongSupplier clock;
    private final Checkpoint checkpoint;
    private final HttpClient client;
    private EventPosition next;
    private int unremembered;

    /**
     * @param state folder of checkpoints
     * @param clock epoch milliseconds
     */
    WebhookSink(String name, ForwarderConfig.Webhook config, Path state, LongSupplier clock) throws IOException {
        this.name = name;
        this.config = config;
        this.clock = clock;
        byte[] secret = Files.readString(config.secretFile(), StandardCharsets.UTF_8)
                .strip()
                .getBytes(StandardCharsets.UTF_8);
        if (secret.length < LEAST_SECRET_BYTES) {
            throw new IOException(config.secretFile() + " has a secret of " + secret.length + " bytes; write "
                    + LEAST_SECRET_BYTES + " or more");
        }
        signature = new WebhookSignature(secret);
        client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(config.timeoutSeconds()))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        checkpoint = Checkpoint.open(state, name);
        next = checkpoint.position();
    }

    @Override
    public EventPosition position() {
        return next;
    }

    @Override
    public void deliver(EventBatch batch, StopSignal stop) throws IOException {
        for (Event event : batch.events()) {
            if (!post(event, stop)) {
                return;
            }
            next = EventPosition.after(event);
            if (++unremembered == EVENTS_A_CHECKPOINT) {
                remember();
            }
        }
        next = batch.next();
        if (unremembered > 0) {
            remember();
        }
    }

    private void remember() throws IOException {
        checkpoint.write(next);
        unremembered = 0;
    }

    /** @return false when it was time to stop first */
    private boolean post(Event event, StopSignal stop) throws IOException {
        String body = EventJson.print(event);
        long pauseMillis = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; !stop.stopped(); attempt++) {
            CompletableFuture<HttpResponse<Void>> answer =
                    client.sendAsync(request(event, body), HttpResponse.BodyHandlers.discarding());
            if (!stop.await(answer)) {
                answer.cancel(true);
                return false;
            }
            String problem = problem(answer);
            if (problem.isEmpty()) {
                return true;
            }
            remember();
            long asked = retryAfterMillis(answer);
            long wait = Math.min(Math.max(pauseMillis, asked), config.longestPauseSeconds() * 1_000L);
            LOG.warn(
                    "forwarder {}: {} did not take event {}.{} at attempt {}: {}; again in {} ms",
                    name,
                    config.url(),
                    event.getPosition(),
                    event.getIndex(),
                    attempt,
                    problem,
                    wait);
            stop.await(wait);
            pauseMillis = Math.min(pauseMillis * 2, config.longestPauseSeconds() * 1_000L);
        }
        return false;
    }

    private HttpRequest request(Event event, String body) {
        return HttpRequest.newBuilder(config.url())
                .timeout(Duration.ofSeconds(config.timeoutSeconds()))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", event.getPosition() + "." + event.getIndex())
                .header(WebhookSignature.HEADER, signature.of(clock.getAsLong() / 1_000, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** Why it was not taken; empty when it was. */
    private static String problem(CompletableFuture<HttpResponse<Void>> answer) {
        return answer.handle((response, failure) -> {
                    if (failure != null) {
                        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                        return cause.toString();
                    }
                    return response.statusCode() / 100 == SUCCESS ? "" : "HTTP status " + response.statusCode();
                })
                .join();
    }

    private static long retryAfterMillis(CompletableFuture<HttpResponse<Void>> answer) {
        return answer.handle((response, failure) -> failure != null
                        ? 0L
                        : response.headers()
                                .firstValue("Retry-After")
                                .filter(seconds -> seconds.matches("[0-9]{1,6}"))
                                .map(seconds -> Long.parseLong(seconds) * 1_000)
                                .orElse(0L))
                .join();
    }

    @Override
    public void close() throws IOException {
        try (checkpoint) {
            checkpoint.write(next);
        }
    }
}
