package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assidu.accrual.engagement.EventJson;
import org.assidu.accrual.engagement.EventPosition;
import org.assidu.accrual.engagement.ForwarderFile;
import org.assidu.accrual.engagement.TestEndpoint;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.server.AssiduServer;
import org.assidu.accrual.server.ServerConfig;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class EventsCommandTest {
    @TempDir
    private Path folder;

    private Path configuration(TestEndpoint endpoint) throws Exception {
        Files.writeString(folder.resolve("crm.secret"), "0123456789abcdef");
        return Files.writeString(folder.resolve("assidu.yaml"), """
                forwarders:
                  - name: crm
                    webhook: {url: "%s", secret_file: crm.secret}
                    kinds: [FIRST_PURCHASE]
                    historical: true
                  - name: archive
                    files: {folder: events}
                    historical: true
                """.formatted(endpoint.url()));
    }

    private static List<Event> lines(Path events) throws Exception {
        List<Event> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(events)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".ndjson"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file);
                for (String line :
                        text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                    lines.add(EventJson.parse(line));
                }
            }
        }
        return lines;
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Test
    void tailPrintsEventsAndGoesOnBehindOne() throws Exception {
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("points", folder);
            server.type("generate", "--members", "20", "--days", "20");

            Terminal all = server.type("events", "tail", "--from", "1", "--no-follow", "--json");
            List<Event> events = new ArrayList<>();
            for (String line : all.out().split("\n")) {
                events.add(EventJson.parse(line));
            }
            assertThat(events).hasSizeGreaterThan(40);
            assertThat(events.stream().map(EventPosition::after)).doesNotHaveDuplicates();

            Event tenth = events.get(9);
            Terminal rest = server.type(
                    "events",
                    "tail",
                    "--from",
                    tenth.getPosition() + "." + (tenth.getIndex() + 1),
                    "--no-follow",
                    "--json");
            assertThat(rest.out().split("\n")).hasSize(events.size() - 10);

            Terminal text = server.type("events", "tail", "--from", "1", "--no-follow", "--kind", "WELCOME");
            assertThat(text.out().lines())
                    .hasSize((int) events.stream()
                            .filter(event -> event.getKind() == EventKind.EVENT_KIND_WELCOME)
                            .count())
                    .isNotEmpty()
                    .allMatch(line -> line.matches("[0-9]+\\.[0-9]+ \\S+Z WELCOME +member [0-9a-f]{16} value 0, "
                            + "receipt S[0-9]+/[0-9]+/[0-9]+/[0-9]+, no consent"));
            assertThat(server.type("events", "tail", "--no-follow").out()).isEmpty();
            Terminal wrong = server.type("events", "tail", "--from", "x");
            assertThat(wrong.code()).isEqualTo(Assidu.FAILED);
            assertThat(wrong.err()).contains("--from x is no place; write a position from 1");
        }
    }

    @Test
    void forwardBringsEverythingOnceOverAllItsRuns() throws Exception {
        try (RunningServer server = new RunningServer(folder.resolve("data"));
                TestEndpoint endpoint = new TestEndpoint(0)) {
            String configuration = configuration(endpoint).toString();
            server.publish("points", folder);
            server.type("generate", "--members", "20", "--days", "20");
            Terminal first = server.type("events", "forward", "--config", configuration, "--no-follow");
            assertThat(first.code()).as(first.err()).isZero();
            assertThat(first.out()).contains("crm: brought everything before").contains("archive: brought");
            List<Event> archived = lines(folder.resolve("events"));
            assertThat(endpoint.taken())
                    .isNotEmpty()
                    .containsExactlyElementsOf(archived.stream()
                            .filter(event -> event.getKind() == EventKind.EVENT_KIND_FIRST_PURCHASE)
                            .map(event -> event.getPosition() + "." + event.getIndex())
                            .toList());
            int posted = endpoint.received.size();

            server.type("events", "forward", "--config", configuration, "--no-follow");
            assertThat(endpoint.received).hasSize(posted);
            assertThat(lines(folder.resolve("events"))).isEqualTo(archived);
            String told = server.type("events", "tail", "--from", "1", "--no-follow", "--json")
                    .out();
            assertThat(archived.stream().map(EventJson::print)).containsExactly(told.split("\n"));

            Terminal unknown = server.type("events", "forward", "--config", configuration, "--only", "sms");
            assertThat(unknown.err()).contains("has no forwarder named sms");
        }
    }

    @Test
    void aServerForwardsByItselfAndADeadEndpointDoesNotConcernIt() throws Exception {
        TestEndpoint endpoint = new TestEndpoint(0);
        Path configuration = configuration(endpoint);
        int port = endpoint.port();
        endpoint.close();
        ServerConfig config = ServerConfig.at(folder.resolve("data")).withDurability(Durability.FAST);
        long position;
        long purchases;
        try (AssiduServer server = AssiduServer.start(config)) {
            server.forward(ForwarderFile.read(configuration));
            String address = "127.0.0.1:" + server.port();
            Path programme = folder.resolve("points.yaml");
            try (var in = EventsCommandTest.class.getResourceAsStream("/programmes/points.yaml")) {
                Files.write(programme, in.readAllBytes());
            }
            assertThat(Terminal.type("programme", "publish", programme.toString(), "--server", address)
                            .code())
                    .isZero();
            assertThat(Terminal.type("generate", "--members", "20", "--days", "20", "--server", address)
                            .code())
                    .isZero();
            position = server.pipeline().durablePosition();
            String told = Terminal.type("events", "tail", "--from", "1", "--no-follow", "--json", "--server", address)
                    .out();
            List<String> expected = List.of(told.split("\n"));
            await(
                    "all events in the files",
                    () -> lines(folder.resolve("events")).size() >= expected.size());
            purchases = expected.stream()
                    .filter(line -> line.contains("FIRST_PURCHASE"))
                    .count();
            assertThat(purchases).isPositive();
            assertThat(lines(folder.resolve("events")).stream().map(EventJson::print))
                    .isEqualTo(expected);
        }
        try (TestEndpoint back = new TestEndpoint(port);
                AssiduServer server = AssiduServer.start(config)) {
            server.forward(ForwarderFile.read(configuration));
            await("the first purchases at the endpoint", () -> back.taken().size() >= purchases);
            assertThat(back.taken()).hasSize((int) purchases).doesNotHaveDuplicates();
            assertThat(server.pipeline().durablePosition()).isEqualTo(position);
        }
    }
}
