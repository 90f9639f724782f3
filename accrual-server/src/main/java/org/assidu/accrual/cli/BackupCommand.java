package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.backup.BackupReport;
import org.assidu.accrual.backup.DirectoryBackup;
import org.assidu.accrual.backup.JournalBackup;
import org.assidu.accrual.backup.Manifest;
import org.assidu.accrual.directory.DirectoryCopy;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalLockedException;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.CopyDirectoryRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copies journal, snapshots and seals of a server, running or not, and checks the copy. Run again, it copies what is"
                    + " new.",
            "Personal data and identifiers only go where --directory says; the secrets that open them go nowhere."
        })
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description =
                    "Folder of the backup: empty, absent, or an earlier backup of this journal. Holds no personal data.")
    private Path to = Path.of("");

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Folder for a backup of the directory: identifiers as keyed hashes, personal data encrypted.")
    private @Nullable Path directory;

    @Option(
            names = "--trust-copies",
            description = "Believe the size of what an earlier run copied, instead of reading it again.")
    private boolean trusting;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        DataDirectory source = data.directory();
        requireApart(source);
        JournalEnvironment environment = JournalEnvironment.system();
        BackupReport report = JournalBackup.run(source.documentStore(), source.root(), to, environment, trusting);
        Manifest people = directory == null
                ? null
                : DirectoryBackup.run(
                        source.documentStore(),
                        source.journal(),
                        directory,
                        folder -> copy(source, folder),
                        environment);
        if (output.json()) {
            printJson(report, people);
        } else {
            print(report, people);
        }
        return Assidu.OK;
    }

    private void requireApart(DataDirectory source) {
        Path root = source.root().toAbsolutePath().normalize();
        Path target = to.toAbsolutePath().normalize();
        Path people = directory == null ? null : directory.toAbsolutePath().normalize();
        if (target.startsWith(root) || (people != null && people.startsWith(root))) {
            throw new IllegalArgumentException("a backup inside " + root + " is lost with it: give another folder");
        }
        if (people != null && (people.startsWith(target) || target.startsWith(people))) {
            throw new IllegalArgumentException(
                    "--to and --directory must be apart, so that personal data can be kept and deleted by itself");
        }
    }

    private void copy(DataDirectory source, Path folder) throws IOException {
        try {
            source.requireUnused();
        } catch (JournalLockedException running) {
            try (Connection connection = server.connect(source)) {
                var unused = AdminServiceGrpc.newBlockingStub(connection.channel())
                        .copyDirectory(CopyDirectoryRequest.newBuilder()
                                .setFolder(folder.toString())
                                .build());
            }
            return;
        }
        var unused = DirectoryCopy.ofClosed(source.directory(), folder);
    }

    private void print(BackupReport report, @Nullable Manifest people) {
        output.line(String.format(
                Locale.ROOT,
                "backed up to %s: position %,d, %d generations, %,d bytes; %,d files copied (%,d bytes), %,d kept",
                to,
                report.position(),
                report.generations(),
                report.bytes(),
                report.filesCopied(),
                report.bytesCopied(),
                report.filesKept()));
        output.line("chain head  " + report.chainHead());
        report.notes().forEach(note -> output.line("note        " + note));
        if (people == null) {
            output.line(
                    "not in it: identifiers and personal data (--directory DIR), secret.hex, master.hex, export.secret");
        } else {
            output.line(String.format(
                    Locale.ROOT,
                    "directory backed up to %s, as of position %,d or later, %,d bytes",
                    directory,
                    people.position(),
                    people.bytes()));
            output.line(
                    "not in it: secret.hex, master.hex, export.secret: keep copies of them elsewhere, apart from this");
        }
    }

    private void printJson(BackupReport report, @Nullable Manifest people) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("position", report.position());
        json.put("chain_head", report.chainHead());
        json.put("generations", report.generations());
        json.put("bytes", report.bytes());
        json.put("files_copied", report.filesCopied());
        json.put("files_kept", report.filesKept());
        json.put("bytes_copied", report.bytesCopied());
        report.notes().forEach(json.putArray("notes")::add);
        if (people != null) {
            json.put("directory_position", people.position());
            json.put("directory_bytes", people.bytes());
        }
        output.line(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }
}
