package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assidu.accrual.engagement.EventJson;
import org.assidu.accrual.engagement.EventPosition;
import org.assidu.accrual.engagement.TestEndpoint;
import org.assidu.accrual.journal.Durability;
import org.assidu.proto.v1.EngagementServiceGrpc;
import org.assidu.proto.v1.Event;
import org.assidu.proto.v1.StreamEventsRequest;
import org.assidu.proto.v1.StreamEventsResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader of events that only remembers where it is, beside a server that is killed again and again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KilledEventsTest {
    private static final int KILLS = 3;
    private static final long RANDOM_SEED = Long.getLong("seed", System.nanoTime());

    @TempDir
    private Path folder;

    private TestEndpoint endpoint;

    @AfterEach
    void closeEndpoint() {
        endpoint.close();
    }

    private final List<Event> told = new CopyOnWriteArrayList<>();
    private volatile EventPosition next = EventPosition.START;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void eachEventIsToldOnceAndInOrderWhateverIsKilled(Durability durability) throws Exception {
        System.out.println("KilledEventsTest -Dseed=" + RANDOM_SEED);
        Random random = new Random(RANDOM_SEED);
        Path sales = folder.resolve("sales.csv.gz");
        assertThat(Terminal.type("generate", "--members", "300", "--days", "60", "--out", sales.toString())
                        .code())
                .isZero();
        Path data = folder.resolve("data");
        endpoint = new TestEndpoint(0);
        Files.writeString(folder.resolve("crm.secret"), "0123456789abcdef");
        Path configuration = Files.writeString(folder.resolve("assidu.yaml"), """
                forwarders:
                  - {name: crm, historical: true, webhook: {url: "%s", secret_file: crm.secret}}
                  - {name: archive, historical: true, files: {folder: events, rotate_mib: 1}}
                """.formatted(endpoint.url()));
        for (int kill = 0; kill < KILLS; kill++) {
            ServerProcess server =
                    ServerProcess.start(data, durability, List.of(), List.of("--config", configuration.toString()));
            if (kill == 0) {
                publish(server.address());
            }
            CompletableFuture<Terminal> run = importing(sales, server);
            int enough = told.size() + 20 + random.nextInt(150);
            CompletableFuture<Void> reader = following(server);
            while (told.size() < enough && !run.isDone()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            server.kill();
            reader.get(60, TimeUnit.SECONDS);
            run.get(60, TimeUnit.SECONDS);
        }
        ServerProcess server =
                ServerProcess.start(data, durability, List.of(), List.of("--config", configuration.toString()));
        assertThat(importing(sales, server).get(2, TimeUnit.MINUTES).code()).isZero();
        read(server, true);

        assertThat(told).isSortedAccordingTo((a, b) -> EventPosition.after(a).compareTo(EventPosition.after(b)));
        assertThat(told.stream().map(EventPosition::after)).doesNotHaveDuplicates();
        List<Event> remembered = List.copyOf(told);
        told.clear();
        next = EventPosition.START;
        read(server, true);
        assertThat(remembered).isEqualTo(told);
        assertThat(remembered).hasSizeGreaterThan(500);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (endpoint.taken().stream().distinct().count() < told.size()
                || archived(folder.resolve("events")).size() < told.size()) {
            assertThat(System.nanoTime()).as("forwarders bring everything").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        server.stop();
        assertThat(archived(folder.resolve("events"))).isEqualTo(told);
        List<String> keys = told.stream()
                .map(event -> event.getPosition() + "." + event.getIndex())
                .toList();
        assertThat(endpoint.taken().stream().distinct()).containsExactlyElementsOf(keys);
        System.out.println(told.size() + " events, " + (endpoint.taken().size() - told.size()) + " posted again");
        assertThat(endpoint.taken().size() - told.size()).isLessThanOrEqualTo(KILLS * 33);
    }

    private static List<Event> archived(Path events) throws Exception {
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

    private static CompletableFuture<Terminal> importing(Path sales, ServerProcess server) {
        return CompletableFuture.supplyAsync(() -> Terminal.type(
                "import",
                sales.toString(),
                "--format",
                "assidu",
                "--historical",
                "--server",
                server.address(),
                "--reconnect-seconds",
                "0"));
    }

    /** Follows a server until it is gone. */
    private CompletableFuture<Void> following(ServerProcess server) {
        return CompletableFuture.runAsync(() -> {
            try {
                read(server, false);
            } catch (StatusRuntimeException killed) {
                assertThat(killed.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            }
        });
    }

    /** Goes on where the last response said. */
    private void read(ServerProcess server, boolean toTheEnd) {
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(server.address()).usePlaintext().build();
        try {
            Iterator<StreamEventsResponse> responses = EngagementServiceGrpc.newBlockingStub(channel)
                    .streamEvents(StreamEventsRequest.newBuilder()
                            .setFromPosition(next.position())
                            .setFromIndex(next.index())
                            .setEndWhenCaughtUp(toTheEnd)
                            .build());
            while (responses.hasNext()) {
                StreamEventsResponse response = responses.next();
                told.addAll(response.getEventsList());
                next = new EventPosition(response.getNextPosition(), response.getNextIndex());
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private void publish(String address) throws Exception {
        Path file = folder.resolve("points.yaml");
        try (InputStream in = KilledEventsTest.class.getResourceAsStream("/programmes/points.yaml")) {
            Files.write(file, in.readAllBytes());
        }
        assertThat(Terminal.type("programme", "publish", file.toString(), "--server", address)
                        .code())
                .isZero();
    }
}
