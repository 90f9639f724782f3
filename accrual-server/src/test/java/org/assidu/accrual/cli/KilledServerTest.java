package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.ServerConfig;
import org.assidu.accrual.server.ServerFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server process killed with SIGKILL in the middle of an import, and what a second run of the import makes of it. */
final class KilledServerTest {
    private static final String SEED = "77";
    private static final long RANDOM_SEED = Long.getLong("seed", System.nanoTime());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void importRunAgainAfterAKillEndsAsIfNothingHadHappened(Durability durability) throws Exception {
        System.out.println("KilledServerTest -Dseed=" + RANDOM_SEED);
        Path sales = folder.resolve("sales.csv.gz");
        assertThat(Terminal.type("generate", "--members", "400", "--days", "60", "--out", sales.toString())
                        .code())
                .isZero();
        Outcome undisturbed = undisturbed(sales, durability);

        Path data = folder.resolve("killed");
        int kills = 0;
        Random random = new Random(RANDOM_SEED);
        for (int attempt = 0; attempt < 3; attempt++) {
            Process process = serve(data, durability);
            String address = address(data, process);
            if (attempt == 0) {
                publish(address);
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
            long killAt = 1 + (long) (random.nextDouble() * undisturbed.receipts * 0.9);
            awaitReceipts(address, killAt, run);
            process.destroyForcibly().waitFor();
            kills += run.get(60, TimeUnit.SECONDS).code() == 0 ? 0 : 1;
            Files.deleteIfExists(new DataDirectory(data).serverFile());
        }
        assertThat(kills).as("imports that the kill interrupted").isPositive();

        Process process = serve(data, durability);
        String address = address(data, process);
        Terminal last = Terminal.type(
                "import", sales.toString(), "--format", "assidu", "--historical", "--server", address, "--json");
        assertThat(last.code()).as(last.out() + last.err()).isZero();
        assertThat(last.json("ALREADY_ACCRUED")).isNotEqualTo("0");
        Outcome killed = outcome(address, folder.resolve("killed-export"));
        assertThat(Terminal.type("stop", "--server", address).code()).isZero();
        assertThat(process.waitFor()).isZero();

        assertThat(killed).isEqualTo(undisturbed);
        Terminal verified = Terminal.type("verify", "--data", data.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("outcomes identical");
    }

    @Test
    void flippedBitInTheLiveTailIsRefusedWithFilePositionAndNextStep() throws Exception {
        Path data = folder.resolve("data");
        Process process = serve(data, Durability.DURABLE);
        String address = address(data, process);
        publish(address);
        Terminal.type("generate", "--members", "50", "--days", "10", "--server", address);
        process.destroyForcibly().waitFor();
        Files.deleteIfExists(new DataDirectory(data).serverFile());
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

        Process again = serve(data, Durability.DURABLE);
        assertThat(again.waitFor()).isNotZero();
        assertThat(Files.readString(log(data)))
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

    /** What must not depend on crashes: state, and the export's content without positions and arrival times. */
    private record Outcome(String stateHash, String members, long receipts, String content) {}

    private Outcome undisturbed(Path sales, Durability durability) throws Exception {
        ServerConfig config = ServerConfig.at(folder.resolve("undisturbed"))
                .withDurability(durability)
                .withMemberKeySeed(Long.parseLong(SEED));
        try (RunningServer server = new RunningServer(config)) {
            publish(server.address());
            Terminal run = server.type("import", sales.toString(), "--format", "assidu", "--historical");
            assertThat(run.code()).as(run.out() + run.err()).isZero();
            return outcome(server.address(), folder.resolve("undisturbed-export"));
        }
    }

    private static Outcome outcome(String address, Path export) throws Exception {
        assertThat(Terminal.type("export", "--out", export.toString(), "--server", address)
                        .code())
                .isZero();
        Terminal status = Terminal.type("status", "--json", "--server", address);
        StringBuilder content = new StringBuilder();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String table : List.of(
                    "sale_lines", "receipts", "ledger", "members", "products", "stores", "programme_versions")) {
                try (ResultSet row = statement.executeQuery(String.format(Locale.ROOT, """
                        select count(*) || ' ' || coalesce(sum(hash(columns)::hugeint), 0) from (
                          select columns(lambda c: c not in ('position', 'received_at', 'published_at'))
                          from read_parquet('%s/%s/**/*.parquet')) as columns""", export, table))) {
                    row.next();
                    content.append(table).append(' ').append(row.getString(1)).append('\n');
                }
            }
        }
        return new Outcome(
                status.json("stateHash"),
                status.json("members"),
                Long.parseLong(status.json("receipts")),
                content + "");
    }

    private void publish(String address) throws IOException {
        Path file = folder.resolve("points.yaml");
        try (var in = KilledServerTest.class.getResourceAsStream("/programmes/points.yaml")) {
            Files.write(file, in.readAllBytes());
        }
        assertThat(Terminal.type("programme", "publish", file.toString(), "--server", address)
                        .code())
                .isZero();
    }

    private static Path log(Path data) {
        return Path.of(data + ".log");
    }

    private static Process serve(Path data, Durability durability) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument :
                java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--add-")) {
                command.add(argument);
            }
        }
        command.addAll(List.of(
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Assidu.class.getName(),
                "serve",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--durability",
                durability.name(),
                "--member-key-seed",
                SEED));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(data).toFile())
                .start();
    }

    private static String address(Path data, Process process) throws IOException {
        ServerFile file = null;
        while (file == null) {
            assertThat(process.isAlive())
                    .as(() -> "the server ended: " + log(data))
                    .isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            file = ServerFile.read(new DataDirectory(data).serverFile());
        }
        return file.host() + ":" + file.port();
    }

    private static void awaitReceipts(String address, long receipts, CompletableFuture<Terminal> run) {
        while (!run.isDone()
                && Long.parseLong(Terminal.type("status", "--json", "--server", address)
                                .json("receipts"))
                        < receipts) {
            Thread.onSpinWait();
        }
    }
}
