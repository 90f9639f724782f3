package org.assidu.analytics.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.assidu.analytics.features.Segment;
import org.assidu.analytics.features.Selection;
import org.assidu.analytics.ingest.ExportException;
import org.assidu.analytics.render.EarlierRun;
import org.assidu.analytics.render.Language;
import org.assidu.analytics.render.OutputFormat;
import org.assidu.analytics.report.GoalsReport;
import org.assidu.analytics.report.Report;
import org.assidu.analytics.report.Reports;
import org.assidu.analytics.report.Settings;
import org.assidu.analytics.report.TargetRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assidu-reports}: reads an export folder, writes the reports' folder. */
@Command(
        name = "assidu-reports",
        mixinStandardHelpOptions = true,
        version = "assidu-reports 0.1.0",
        sortOptions = false,
        description = "Turns an export folder into reports: pages, CSV, Parquet and JSON.",
        footer = {
            "",
            "Example:",
            "  assidu-reports --exports target/export --out target/report",
            "  assidu-reports --exports target/export --out target/june --to 2026-06-30 --segment store=S001,S002",
            "",
            "The customer value models on a file of your own, without an export:",
            "  assidu-reports clv --help"
        })
public final class ReportsCommand implements Callable<Integer> {

    private static final int EXIT_EXPORT = 3;
    private static final int EXIT_OUTPUT = 4;
    private static final String NO_WORK = "none";

    @Option(
            names = "--exports",
            required = true,
            paramLabel = "DIR",
            description = "Folder that `assidu export` wrote; any file system Spark reaches.")
    private String exports = "";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write; made if absent.")
    private Path out = Path.of("");

    @Option(
            names = "--report",
            split = ",",
            paramLabel = "NAME",
            description = "Only these reports: ${COMPLETION-CANDIDATES} (default: all).",
            completionCandidates = ReportNames.class)
    private List<String> names = new ArrayList<>();

    @Option(names = "--from", paramLabel = "DAY", description = "First day of sales, such as 2026-01-01.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day of sales and of movements of points.")
    private @Nullable LocalDate to;

    @Option(
            names = "--as-of",
            paramLabel = "DAY",
            description = "Leave out what was recorded after this day, as if run that night.")
    private @Nullable LocalDate asOf;

    @Option(
            names = "--segment",
            paramLabel = "NAME=VALUE",
            description = "Only these receipts (store, channel, banner, legal-entity, country) or members"
                    + " (enrol-store, enrol-channel, cohort=2026-03); again = both must hold.")
    private List<String> segments = new ArrayList<>();

    @Option(
            names = "--holdout",
            paramLabel = "DAYS",
            description = "Last days held out to check customer value (default: a third, at most 182).")
    private @Nullable Integer holdOutDays;

    @Option(
            names = "--replicates",
            paramLabel = "N",
            description = "Samples behind the interval of customer value, such as 30 (default: 0 = no interval).")
    private int replicates;

    @Option(
            names = "--point-value",
            paramLabel = "AMOUNT",
            description =
                    "What a point costs when spent, in the currency (default: what the programme's reward implies).")
    private @Nullable BigDecimal pointValue;

