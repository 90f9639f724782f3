package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.load.MembersImport;
import org.assidu.accrual.load.Progress;
import org.assidu.accrual.model.Points;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.GetStatusRequest;
import org.assidu.proto.v1.GetStatusResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assidu members …}. */
@Command(
        name = "members",
        mixinStandardHelpOptions = true,
        description = "Members of another system.",
        subcommands = MembersCommand.Import.class)
final class MembersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    MembersCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** {@code assidu members import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Brings members in with cards, tier, opening lots and consents, from a CSV file with a header row.",
                "A member has as many rows as it needs, one after the other, with the same external_id. Columns:",
                "external_id; card, phone, email, qr_token; enrolled_at, store, channel, terms_version; tier,",
                "tier_review_on; purse, amount, earned_on, expires_on (a lot); consent, consent_granted,",
                "consent_wording, consent_channel, consent_at. All but external_id may be empty or missing.",
                "Running it again is safe: each external id is in effect once. At the end the file's totals are held",
                "against the server's, purse by purse; the exit code is 3 unless they are equal and nothing was refused."
            })
    static final class Import implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "FILE", description = "CSV file with a header row, UTF-8.")
        private Path file = Path.of("");

        @Option(
                names = "--rejects",
                paramLabel = "FILE",
                description = "Where refused members go (default: FILE.rejects.csv).")
        private @Nullable Path rejects;

        @Mixin
        private final AuthorOption author = new AuthorOption();

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("cannot read " + file + "; check the path");
            }
            Path rejectsFile = rejects != null ? rejects : Path.of(file + ".rejects.csv");
            String reason = author.reason().isEmpty() ? "members import" : author.reason();
            try (Connection connection = server.connect();
                    Progress progress = Progress.start("import", "rows", 0)) {
                GetStatusResponse status = AdminServiceGrpc.newBlockingStub(connection.channel())
                        .getStatus(GetStatusRequest.getDefaultInstance());
                if (status.getBooksCount() == 0) {
                    throw new IllegalStateException(
                            "no programme is published yet: publish one before members join it");
                }
                MembersImport.Summary summary = new MembersImport(file, rejectsFile, author.author(), reason)
                        .run(connection.channel(), status.getBooks(0).getPurseId(), progress);
                progress.close();
                print(summary);
                return summary.reconciled() ? Assidu.OK : Assidu.PARTIAL;
            }
        }

        private void print(MembersImport.Summary summary) throws IOException {
            if (output.json()) {
                output.line(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json(summary)));
                return;
            }
            output.line(String.format(
                    Locale.ROOT,
                    "%,d rows: %,d members, %,d of them here before, %,d refused",
                    summary.rows(),
                    summary.members(),
                    summary.before(),
                    summary.rejected()));
            TreeSet<String> purses = new TreeSet<>(summary.inFile().keySet());
            purses.addAll(summary.onServer().keySet());
            for (String purse : purses) {
                long inFile = summary.inFile().getOrDefault(purse, 0L);
                long onServer = summary.onServer().getOrDefault(purse, 0L);
                output.line(String.format(
                        Locale.ROOT,
                        "  %-12s file %16s   refused %14s   server %16s   %s",
                        purse,
                        Points.format(inFile),
                        Points.format(summary.refused().getOrDefault(purse, 0L)),
                        Points.format(onServer),
                        inFile == onServer ? "equal" : "DIFFERENT"));
            }
            if (summary.rejects() != null) {
                output.line("refused members are in " + summary.rejects() + ": correct it, and import it");
            }
            output.line(summary.reconciled() ? "reconciled" : "NOT reconciled");
        }

        private static ObjectNode json(MembersImport.Summary summary) {
            ObjectNode json = new ObjectMapper().createObjectNode();
            json.put("rows", summary.rows());
            json.put("members", summary.members());
            json.put("members_before", summary.before());
            json.put("members_refused", summary.rejected());
            put(json, "file_micro", summary.inFile());
            put(json, "refused_micro", summary.refused());
            put(json, "server_micro", summary.onServer());
            json.put("reconciled", summary.reconciled());
            if (summary.rejects() != null) {
                json.put("rejects", summary.rejects().toString());
            }
            return json;
        }

        private static void put(ObjectNode json, String name, Map<String, Long> totals) {
            ObjectNode node = json.putObject(name);
            totals.forEach(node::put);
        }
    }
}
