package org.assidu.accrual.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.load.Progress;
import org.assidu.accrual.load.TagImportRun;
import org.assidu.accrual.load.TagSender;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assidu tags …}. */
@Command(
        name = "tags",
        mixinStandardHelpOptions = true,
        description = "Segment tags that were worked out elsewhere.",
        subcommands = TagsCommand.Import.class)
final class TagsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    TagsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** {@code assidu tags import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Gives members the tags of a CSV file with a header row, such as a target list of the reports.",
                "Columns: member_key (as an export shows it), or card, phone, email, qr or key; tag; last_day or valid_until",
                "(yyyy-mm-dd, may be empty). Others are left alone. Members who oppose profiling are left out.",
                "The same file counts once, however often it is imported; rows that are refused go to a file of their own."
            })
    static final class Import implements Callable<Integer> {
        private static final int FILE_ID_BYTES = 16;
        private static final int BUFFER_BYTES = 1 << 16;

        @Parameters(paramLabel = "FILE", description = "CSV file, UTF-8.")
        private Path file = Path.of("");

        @Option(names = "--tag", defaultValue = "", description = "Tag of rows that have none.")
        private String tag = "";

        @Option(names = "--last-day", paramLabel = "YYYY-MM-DD", description = "Last day of rows that have none.")
        private @Nullable LocalDate lastDay;

        @Option(names = "--remove", description = "Take the tags away instead.")
        private boolean removed;

        @Option(
                names = "--purpose",
                defaultValue = "analytics",
                description = "Purpose of the export that member keys come from (default: ${DEFAULT-VALUE}).")
        private String purpose = "";

        @Option(
                names = "--file-id",
                paramLabel = "NAME",
                defaultValue = "",
                description = "Name under which the file counts once (default: a hash of its content).")
        private String fileId = "";

        @Option(
                names = "--rejects",
                paramLabel = "FILE",
                description = "Where refused rows go (default: FILE.rejects.csv).")
        private @Nullable Path rejects;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("cannot read " + file + "; check the path");
            }
            TagImportRun.Terms terms = new TagImportRun.Terms(
                    fileId.isEmpty() ? contentId(file) : fileId,
                    purpose,
                    tag,
                    lastDay == null
                            ? 0
                            : lastDay.getYear() * 10_000 + lastDay.getMonthValue() * 100 + lastDay.getDayOfMonth(),
                    removed);
            Path rejectsFile = rejects != null ? rejects : Path.of(file + ".rejects.csv");
            try (Connection connection = server.connect();
                    Progress progress = Progress.start("tags", "rows", 0)) {
                TagImportRun.Summary summary =
                        new TagImportRun(file, terms, rejectsFile).run(new TagSender(connection.channel()), progress);
                progress.close();
                print(summary);
                return summary.refused() == 0 ? Assidu.OK : Assidu.PARTIAL;
            }
        }

        private void print(TagImportRun.Summary summary) throws IOException {
            if (output.json()) {
                ObjectNode json = new ObjectMapper()
                        .createObjectNode()
                        .put("rows", summary.rows())
                        .put("changed", summary.changed())
                        .put("unchanged", summary.unchanged())
                        .put("opposed", summary.opposed())
                        .put("refused", summary.refused());
                if (summary.rejects() != null) {
                    json.put("rejects", summary.rejects().toString());
                }
                output.line(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
                return;
            }
            output.line(String.format(
                    Locale.ROOT,
                    "%,d rows: %,d changed a tag, %,d are so already, %,d about members who oppose profiling",
                    summary.rows(),
                    summary.changed(),
                    summary.unchanged(),
                    summary.opposed()));
            if (summary.rejects() != null) {
                output.line(
                        String.format(Locale.ROOT, "%,d rows refused: see %s", summary.refused(), summary.rejects()));
            }
        }

        private static String contentId(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
                return HexFormat.of().formatHex(digest.digest(), 0, FILE_ID_BYTES);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
