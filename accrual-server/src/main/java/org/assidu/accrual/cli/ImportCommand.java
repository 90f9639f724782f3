package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.CatalogueSender;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.load.CsvImport;
import org.assidu.accrual.load.CsvMapping;
import org.assidu.accrual.load.CsvMappingParser;
import org.assidu.accrual.load.Progress;
import org.assidu.accrual.load.SalesSender;
import org.assidu.accrual.load.SendOptions;
import org.assidu.accrual.load.SendSummary;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.Product;
import org.assidu.proto.v1.ReceiptStatus;
import org.assidu.proto.v1.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assidu import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Streams a CSV file (plain or gzip) to a server over gRPC, as a store gateway does.",
            "Running it again is always safe: receipts already recorded are recognised.",
            "A receipt with a bad row is held back whole and written to the rejects file with the reason; the rest is"
                    + " imported and the exit code is 3. Correct that file and import it."
        })
final class ImportCommand implements Callable<Integer> {
    private static final class Layout {
        @Option(
                names = "--format",
                required = true,
                description = "Built-in layout: online-retail (UCI Online Retail) or assidu (assidu generate --out).")
        private @Nullable String format;

        @Option(names = "--mapping", paramLabel = "FILE", required = true, description = "Your own layout, as YAML.")
        private @Nullable Path mapping;
    }

    @Parameters(index = "0", paramLabel = "FILE", description = "CSV file with a header row, UTF-8.")
    private Path file = Path.of("");

    @ArgGroup(multiplicity = "1")
    private final Layout layout = new Layout();

    @Option(
            names = "--historical",
            description = "Old books: no age limit, posted when sold. The built-in online-retail layout implies it.")
    private boolean historical;

    @Option(names = "--rejects", paramLabel = "FILE", description = "Where bad rows go (default: FILE.rejects.csv).")
    private @Nullable Path rejects;

    @Option(
            names = "--receipts-per-message",
            defaultValue = "64",
            description = "Receipts in one message, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int receiptsPerMessage;

    @Option(
            names = "--reconnect-seconds",
            defaultValue = "20",
            description = "How long to try again when the server goes away (default: ${DEFAULT-VALUE}).")
    private int reconnectSeconds;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("cannot read " + file + "; check the path");
        }
        if (receiptsPerMessage < 1 || receiptsPerMessage > 1_000) {
            throw new IllegalArgumentException("--receipts-per-message " + receiptsPerMessage + " is not 1 to 1000");
        }
        CsvMapping mapping = layout.mapping != null
                ? CsvMappingParser.read(layout.mapping)
                : CsvMappingParser.builtIn(String.valueOf(layout.format));
        Path rejectsFile = rejects != null ? rejects : Path.of(file + ".rejects.csv");
        CsvImport run = new CsvImport(file, mapping, historical, rejectsFile);
        SendOptions defaults = SendOptions.defaults();
        SendOptions options = new SendOptions(
                receiptsPerMessage, defaults.outstandingReceipts(), Duration.ofSeconds(reconnectSeconds));
        try (Connection connection = server.connect();
                Progress progress = Progress.start("import", "lines", 0)) {
            SalesSender sender = new SalesSender(
                    connection.channel(),
                    options,
                    (receipt, result) -> run.refuse(receipt, result.getStatus() + " " + result.getDetail()));
            CsvImport.Summary summary = run.run(sender, progress);
            sendCatalogue(connection, summary);
            progress.close();
            print(summary);
            return summary.rejectedRows() == 0 ? Assidu.OK : Assidu.PARTIAL;
        }
    }

    private static void sendCatalogue(Connection connection, CsvImport.Summary summary) throws InterruptedException {
        CatalogueSender catalogue = new CatalogueSender(connection.channel());
        catalogue.products(summary.productNames().entrySet().stream()
                .map(entry -> Product.newBuilder()
                        .setSku(entry.getKey())
                        .setName(entry.getValue())
                        .build())
                .iterator());
        catalogue.stores(summary.stores().stream()
                .map(store -> Store.newBuilder().setStore(store).setName(store).build())
                .iterator());
    }

    private void print(CsvImport.Summary summary) throws IOException {
        SendSummary sent = summary.sent();
        if (output.json()) {
            output.line(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json(summary)));
            return;
        }
        output.line(String.format(
                Locale.ROOT,
                "%,d rows: %,d receipts with %,d lines answered in %.1f s (%,.0f lines/s), %s points",
                summary.rows(),
                sent.receipts(),
                sent.lines(),
                sent.seconds(),
                sent.linesPerSecond(),
                Points.format(sent.pointsMicro())));
        output.line("answers: " + statuses(sent.statuses()));
        output.line(latency(sent));
        sent.firstRefusal().ifPresent(refusal -> output.line("first refusal: " + refusal));
        if (summary.rejects() != null) {
            output.line(String.format(
                    Locale.ROOT,
                    "%,d rows not imported (%,d of them bad): see %s, correct it, and import it with the same options",
                    summary.rejectedRows(),
                    summary.badRows(),
                    summary.rejects()));
        }
    }

    static String latency(SendSummary sent) {
        return String.format(
                Locale.ROOT,
                "time from sending to answer: p50 %,d µs, p99 %,d µs, max %,d µs (with %s receipts under way)",
                sent.latencyMicros().getValueAtPercentile(50),
                sent.latencyMicros().getValueAtPercentile(99),
                sent.latencyMicros().getMaxValue(),
                "up to " + SendOptions.defaults().outstandingReceipts());
    }

    static Map<String, Long> statuses(Map<ReceiptStatus, Long> statuses) {
        Map<String, Long> named = new TreeMap<>();
        statuses.forEach((status, count) -> named.put(status.name().replace("RECEIPT_STATUS_", ""), count));
        return named;
    }

    private static ObjectNode json(CsvImport.Summary summary) {
        ObjectNode json = json(summary.sent());
        json.put("rows", summary.rows());
        json.put("bad_rows", summary.badRows());
        json.put("rejected_rows", summary.rejectedRows());
        if (summary.rejects() != null) {
            json.put("rejects", summary.rejects().toString());
        }
        return json;
    }

    static ObjectNode json(SendSummary sent) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("receipts", sent.receipts());
        json.put("lines", sent.lines());
        json.put("points_micro", sent.pointsMicro());
        json.put("seconds", sent.seconds());
        json.put("lines_per_second", sent.linesPerSecond());
        ObjectNode latency = json.putObject("latency_us");
        latency.put("p50", sent.latencyMicros().getValueAtPercentile(50));
        latency.put("p99", sent.latencyMicros().getValueAtPercentile(99));
        latency.put("max", sent.latencyMicros().getMaxValue());
        ObjectNode answers = json.putObject("answers");
        statuses(sent.statuses()).forEach(answers::put);
        sent.lastIdentified().ifPresent(earned -> {
            ObjectNode sample = json.putObject("sample");
            sample.put("member_key", IdentifierOption.format(earned.memberKey()));
            sample.put("points_micro", earned.pointsMicro());
            sample.put("store", earned.receipt().getStore());
            sample.put("till", earned.receipt().getTill());
            sample.put("series", earned.receipt().getSeries());
            sample.put("number", earned.receipt().getNumber());
            sample.put("business_date", earned.receipt().getBusinessDate());
        });
        sent.firstRefusal().ifPresent(refusal -> json.put("first_refusal", refusal));
        return json;
    }
}
