package org.assidu.accrual.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.assidu.accrual.document.ProgrammeCheck;
import org.assidu.accrual.load.Connection;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.text.ProgrammeDescription;
import org.assidu.proto.v1.DescribeProgrammeRequest;
import org.assidu.proto.v1.GetProgrammeRequest;
import org.assidu.proto.v1.GetProgrammeResponse;
import org.assidu.proto.v1.LineResult;
import org.assidu.proto.v1.ListProgrammesRequest;
import org.assidu.proto.v1.ListProgrammesResponse;
import org.assidu.proto.v1.ProgrammeDocument;
import org.assidu.proto.v1.ProgrammeServiceGrpc;
import org.assidu.proto.v1.ProgrammeVersion;
import org.assidu.proto.v1.PublishProgrammeRequest;
import org.assidu.proto.v1.PublishProgrammeResponse;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.RuleEffect;
import org.assidu.proto.v1.SimulateReceiptRequest;
import org.assidu.proto.v1.SimulateReceiptResponse;
import org.assidu.proto.v1.SupposedMember;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assidu programme …}. */
@Command(
        name = "programme",
        mixinStandardHelpOptions = true,
        description = "Write, check, publish, read, compare, try and close loyalty programmes.",
        subcommands = {
            ProgrammeCommand.Init.class,
            ProgrammeCommand.Validate.class,
            ProgrammeCommand.Publish.class,
            ProgrammeCommand.Get.class,
            ProgrammeCommand.ListVersions.class,
            ProgrammeCommand.Describe.class,
            ProgrammeDiffCommand.class,
            ProgrammeCommand.Simulate.class,
            ProgrammeCloseCommand.class
        })
