package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.CatalogueSender;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.load.Progress;
import org.assidu.accrual.load.SalesSender;
import org.assidu.accrual.load.SendOptions;
import org.assidu.accrual.load.SendSummary;
import org.assidu.accrual.load.SyntheticChain;
import org.assidu.accrual.load.SyntheticConfig;
import org.assidu.accrual.load.SyntheticCsv;
import org.assidu.accrual.load.SyntheticMapper;
import org.assidu.accrual.load.SyntheticReceipt;
import org.assidu.accrual.model.Points;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes up a retail chain and its sales: stores, tills, catalogue, members with purchase and dropout rates of"
                    + " their own, seasons, promotions, returns, anonymous sales. The same settings give the same sales.",
            "Streams them to a server, or writes them with --out or --parquet."
        })
final class GenerateCommand implements Callable<Integer> {
    private static final class Goal {
        @Option(
                names = "--out",
                paramLabel = "FILE",
                required = true,
                description = "CSV file, gzip when it ends in .gz.")
        private @Nullable Path csv;

        @Option(
                names = "--parquet",
                paramLabel = "DIR",
                required = true,
                description = "Export tables, by a server of its own under the points programme.")
        private @Nullable Path parquet;
    }

    @ArgGroup
    private @Nullable Goal goal;

    @Option(names = "--seed", defaultValue = "1", description = "Other seed, other chain (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--stores", defaultValue = "8", description = "Stores (default: ${DEFAULT-VALUE}).")
    private int stores;

    @Option(names = "--tills", defaultValue = "6", description = "Tills per store (default: ${DEFAULT-VALUE}).")
    private int tills;

    @Option(names = "--members", defaultValue = "1500", description = "Members (default: ${DEFAULT-VALUE}).")
    private int members;

    @Option(names = "--products", defaultValue = "3000", description = "Articles (default: ${DEFAULT-VALUE}).")
    private int products;

    @Option(names = "--from", defaultValue = "2025-01-01", description = "First day (default: ${DEFAULT-VALUE}).")
    private LocalDate from = LocalDate.of(2025, 1, 1);

    @Option(names = "--days", defaultValue = "400", description = "Days of sales (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--lines",
            defaultValue = "0",
            description = "About how many lines, by scaling the members' rates; 0 = as the members shop.")
    private long lines;

    @Option(
            names = "--identified-share",
            defaultValue = "0.7",
            description = "Share of receipts with a card, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double identifiedShare;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        SyntheticConfig config = SyntheticConfig.small(seed)
                .withStores(stores, tills)
                .withMembers(members, identifiedShare)
                .withProducts(products)
                .withTargetLines(lines);
        SyntheticChain chain = new SyntheticChain(config.withPeriod(from, days, config.zone()));
        if (goal == null) {
            try (Connection connection = server.connect()) {
                print(stream(chain, connection));
            }
        } else if (goal.csv != null) {
            Path file = goal.csv;
            try (Progress progress = Progress.start("generate", "lines", lines)) {
                long written = SyntheticCsv.write(file, chain.receipts(), progress::at);
                output.line(String.format(Locale.ROOT, "%,d lines written to %s", written, file));
            }
        } else if (goal.parquet != null) {
            Path target = goal.parquet.toAbsolutePath().normalize();
            try (ThrowawayServer throwaway = new ThrowawayServer(target, seed)) {
                throwaway.publish("points");
                SendSummary sent = stream(chain, throwaway.connection());
                output.line(String.format(
                        Locale.ROOT,
                        "%,d lines generated, %,d rows written to %s",
                        sent.lines(),
                        throwaway.export(target),
                        target));
            }
        }
        return Assidu.OK;
    }

    private SendSummary stream(SyntheticChain chain, Connection connection) throws InterruptedException {
        try (Progress progress = Progress.start("generate", "lines", lines)) {
            CatalogueSender catalogue = new CatalogueSender(connection.channel());
            catalogue.products(chain.productEntries().stream()
                    .map(SyntheticMapper::product)
                    .iterator());
            catalogue.stores(
                    chain.storeEntries().stream().map(SyntheticMapper::store).iterator());
            SalesSender sender =
                    new SalesSender(connection.channel(), SendOptions.defaults(), (receipt, refusal) -> {});
            Iterator<SyntheticReceipt> receipts = chain.receipts();
            while (receipts.hasNext()) {
                sender.send(SyntheticMapper.receipt(receipts.next()));
                progress.at(sender.answeredLines());
            }
            SendSummary sent = sender.finish();
            progress.at(sent.lines());
            return sent;
        }
    }

    private void print(SendSummary sent) throws IOException {
        if (output.json()) {
            output.line(
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(ImportCommand.json(sent)));
            return;
        }
        output.line(String.format(
                Locale.ROOT,
                "%,d receipts with %,d lines answered in %.1f s (%,.0f lines/s), %s points",
                sent.receipts(),
                sent.lines(),
                sent.seconds(),
                sent.linesPerSecond(),
                Points.format(sent.pointsMicro())));
        output.line("answers: " + ImportCommand.statuses(sent.statuses()));
        output.line(ImportCommand.latency(sent));
        sent.firstRefusal().ifPresent(refusal -> output.line("first refusal: " + refusal));
    }
}
