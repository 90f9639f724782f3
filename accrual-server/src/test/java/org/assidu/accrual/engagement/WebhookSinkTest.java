package org.assidu.accrual.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assidu.proto.v1.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class WebhookSinkTest {
    private static final String SECRET = "correct horse battery staple";
    private static final long NOW = 1_790_000_000_500L;

    @TempDir
    Path folder;

    private Forwarder forwarder(int port, EventSource.Opener source) throws IOException {
        Path secret = folder.resolve("secret");
        Files.writeString(secret, SECRET + "\n");
        ForwarderConfig.Webhook webhook =
                new ForwarderConfig.Webhook(URI.create("http://127.0.0.1:" + port + "/events"), secret, 5, 1);
        return Forwarder.start(
                new ForwarderConfig("crm", EventFilter.ALL, webhook), source, folder.resolve("state"), () -> NOW);
    }

    @Test
    void eachEventIsASignedPostWithItsPlaceAsKey() throws Exception {
        List<Event> events = TestEvents.of(5);
        try (TestEndpoint endpoint = new TestEndpoint(0);
                Forwarder forwarder = forwarder(endpoint.port(), TestEvents.source(events))) {
            forwarder.end().get(30, TimeUnit.SECONDS);

            assertThat(endpoint.taken()).containsExactly("1.1", "1.2", "2.1", "2.2", "3.1");
            for (int i = 0; i < events.size(); i++) {
                TestEndpoint.Received request = endpoint.received.get(i);
                assertThat(EventJson.parse(request.body())).isEqualTo(events.get(i));
                assertThat(request.type()).isEqualTo("application/json");
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                String expected = HexFormat.of()
                        .formatHex(mac.doFinal(("1790000000." + request.body()).getBytes(StandardCharsets.UTF_8)));
                assertThat(request.signature()).isEqualTo("t=1790000000,v1=" + expected);
            }
        }
    }

    @Test
    void whatIsRefusedIsTriedAgainBeforeTheNextAndInOrder() throws Exception {
        try (TestEndpoint endpoint = new TestEndpoint(0)) {
            endpoint.answers.addAll(List.of(204, 500, 302, 404, 200));
            try (Forwarder forwarder = forwarder(endpoint.port(), TestEvents.source(TestEvents.of(3)))) {
                forwarder.end().get(30, TimeUnit.SECONDS);
            }
            assertThat(endpoint.received.stream().map(request -> request.key() + " " + request.status()))
                    .containsExactly("1.1 204", "1.2 500", "1.2 302", "1.2 404", "1.2 200", "2.1 204");
        }
    }

    @Test
    void anEndpointThatComesBackGetsEverythingFromWhereItWas() throws Exception {
        List<Event> events = TestEvents.of(8);
        int port = TestEndpoint.freePort();
        try (TestEndpoint first = new TestEndpoint(port);
                Forwarder forwarder = forwarder(port, TestEvents.source(events.subList(0, 4)))) {
            forwarder.end().get(30, TimeUnit.SECONDS);
            assertThat(first.taken()).hasSize(4);
        }
        try (Forwarder down = forwarder(port, TestEvents.source(events))) {
            down.end()
                    .copy()
                    .completeOnTimeout(null, 1_200, TimeUnit.MILLISECONDS)
                    .join();
            assertThat(down.end()).isNotDone();
            assertThat(down.position()).isEqualTo(new EventPosition(3, 0));
            try (TestEndpoint again = new TestEndpoint(port)) {
                down.end().get(30, TimeUnit.SECONDS);
                assertThat(again.taken()).containsExactly("3.1", "3.2", "4.1", "4.2");
            }
        }
        try (TestEndpoint later = new TestEndpoint(port);
                Forwarder forwarder = forwarder(port, TestEvents.source(events))) {
            forwarder.end().get(30, TimeUnit.SECONDS);
            assertThat(later.received).isEmpty();
        }
    }

    @Test
    void aForwarderInTheMiddleOfAPauseEndsAtOnce() throws Exception {
        long before = System.nanoTime();
        try (Forwarder forwarder = forwarder(TestEndpoint.freePort(), TestEvents.source(TestEvents.of(2)))) {
            forwarder.end().completeOnTimeout(null, 100, TimeUnit.MILLISECONDS).join();
        }
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before)).isLessThan(5);
    }

    @Test
    void aSecretThatIsTooShortAndADamagedCheckpointAreRefused() throws IOException {
        Path secret = folder.resolve("short");
        Files.writeString(secret, "0123456789");
        ForwarderConfig.Webhook webhook = new ForwarderConfig.Webhook(URI.create("http://127.0.0.1:1/"), secret, 5, 1);
        assertThatThrownBy(() -> new WebhookSink("crm", webhook, folder, () -> NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has a secret of 10 bytes; write 16 or more");
        Files.writeString(folder.resolve("crm.json"), "{}");
        assertThatThrownBy(() -> Checkpoint.open(folder, "crm"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("crm.json does not say how far")
                .hasMessageContaining("Delete it");
    }

    @Test
    void twoOfOneNameDoNotRunAtATime() throws IOException {
        try (Checkpoint first = Checkpoint.open(folder, "crm")) {
            assertThat(first.position()).isEqualTo(EventPosition.START);
            assertThatThrownBy(() -> Checkpoint.open(folder, "crm"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("crm.lock is locked");
        }
        Checkpoint.open(folder, "crm").close();
    }
}
