package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.audit.Audit;
import org.assidu.accrual.audit.AuditReport;
import org.assidu.accrual.audit.SealKeys;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.JournalReport;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.load.Progress;
import org.assidu.accrual.server.DataDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Holds a journal against its seals, offline, with nothing but the public key: says which records were altered, are"
                    + " gone or were put in, and which totals differ.",
            "Exit code 0: all agrees. 1: something does not."
        })
final class AuditCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            required = true,
            description = "Public key of the seals (PEM); more than one where it was changed.")
    private List<Path> publicKeys = List.of();

    @Option(
            names = "--seals",
            paramLabel = "DIR",
            description =
                    "Folder of seals (default: seals in the data directory). Best are copies that were kept elsewhere.")
    private @Nullable Path seals;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        List<PublicKey> keys = new ArrayList<>();
        for (Path file : publicKeys) {
            keys.add(SealKeys.publicKey(Files.readString(file), file.toString()));
        }
        DataDirectory directory = data.directory();
        Path folder = seals == null ? directory.seals() : seals;
        AuditReport report;
        try (Progress progress = Progress.start("audit", "records", 0)) {
            JournalReport structure = directory.verifyStructure(new RecoveryProgress() {
                @Override
                public void verified(long bytesDone, long bytesTotal, long position) {
                    progress.at(position);
                }

                @Override
                public void warning(String message) {
                    output.err().println(message);
                }
            });
            try (JournalReader records = directory.openReadOnly()) {
                report = Audit.run(folder, keys, structure, records, progress::at);
            }
        }
        if (output.json()) {
            printJson(report);
        } else {
            print(report);
        }
        return report.clean() ? Assidu.OK : Assidu.FAILED;
    }

    private void print(AuditReport report) {
        output.line(String.format(
                Locale.ROOT, "seals       %,d, with which all agrees: %,d", report.seals(), report.good()));
        output.line(
                String.format(Locale.ROOT, "records     %,d, sealed up to %,d", report.records(), report.sealedUpTo()));
        output.line("chain head  " + report.chainHead());
        report.problems().forEach(problem -> output.line("ALTERED     " + problem));
        output.line(report.clean() ? "nothing was altered" : "this is not the journal that was sealed");
    }

    private void printJson(AuditReport report) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("clean", report.clean());
        json.put("seals", report.seals());
        json.put("good", report.good());
        json.put("records", report.records());
        json.put("sealed_up_to", report.sealedUpTo());
        json.put("chain_head", report.chainHead());
        report.problems().forEach(json.putArray("problems")::add);
        output.line(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }
}
