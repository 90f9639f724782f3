package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.export.ExportConfig;
import org.assidu.accrual.export.ExportReport;
import org.assidu.accrual.export.ExportSecret;
import org.assidu.accrual.export.JournalExport;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.JournalReport;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.load.Progress;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.ExportNowRequest;
import org.assidu.proto.v1.ExportNowResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes Parquet tables for the analysts: from a running server, or with --data from a stopped one's journal.",
            "Running it again adds what is new; it may be interrupted at any time."
        })
final class ExportCommand implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Export folder, created when absent.")
    private Path out = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory of a stopped server.")
    private @Nullable Path data;

    @Option(
            names = "--renew-keys",
            description =
                    "With --data: show members under new keys from now on, which join no earlier export. Wants a new"
                            + " folder.")
    private boolean renewKeys;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws Exception {
        Path folder = out.toAbsolutePath().normalize();
        if (renewKeys) {
            if (data == null || Files.exists(folder)) {
                throw new IllegalArgumentException(
                        "--renew-keys wants --data DIR of a stopped server and a new --out folder");
            }
            ExportSecret.renew(data);
        }
        if (data == null) {
            fromServer(folder);
        } else {
            fromJournal(new DataDirectory(data), folder);
        }
        return Assidu.OK;
    }

    private void fromServer(Path folder) throws Exception {
        try (Connection connection = server.connect();
                Progress progress = Progress.start("export", "records", 0)) {
            Iterator<ExportNowResponse> steps = AdminServiceGrpc.newBlockingStub(connection.channel())
                    .exportNow(ExportNowRequest.newBuilder()
                            .setDirectory(folder.toString())
                            .build());
            ExportNowResponse last = ExportNowResponse.getDefaultInstance();
            while (steps.hasNext()) {
                last = steps.next();
                progress.total(last.getTargetPosition());
                progress.at(last.getPosition());
            }
            progress.close();
            print(folder, last.getPosition(), last.getRows());
        }
    }

    private void fromJournal(DataDirectory directory, Path folder) throws Exception {
        JournalReport structure = directory.verifyStructure(RecoveryProgress.silent());
        if (structure.damage() != null) {
            throw new IllegalStateException(structure.damage().message());
        }
        long rows;
        try (JournalReader reader = directory.openReadOnly();
                Progress progress = Progress.start("export", "records", structure.records())) {
            ExportReport report = new JournalExport(
                            ExportConfig.of(folder, ExportConfig.ANALYTICS),
                            ExportSecret.ofDataDirectory(directory.root()))
                    .run(reader, structure.records(), (position, target) -> progress.at(position));
            progress.at(report.position());
            rows = report.saleLines() + report.receipts() + report.movements();
        }
        print(folder, structure.records(), rows);
    }

    private void print(Path folder, long position, long rows) throws Exception {
        if (output.json()) {
            ObjectNode json = new ObjectMapper().createObjectNode();
            json.put("folder", folder.toString());
            json.put("position", position);
            json.put("rows", rows);
            output.line(new ObjectMapper().writeValueAsString(json));
        } else {
            output.line(String.format(
                    Locale.ROOT, "exported to %s up to position %,d, %,d rows added", folder, position, rows));
        }
    }
}
