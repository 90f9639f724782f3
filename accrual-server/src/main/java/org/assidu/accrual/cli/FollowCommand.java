package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.replication.FollowSettings;
import org.assidu.accrual.replication.RoleFiles;
import org.assidu.accrual.server.Standby;
import org.assidu.accrual.server.StandbyConfig;
import org.assidu.accrual.server.StandbyFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assidu follow}. */
@Command(
        name = "follow",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps a copy of a running server's journal and directory, ready to take its place (assidu promote), until"
                    + " it is stopped. Serves nobody.",
            "Asynchronous: what the server has acknowledged in the last moments before it is lost may be missing here."
        },
        footer = {"", "DIR/standby.json and DIR/standby.prom say every second how far it is; --status prints that."})
final class FollowCommand implements Callable<Integer> {
    private static final long STALE_MILLIS = 5_000;

    @Parameters(index = "0", arity = "0..1", paramLabel = "HOST:PORT", description = "The server to follow.")
    private @Nullable String primary;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Data directory of the standby, created when absent; or that of a restored backup.")
    private Path data = Path.of("");

    @Option(names = "--status", description = "Print how far the standby of DIR is, and end.")
    private boolean status;

    @Option(
            names = "--name",
            defaultValue = "${env:HOSTNAME:-standby}",
            description = "Name in the server's status (default: ${DEFAULT-VALUE}).")
    private String name = "standby";

    @Option(
            names = "--journal",
            description = "Kind of a new journal: chronicle or file (default: chronicle, or the kind that is there).")
    private @Nullable JournalKind journal;

    @Option(
            names = "--min-free-mib",
            defaultValue = "512",
            description = "Waits while the disk has less room (default: ${DEFAULT-VALUE}).")
    private long minimumFreeMebibytes;

    @Mixin
    private final CallerOption security = new CallerOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (status) {
            return printStatus();
        }
        if (primary == null) {
            throw new IllegalArgumentException("name the server to follow, as HOST:PORT");
        }
        StandbyConfig config = StandbyConfig.at(data, FollowSettings.of(name, primary))
                .withJournal(JournalConfig.defaults().withMinimumFreeBytes(minimumFreeMebibytes << 20));
        if (journal != null) {
            config = config.withJournalKind(journal);
        }
        try (Connection connection = security.connect(primary);
                Standby standby = Standby.start(config, connection.channel())) {
            standby.closeOnShutdown();
            output.line(String.format(
                    Locale.ROOT,
                    "following %s into %s from position %,d",
                    primary,
                    data,
                    standby.status().position()));
            standby.awaitEnd();
        }
        return Assidu.OK;
    }

    private int printStatus() throws IOException {
        JsonNode told = new StandbyFiles(data).read();
        if (told == null) {
            throw new IllegalStateException(data + " never followed a server: standby.json is missing");
        }
        if (output.json()) {
            output.line(told.toString());
        } else {
            print(told);
        }
        return isRunning(told) && new RoleFiles(data).diverged().isEmpty() ? Assidu.OK : Assidu.FAILED;
    }

    private static boolean isRunning(JsonNode told) {
        return System.currentTimeMillis() - told.path("written_at_millis").asLong() < STALE_MILLIS;
    }

    private void print(JsonNode told) {
        boolean running = isRunning(told);
        String state = !running ? "not running" : told.path("connected").asBoolean() ? "connected" : "cut off";
        output.line(String.format(
                Locale.ROOT,
                "standby of %s: %s%n"
                        + "  position      %,d of %,d, %,d behind%n"
                        + "  lag           %,d ms%n"
                        + "  heard         %,d ms ago%n"
                        + "  epoch         %d%n"
                        + "  state hash    %s, last compared at position %,d",
                told.path("primary").asText(),
                state,
                told.path("position").asLong(),
                told.path("primary_position").asLong(),
                told.path("lag_positions").asLong(),
                told.path("lag_millis").asLong(),
                told.path("silent_millis").asLong(),
                told.path("epoch").asLong(),
                told.path("state_hash").asText(),
                told.path("compared_position").asLong()));
        if (!told.path("problem").asText().isEmpty()) {
            output.line("  problem       " + told.path("problem").asText());
        }
        new RoleFiles(data).diverged().ifPresent(message -> output.line("  DIVERGED      " + message));
    }
}
