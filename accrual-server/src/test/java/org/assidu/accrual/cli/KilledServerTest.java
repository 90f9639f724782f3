package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.server.ServerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server process killed with SIGKILL in the middle of an import, and what a second run of the import makes of it. */
final class KilledServerTest {
    private static final long RANDOM_SEED = Long.getLong("seed", System.nanoTime());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"DURABLE, false", "FAST, false", "FAST, true"})
    void importRunAgainAfterAKillEndsAsIfNothingHadHappened(Durability durability, boolean expiring) throws Exception {
        System.out.println("KilledServerTest -Dseed=" + RANDOM_SEED);
        Path sales = folder.resolve("sales.csv.gz");
        assertThat(Terminal.type("generate", "--members", "400", "--days", "60", "--out", sales.toString())
                        .code())
                .isZero();
        SalesOutcome undisturbed = undisturbed(sales, durability, expiring);

        Path data = folder.resolve("killed");
        int kills = 0;
        Random random = new Random(RANDOM_SEED);
        for (int attempt = 0; attempt < 3; attempt++) {
            ServerProcess server = ServerProcess.start(data, durability);
            String address = server.address();
            if (attempt == 0) {
                publish(address, expiring);
            }
            CompletableFuture<Terminal> run = CompletableFuture.supplyAsync(() -> Terminal.type(
                    "import",
                    sales.toString(),
                    "--format",
                    "assidu",
                    "--historical",
                    "--server",
                    address,
                    "--reconnect-seconds",
                    "0"));
            long killAt = 1 + (long) (random.nextDouble() * undisturbed.receipts() * 0.9);
            if (attempt == 1) {
                server.awaitReceipts(killAt / 2, run::isDone);
                // Beside the import; what it sends again first is known, and no reason for another snapshot.
                assertThat(takeSnapshot(data)).contains("loaded the snapshot of position ");
            }
            server.awaitReceipts(killAt, run::isDone);
            server.kill();
            if (attempt == 0) {
                assertThat(takeSnapshot(data)).contains(".snapshot  position ");
            }
            kills += run.get(60, TimeUnit.SECONDS).code() == 0 ? 0 : 1;
        }
        assertThat(kills).as("imports that the kill interrupted").isPositive();

        ServerProcess server = ServerProcess.start(data, durability);
        String address = server.address();
        Terminal last = Terminal.type(
                "import", sales.toString(), "--format", "assidu", "--historical", "--server", address, "--json");
        assertThat(last.code()).as(last.out() + last.err()).isZero();
        assertThat(last.json("ALREADY_ACCRUED")).isNotEqualTo("0");
        SalesOutcome killed = SalesOutcome.of(address, folder.resolve("killed-export"));
        assertThat(Terminal.type("stop", "--server", address).code()).isZero();
        assertThat(server.process().waitFor()).isZero();

        assertThat(killed).isEqualTo(undisturbed);
        Terminal verified = Terminal.type("verify", "--data", data.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("outcomes identical");
    }

    private static String takeSnapshot(Path data) {
        Terminal taken = Terminal.type("snapshot", "--data", data.toString());
        assertThat(taken.code()).as(taken.out() + taken.err()).isZero();
        return taken.err() + taken.out();
    }

    /** @param expiring points live for 20 days of the import's 60, so that sweeps run all through it */
    private void publish(String address, boolean expiring) throws IOException {
        String validity = "purse:\n  validity: {length: 20, unit: DAYS}\n  pending_days: 3\n  reminder_days: [5]\n";
        ServerProcess.publish(
                address, "points", folder, text -> expiring ? text.replace("\npurse:\n", "\n" + validity) : text);
    }

    @Test
    void flippedBitInTheLiveTailIsRefusedWithFilePositionAndNextStep() throws Exception {
        Path data = folder.resolve("data");
        ServerProcess server = ServerProcess.start(data, Durability.DURABLE);
        server.publish("points", folder);
        Terminal.type("generate", "--members", "50", "--days", "10", "--server", server.address());
        server.kill();
        Path tail;
        try (var files = Files.walk(data.resolve("journal"))) {
            tail = files.filter(file -> file.toString().endsWith(".cq4"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(tail);
        int flipped = indexOf(bytes, "grocery".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        bytes[flipped] ^= 1;
        Files.write(tail, bytes);

        ServerProcess again = ServerProcess.start(data, Durability.DURABLE);
        assertThat(again.process().waitFor()).isNotZero();
        assertThat(Files.readString(ServerProcess.log(data)))
                .contains(tail.getFileName().toString())
                .contains("position")
                .contains("assidu verify --data");
        Terminal verified = Terminal.type("verify", "--data", data.toString());
        assertThat(verified.code()).isEqualTo(Assidu.FAILED);
        assertThat(verified.out())
                .contains("DAMAGED")
                .contains(tail.getFileName().toString());
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at < bytes.length - wanted.length; at++) {
            if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("no such bytes in the journal");
    }

    private SalesOutcome undisturbed(Path sales, Durability durability, boolean expiring) throws Exception {
        ServerConfig config = ServerConfig.at(folder.resolve("undisturbed"))
                .withDurability(durability)
                .withMemberKeySeed(ServerProcess.MEMBER_KEY_SEED);
        try (RunningServer server = new RunningServer(config)) {
            publish(server.address(), expiring);
            Terminal run = server.type("import", sales.toString(), "--format", "assidu", "--historical");
            assertThat(run.code()).as(run.out() + run.err()).isZero();
            return SalesOutcome.of(server.address(), folder.resolve("undisturbed-export"));
        }
    }
}