    @Option(
            names = "--goal",
            split = ",",
            paramLabel = "NAME=VALUE",
            description =
                    "Targets beside the programme's: retention-percent, repurchase-percent, average-basket, cost-ceiling.")
    private Map<String, BigDecimal> goals = new LinkedHashMap<>();

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "FORMAT",
            description = "html, csv, parquet, json (default: all).")
    private List<String> formats = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "DIR",
            description = "Folder of an earlier run to compare with (default: the run before in --out).")
    private @Nullable Path baseline;

    @Option(
            names = "--personas",
            paramLabel = "FILE",
            description = "Personas of an earlier run (default: OUT/personas.json, where there is one).")
    private @Nullable Path personas;

    @Option(
            names = "--refit-personas",
            description = "Find personas anew; those that hold the same members keep their names.")
    private boolean refitPersonas;

    @Option(
            names = "--contact",
            paramLabel = "email|sms|push|till",
            description = "How members of target lists will be reached: their consent to it is needed, none for till"
                    + " (default: email).")
    private String contact = "email";

    @Option(
            names = "--wave-size",
            paramLabel = "N",
            description = "Cut target lists into waves of so many members (default: one wave).")
    private int waveSize;

    @Option(
            names = "--exclude",
            split = ",",
            paramLabel = "FILE",
            description = "CSV of an earlier target list, whose members are left out; may be repeated.")
    private List<Path> earlierLists = new ArrayList<>();

    @Option(
            names = "--lang",
            paramLabel = "en|fr",
            description = "Language shown first; pages hold both (default: en).")
    private String language = "en";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Tell days and hours in this zone, such as Europe/Paris (default: the programme's).")
    private @Nullable ZoneId zone;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            description = "Currency to report on, where the export has several.")
    private @Nullable String currency;

    @Option(
            names = "--work",
            paramLabel = "DIR|none",
            description = "Where sums are kept, so that the next run reads only new segments"
                    + " (default: OUT/work; on a cluster none).")
    private @Nullable String work;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark master (default: what spark-submit sets, else local[*]).")
    private @Nullable String master;

    @Option(
            names = ConfigFile.OPTION,
            paramLabel = "FILE",
            description = "Options as lines NAME = VALUE; what is typed wins.")
    private @Nullable Path config;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        System.exit(ClvCommand.called(args) ? ClvCommand.execute(args) : execute(commandLine(), args));
    }

    /** Runs with the options of a configuration file, where the arguments name one. */
    static int execute(CommandLine command, String... arguments) {
        try {
            ConfigFile file = ConfigFile.of(arguments, command);
            if (file != null) {
                command.setDefaultValueProvider(file);
            }
        } catch (CommandLine.ParameterException e) {
            command.getErr().println("assidu-reports: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        return command.execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new ReportsCommand())
                .setExecutionExceptionHandler((exception, command, parsed) -> failed(exception, command.getErr()));
    }

    private static int failed(Exception exception, PrintWriter err) throws Exception {
        if (exception instanceof ExportException) {
            err.println("assidu-reports: " + exception.getMessage());
            return EXIT_EXPORT;
        }
        if (exception instanceof IOException) {
            err.println("assidu-reports: cannot write: " + exception.getMessage()
                    + "; check --out and the room on its disk");
            return EXIT_OUTPUT;
        }
        throw exception;
    }

    @Override
    public Integer call() throws IOException {
        Path page = new ReportsRun(
                        exports,
                        out,
                        chosen(),
                        selection(),
                        settings(),
                        chosenFormats(),
                        shown(),
                        earlier(),
                        workFolder(),
                        master,
                        new Progress(System.err))
                .write();
        System.out.println(page);
        return 0;
    }

    /** Kept beside the reports where executors share the driver's disk; elsewhere only where a place is named. */
    private @Nullable String workFolder() {
        String named = work;
        if (named != null) {
            return named.equals(NO_WORK) ? null : named;
        }
        String url = master == null ? System.getProperty("spark.master", "local[*]") : master;
        return url.startsWith("local")
                ? out.resolve("work").toAbsolutePath().toUri().toString()
                : null;
    }

    private Selection selection() {
        LocalDate first = from;
        LocalDate last = to;
        if (first != null && last != null && last.isBefore(first)) {
            throw wrong("--to " + last + " is before --from " + first + ": exchange them");
        }
        LocalDate known = asOf;
        if (first != null && known != null && known.isBefore(first)) {
            throw wrong("--as-of " + known + " is before --from " + first + ": nothing of it was recorded yet");
        }
        try {
            return new Selection(
                    first, last, known, segments.stream().map(Segment::parse).toList(), zone, currency);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Settings settings() {
        Integer days = holdOutDays;
        if (days != null && days < 1) {
            throw wrong("--holdout " + days + ": at least 1 day; leave it out for a third of the data");
        }
        if (replicates < 0 || replicates == 1) {
            throw wrong("--replicates " + replicates + ": 0 for no interval, else 2 or more, such as 30");
        }
        BigDecimal value = pointValue;
        if (value != null && value.signum() < 0) {
            throw wrong("--point-value " + value + " is negative: what a point costs is 0 or more");
        }
        for (String goal : goals.keySet()) {
            if (!GoalsReport.NAMES.contains(goal)) {
                throw wrong("no goal '" + goal + "': choose among " + String.join(", ", GoalsReport.NAMES));
            }
        }
        return new Settings(days, replicates, value, goals, savedPersonas(), targetRules());
    }

    private Settings.Personas savedPersonas() {
        Path file = personas == null ? out.resolve(ReportsRun.PERSONAS) : personas;
        if (personas == null && !Files.exists(file)) {
            return new Settings.Personas(null, refitPersonas);
        }
        try {
            return Settings.Personas.read(Files.readString(file), refitPersonas);
        } catch (IOException e) {
            throw wrong("cannot read --personas " + file + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw wrong(file + ": " + e.getMessage());
        }
    }

    private TargetRules targetRules() {
        if (waveSize < 0) {
            throw wrong("--wave-size " + waveSize + ": 1 or more members, or leave it out for a single wave");
        }
        TargetRules.Contact reached = Arrays.stream(TargetRules.Contact.values())
                .filter(each -> each.code().equals(contact.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> wrong("--contact is '" + contact + "': choose email, sms, push or till"));
        Set<Long> members = new HashSet<>();
        for (Path list : earlierLists) {
            try {
                members.addAll(EarlierList.read(list));
            } catch (IOException | IllegalArgumentException e) {
                throw wrong("--exclude " + list + ": " + e.getMessage());
            }
        }
        return new TargetRules(reached, waveSize, members);
    }

    private EnumSet<OutputFormat> chosenFormats() {
        EnumSet<OutputFormat> chosen = EnumSet.noneOf(OutputFormat.class);
        for (String name : formats) {
            chosen.add(Arrays.stream(OutputFormat.values())
                    .filter(each -> each.code().equals(name.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> wrong("no format '" + name + "': choose among html, csv, parquet, json")));
        }
        return chosen.isEmpty() ? EnumSet.allOf(OutputFormat.class) : chosen;
    }

    private @Nullable EarlierRun earlier() throws IOException {
        Path folder = baseline;
        if (folder == null) {
            return null;
        }
        try {
            return EarlierRun.of(folder);
        } catch (IOException e) {
            throw wrong("--baseline: " + e.getMessage());
        }
    }

    private Language shown() {
        for (Language each : Language.values()) {
            if (each.code().equals(language.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw wrong("--lang is '" + language + "': choose en or fr");
    }

    private List<Report> chosen() {
        List<String> known = Reports.ALL.stream().map(Report::key).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw wrong("no report '" + name + "': choose among " + String.join(", ", known));
            }
        }
        return Reports.ALL.stream()
                .filter(report -> names.isEmpty() || names.contains(report.key()))
                .toList();
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
