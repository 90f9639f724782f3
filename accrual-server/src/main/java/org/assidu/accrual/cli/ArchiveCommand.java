package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.backup.ArchiveChoice;
import org.assidu.accrual.backup.ArchiveReport;
import org.assidu.accrual.backup.JournalArchive;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.ServerSnapshots;
import org.assidu.accrual.snapshot.SnapshotStore;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assidu archive}. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = {
            "Moves the oldest generations of a stopped server's journal to another disk, which must stay where it is: readers"
                    + " follow them there.",
            "Only generations below the newest good snapshot leave, each after its copy was read back. Needs as much memory as"
                    + " the server's state."
        })
final class ArchiveCommand implements Callable<Integer> {
    /** Which of them. */
    static final class Choice {
        @Option(names = "--keep-generations", paramLabel = "N", description = "The newest N that have ended stay.")
        private int kept = -1;

        @Option(
                names = "--older-than",
                paramLabel = "DAYS",
                description = "Only those that ended so many days ago leave.")
        private int days = -1;
    }

    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "Folder of the archive: empty, absent, or the one that earlier generations are in.")
    private Path to = Path.of("");

    @ArgGroup(multiplicity = "1")
    private final Choice choice = new Choice();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        DataDirectory source = data.directory();
        if (to.toAbsolutePath()
                .normalize()
                .startsWith(source.root().toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(
                    "an archive inside " + source.root() + " frees no room: give another folder");
        }
        JournalEnvironment environment = JournalEnvironment.system();
        long now = environment.epochMillis().getAsLong();
        source.requireUnused();
        long snapshot = new ServerSnapshots(source, new SnapshotStore(source.snapshots()))
                .goodPosition(new RecoveryLines(output));
        ArchiveReport report = JournalArchive.run(
                source.documentStore(),
                source.root(),
                to,
                choice.kept >= 0
                        ? ArchiveChoice.keep(choice.kept)
                        : ArchiveChoice.endedBefore(
                                now - Duration.ofDays(choice.days).toMillis()),
                snapshot,
                environment);
        if (output.json()) {
            printJson(report);
        } else {
            print(report);
        }
        return Assidu.OK;
    }

    private void print(ArchiveReport report) {
        List<Integer> moved = report.generations();
        output.line(
                moved.isEmpty()
                        ? "nothing was archived"
                        : String.format(
                                Locale.ROOT,
                                "archived generations %d to %d in %s, %,d bytes; positions up to %,d are there now",
                                moved.get(0),
                                moved.get(moved.size() - 1),
                                to,
                                report.bytes(),
                                report.archivedTo()));
        report.notes().forEach(note -> output.line("note        " + note));
    }

    private void printJson(ArchiveReport report) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        report.generations().forEach(json.putArray("generations")::add);
        json.put("bytes", report.bytes());
        json.put("archived_to", report.archivedTo());
        report.notes().forEach(json.putArray("notes")::add);
        output.line(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }
}