final class ProgrammeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    ProgrammeCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    static ProgrammeServiceGrpc.ProgrammeServiceBlockingStub programmes(Connection connection) {
        return ProgrammeServiceGrpc.newBlockingStub(connection.channel());
    }

    static ProgrammeDocument document(Path file) throws IOException {
        return ProgrammeDocument.newBuilder().setText(Files.readString(file)).build();
    }

    /** Prints problems as compilers do. @return the exit code */
    static int print(Output output, String file, List<Problem> problems) {
        for (Problem problem : problems) {
            output.line(file + ":" + problem.line() + ":" + problem.column() + ": "
                    + (problem.path().isEmpty() ? "" : problem.path() + ": ") + problem.message());
        }
        output.line(problems.isEmpty() ? file + ": no problems" : file + ": " + problems.size() + " problem(s)");
        return problems.isEmpty() ? Assidu.OK : Assidu.FAILED;
    }

    static List<Problem> problems(List<org.assidu.proto.v1.Problem> problems) {
        return problems.stream()
                .map(problem ->
                        new Problem(problem.getLine(), problem.getColumn(), problem.getPath(), problem.getMessage()))
                .toList();
    }

    /** {@code assidu programme init}. */
    @Command(name = "init", mixinStandardHelpOptions = true, description = "Print a commented programme to start from.")
    static final class Init implements Callable<Integer> {
        @Option(
                names = "--template",
                defaultValue = "points",
                description = "Name of a template (default: ${DEFAULT-VALUE}); --list names them.")
        private String template = "points";

        @Option(names = "--list", description = "List the templates, one a line.")
        private boolean list;

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            if (list) {
                for (String name : ShippedProgrammes.NAMES) {
                    output.line(String.format("%-18s %s", name, ShippedProgrammes.title(name)));
                }
                return Assidu.OK;
            }
            output.out().print(ShippedProgrammes.text(template));
            output.out().flush();
            return Assidu.OK;
        }
    }

    /** {@code assidu programme validate}. */
    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Report every problem of a programme file, with its line.")
    static final class Validate implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "Programme as YAML or JSON.")
        private Path file = Path.of("");

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            return print(output, file.toString(), ProgrammeCheck.problemsOf(Files.readString(file)));
        }
    }

    /** {@code assidu programme publish}. */
    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            description = "Journal a programme; it prices receipts sold from its effective_from on.")
    static final class Publish implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "Programme as YAML or JSON.")
        private Path file = Path.of("");

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            ProgrammeDocument document = document(file);
            try (Connection connection = server.connect()) {
                PublishProgrammeResponse answer = programmes(connection)
                        .publishProgramme(PublishProgrammeRequest.newBuilder()
                                .setDocument(document)
                                .build());
                if (output.json()) {
                    output.json(answer);
                    return answer.getProblemsCount() == 0 ? Assidu.OK : Assidu.FAILED;
                }
                if (answer.getProblemsCount() > 0) {
                    return print(output, file.toString(), problems(answer.getProblemsList()));
                }
                output.line("published " + describe(answer.getPublished()));
                return Assidu.OK;
            }
        }
    }

    static String describe(ProgrammeVersion version) {
        return version.getProgrammeId() + " version " + version.getVersion() + ", effective from "
                + Instant.ofEpochMilli(version.getEffectiveFromMillis()) + ", sha256 " + version.getSha256();
    }

    /** {@code assidu programme get}. */
    @Command(name = "get", mixinStandardHelpOptions = true, description = "Print a published programme.")
    static final class Get implements Callable<Integer> {
        @Option(names = "--version-number", defaultValue = "0", description = "0 = the newest.")
        private int version;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                GetProgrammeResponse answer = programmes(connection)
                        .getProgramme(GetProgrammeRequest.newBuilder()
                                .setVersion(version)
                                .build());
                if (output.json()) {
                    output.json(answer);
                } else {
                    output.line(answer.getDocument().getText());
                }
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu programme list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "All published versions, oldest first.")
    static final class ListVersions implements Callable<Integer> {
        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            try (Connection connection = server.connect()) {
                ListProgrammesResponse answer =
                        programmes(connection).listProgrammes(ListProgrammesRequest.getDefaultInstance());
                if (output.json()) {
                    output.json(answer);
                } else {
                    answer.getVersionsList().forEach(version -> output.line(describe(version)));
                }
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu programme describe}. */
    @Command(
            name = "describe",
            mixinStandardHelpOptions = true,
            description = "The rules in plain words, made from the programme itself.")
    static final class Describe implements Callable<Integer> {
        @Parameters(
                arity = "0..1",
                paramLabel = "FILE",
                description = "A file; without it the newest published version.")
        private @Nullable Path file;

        @Option(names = "--lang", defaultValue = "en", description = "en or fr (default: ${DEFAULT-VALUE}).")
        private String language = "en";

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            if (file != null) {
                ProgrammeCheck check = ProgrammeCheck.check(Files.readString(file), 1);
                org.assidu.accrual.model.ProgrammeDocument document =
                        check.parsed().document();
                if (document == null || !check.problems().isEmpty()) {
                    return print(output, file.toString(), check.problems());
                }
                output.line(ProgrammeDescription.describe(document, language));
                return Assidu.OK;
            }
            try (Connection connection = server.connect()) {
                output.line(programmes(connection)
                        .describeProgramme(DescribeProgrammeRequest.newBuilder()
                                .setLanguage(language)
                                .setVersion(0)
                                .build())
                        .getText());
                return Assidu.OK;
            }
        }
    }

    /** {@code assidu programme simulate}. */
    @Command(
            name = "simulate",
            mixinStandardHelpOptions = true,
            description = "What one receipt would earn, without recording anything.")
    static final class Simulate implements Callable<Integer> {
        @Parameters(
                arity = "0..1",
                paramLabel = "FILE",
                description = "A programme; without it the newest published version.")
        private @Nullable Path file;

        @Option(names = "--programme", paramLabel = "FILE", description = "The same.")
        private @Nullable Path programme;

        @Option(
                names = "--receipt",
                paramLabel = "FILE",
                required = true,
                description = "Receipt as JSON, in the fields of assidu.v1.Receipt.")
        private Path receipt = Path.of("");

        @Option(names = "--tier", paramLabel = "ID", description = "Suppose a member of this level.")
        private String tier = "";

        @Option(names = "--club", paramLabel = "ID", description = "Suppose a member of this club; may be repeated.")
        private List<String> clubs = new ArrayList<>();

        @Option(names = "--tag", paramLabel = "TAG", description = "Suppose a member with this tag; may be repeated.")
        private List<String> tags = new ArrayList<>();

        @Option(names = "--birthday", paramLabel = "MM-DD", description = "Suppose a member born on this day.")
        private @Nullable String birthday;

        @Mixin
        private final ServerOption server = new ServerOption();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() throws IOException {
            SimulateReceiptRequest.Builder request =
                    SimulateReceiptRequest.newBuilder().setReceipt(receipt()).setMember(member());
            Path tried = file == null ? programme : file;
            if (tried == null) {
                request.setVersion(0);
            } else {
                request.setDocument(document(tried));
            }
            try (Connection connection = server.connect()) {
                SimulateReceiptResponse answer = programmes(connection).simulateReceipt(request.build());
                if (output.json()) {
                    output.json(answer);
                    return answer.getProblemsCount() == 0 ? Assidu.OK : Assidu.FAILED;
                }
                if (answer.getProblemsCount() > 0) {
                    return print(output, String.valueOf(tried), problems(answer.getProblemsList()));
                }
                output.line(MemberCommand.kind(answer.getResult().getStatus(), "RECEIPT_STATUS_") + ": "
                        + Points.format(answer.getResult().getPointsMicro()) + " points");
                answer.getEffectsList().forEach(effect -> output.line("  " + describe(effect)));
                for (LineResult line : answer.getResult().getLinesList()) {
                    output.line(
                            "  line " + line.getLine() + ": " + MemberCommand.kind(line.getStatus(), "LINE_STATUS_"));
                }
                return Assidu.OK;
            }
        }

        /** One rule a line. */
        private static String describe(RuleEffect effect) {
            String rule = effect.getRuleId().isEmpty() ? "rounding" : effect.getRuleId();
            if (effect.getPriceMinor() != 0) {
                return rule + ": " + effect.getPriceMinor() + " minor units off";
            }
            return effect.getPurseId().isEmpty()
                    ? rule + ": applies"
                    : rule + ": " + Points.format(effect.getMicro()) + (effect.getMoney() ? " minor units" : " points")
                            + " into " + effect.getPurseId();
        }

        private SupposedMember member() {
            SupposedMember.Builder member =
                    SupposedMember.newBuilder().setTier(tier).addAllClubs(clubs).addAllTags(tags);
            if (birthday != null) {
                MonthDay day = MonthDay.parse("--" + birthday);
                member.setBirthdayMonth(day.getMonthValue()).setBirthdayDay(day.getDayOfMonth());
            }
            return member.build();
        }

        private Receipt receipt() throws IOException {
            Receipt.Builder builder = Receipt.newBuilder();
            try {
                JsonFormat.parser().merge(Files.readString(receipt), builder);
            } catch (InvalidProtocolBufferException bad) {
                throw new IllegalArgumentException(
                        receipt + " is not a receipt of assidu.v1.Receipt as JSON: " + bad.getMessage(), bad);
            }
            return builder.build();
        }
    }
}
