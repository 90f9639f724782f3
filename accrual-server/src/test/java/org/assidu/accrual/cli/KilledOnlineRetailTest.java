package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.server.ServerConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The import of the public UCI Online Retail set, its server killed with SIGKILL when a drawn number of receipts is
 * recorded: run again, it ends as if nothing had happened. {@code -DuciLines=541909} takes the whole file.
 */
final class KilledOnlineRetailTest {
    private static final Path SALES = Path.of("../../shared/data/uci_online_retail.csv.gz");
    private static final int LINES = Integer.getInteger("uciLines", 60_000);
    private static final long RANDOM_SEED = Long.getLong("seed", System.nanoTime());

    @TempDir
    private Path folder;

    private Path sales = Path.of("");

    @BeforeEach
    void takeTheFirstLines() throws IOException {
        if (!Files.exists(SALES)) {
            System.out.println("KilledOnlineRetailTest is skipped: " + SALES + " is absent");
        }
        assumeTrue(Files.exists(SALES), SALES + " is absent");
        sales = folder.resolve("first-lines.csv.gz");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(SALES)), StandardCharsets.UTF_8));
                Writer out = new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(sales)), StandardCharsets.UTF_8)) {
            // No field of this file holds a line break, so that a row is a line.
            String line = in.readLine();
            for (int row = 0; line != null && row <= LINES; row++) {
                out.write(line);
                out.write('\n');
                line = in.readLine();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void importRunAgainAfterAKillEndsAsIfNothingHadHappened(Durability durability) throws Exception {
        SalesOutcome undisturbed = undisturbed(durability);
        double share = new SplittableRandom(RANDOM_SEED + durability.ordinal()).nextDouble(0.05, 0.8);
        long killAt = (long) (share * undisturbed.receipts());
        System.out.println("KilledOnlineRetailTest -Dseed=" + RANDOM_SEED + ": " + durability + " is killed at "
                + killAt + " of " + undisturbed.receipts() + " receipts");

        Path data = folder.resolve("killed");
        ServerProcess first = ServerProcess.start(data, durability);
        first.publish("online-retail", folder);
        CompletableFuture<Terminal> run =
                CompletableFuture.supplyAsync(() -> importInto(first, "--reconnect-seconds", "0"));
        first.awaitReceipts(killAt, run::isDone);
        first.kill();
        assertThat(run.get(60, TimeUnit.SECONDS).code())
                .as("exit code of the import that the kill interrupted")
                .isNotZero();

        ServerProcess second = ServerProcess.start(data, durability);
        Terminal last = importInto(second, "--json");
        assertThat(last.code()).as(last.out() + last.err()).isZero();
        assertThat(Long.parseLong(last.json("ALREADY_ACCRUED")))
                .as("receipts that were recorded before the kill")
                .isBetween(killAt, undisturbed.receipts());
        SalesOutcome killed = SalesOutcome.of(second.address(), folder.resolve("killed-export"));
        assertThat(Terminal.type("stop", "--server", second.address()).code()).isZero();
        assertThat(second.process().waitFor()).isZero();

        assertThat(killed).isEqualTo(undisturbed);
        assertThat(Terminal.type("verify", "--data", data.toString()).out()).contains("outcomes identical");
    }

    private Terminal importInto(ServerProcess server, String... options) {
        List<String> command = new ArrayList<>(
                List.of("import", sales.toString(), "--format", "online-retail", "--server", server.address()));
        command.addAll(List.of(options));
        return Terminal.type(command.toArray(String[]::new));
    }

    private SalesOutcome undisturbed(Durability durability) throws Exception {
        ServerConfig config = ServerConfig.at(folder.resolve("undisturbed"))
                .withDurability(durability)
                .withMemberKeySeed(ServerProcess.MEMBER_KEY_SEED);
        try (RunningServer server = new RunningServer(config)) {
            server.publish("online-retail", folder);
            Terminal run = server.type("import", sales.toString(), "--format", "online-retail");
            assertThat(run.code()).as(run.out() + run.err()).isZero();
            return SalesOutcome.of(server.address(), folder.resolve("undisturbed-export"));
        }
    }
}
