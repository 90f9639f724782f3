package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.server.AssiduServer;
import org.assidu.accrual.server.ScrubConfig;
import org.assidu.accrual.server.ServerConfig;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.GetStatusResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that reads its journal again while it serves. */
@Timeout(60)
class ScrubTest {
    private static final ScrubConfig WITHOUT_PAUSE =
            ScrubConfig.defaults().withBytesPerSecond(64 << 20).withPauseSeconds(0);

    @TempDir
    private Path folder;

    private AssiduServer start() throws IOException {
        return AssiduServer.start(ServerConfig.at(folder.resolve("data")).withDurability(Durability.FAST));
    }

    private static String address(AssiduServer server) {
        return "127.0.0.1:" + server.port();
    }

    private void publish(AssiduServer server, int year) throws IOException {
        Path programme = Files.writeString(folder.resolve("programme.yaml"), """
                format: 1
                id: points
                currency: EUR
                time_zone: Europe/Paris
                effective_from: %d-01-01T00:00:00+01:00
                purse: {id: points}
                earning: {basis: AMOUNT, points: 1, per: 1.00}
                """.formatted(year));
        Terminal typed = Terminal.type("programme", "publish", programme.toString(), "--server", address(server));
        assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
    }

    private static GetStatusResponse status(AssiduServer server) {
        try (Connection connection = Connection.to(address(server))) {
            return AdminServiceGrpc.newBlockingStub(connection.channel())
                    .getStatus(GetStatusRequest.getDefaultInstance());
        }
    }

    private static ServingStatus health(AssiduServer server) {
        try (Connection connection = Connection.to(address(server))) {
            return HealthGrpc.newBlockingStub(connection.channel())
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private Path journalFile(int generation) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data/journal/gen-00000" + generation))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aBitThatFlipsInAnOldGenerationWhileTheServerRunsTurnsHealthAndIsNamed() throws Exception {
        try (AssiduServer server = start()) {
            publish(server, 2020);
        }
        try (AssiduServer server = start()) {
            publish(server, 2021);
            server.scrub(WITHOUT_PAUSE);
            await(() -> status(server).getScrubPasses() > 1);
            assertThat(health(server)).isEqualTo(ServingStatus.SERVING);

            flip(journalFile(1));
            await(() -> health(server) == ServingStatus.NOT_SERVING);

            assertThat(status(server).getScrubDamage())
                    .contains("journal damaged at position=1")
                    .contains(journalFile(1).toString())
                    .contains("assidu verify --data")
                    .contains("restore");
            Terminal typed = Terminal.type("status", "--server", address(server));
            assertThat(typed.out()).contains("DAMAGED").contains("journal damaged at position=1");
            // Sales go on: what they write is not concerned.
            publish(server, 2022);
        }
    }

    private static void flip(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            long at = access.length() - 60;
            access.seek(at);
            int value = access.read();
            access.seek(at);
            access.write(value ^ 4);
        }
    }
}
