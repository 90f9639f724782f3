package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.backup.Manifest;
import org.assidu.accrual.backup.Restore;
import org.assidu.accrual.backup.RestoreReport;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.server.DataDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a new data directory of backups, after every file and the chain of hashes were verified.",
            "Says up to which position, and what is not there."
        })
final class RestoreCommand implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "DIR", required = true, description = "Backup: the --to of `assidu backup`.")
    private Path from = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "New data directory: absent or empty.")
    private Path data = Path.of("");

    @Option(names = "--directory", paramLabel = "DIR", description = "Backup of the directory.")
    private @Nullable Path directory;

    @Option(
            names = "--erasures-from",
            paramLabel = "DIR",
            description =
                    "Damaged data directory: erasures that its journal holds behind the backup's end are done again"
                            + " by the next start.")
    private @Nullable Path erasuresFrom;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        var unused = Manifest.require(from, Manifest.JOURNAL);
        RestoreReport report = Restore.run(
                new DataDirectory(from).documentStore(),
                from,
                directory,
                data,
                erasuresFrom == null ? null : DataOption.directory(erasuresFrom).root(),
                JournalEnvironment.system(),
                folder -> new DataDirectory(folder).openReadOnly());
        if (output.json()) {
            printJson(report);
            return Assidu.OK;
        }
        output.line(String.format(
                Locale.ROOT,
                "restored %s: position %,d, as backed up %s, %,d bytes",
                data,
                report.position(),
                report.madeAt(),
                report.bytes()));
        output.line("chain head  " + report.chainHead());
        report.notes().forEach(note -> output.line("note        " + note));
        output.line("what came behind that position is not there: tills and gateways send it again");
        return Assidu.OK;
    }

    private void printJson(RestoreReport report) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("position", report.position());
        json.put("chain_head", report.chainHead());
        json.put("made_at", report.madeAt());
        json.put("bytes", report.bytes());
        report.notes().forEach(json.putArray("notes")::add);
        output.line(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }
}
