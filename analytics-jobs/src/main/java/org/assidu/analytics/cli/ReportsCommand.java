package org.assidu.analytics.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.ingest.ExportException;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.render.Language;
import org.assidu.analytics.render.Site;
import org.assidu.analytics.report.Report;
import org.assidu.analytics.report.Reports;
import org.assidu.analytics.report.Section;
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
        description = "Turns an export folder into reports: one page, CSV and JSON.",
        footer = {
            "",
            "Example:",
            "  assidu-reports --exports target/export --out target/report",
            "",
            "The customer value models on a file of your own, without an export:",
            "  assidu-reports clv --help"
        })
public final class ReportsCommand implements Callable<Integer> {

    private static final int EXIT_EXPORT = 3;
    private static final int EXIT_OUTPUT = 4;

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

    @Option(
            names = "--lang",
            paramLabel = "en|fr",
            description = "Language shown first; the page holds both (default: en).")
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
            names = "--master",
            paramLabel = "URL",
            description = "Spark master (default: what spark-submit sets, else local[*]).")
    private @Nullable String master;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    static final class ReportNames extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        ReportNames() {
            super(Reports.ALL.stream().map(Report::key).toList());
        }
    }

    public static void main(String[] args) {
        System.exit(
                ClvCommand.called(args)
                        ? ClvCommand.execute(args)
                        : commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ReportsCommand()).setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof ExportException) {
                command.getErr().println("assidu-reports: " + exception.getMessage());
                return EXIT_EXPORT;
            }
            if (exception instanceof IOException) {
                command.getErr()
                        .println("assidu-reports: cannot write: " + exception.getMessage()
                                + "; check --out and the room on its disk");
                return EXIT_OUTPUT;
            }
            throw exception;
        });
    }

    @Override
    public Integer call() throws IOException {
        Language shown = language();
        List<Report> reports = chosen();
        Progress progress = new Progress(System.err);
        progress.stage("starting Spark");
        try (SparkSession spark = SparkSessions.open(master)) {
            progress.stage("reading " + exports);
            ExportFolder folder = ExportFolder.open(spark, exports);
            progress.stage("adding up lines");
            try (Features features = Features.of(folder, zone, currency)) {
                List<Section> sections = new ArrayList<>();
                for (Report report : reports) {
                    progress.stage("report " + report.key());
                    sections.add(report.run(features));
                }
                progress.stage("writing " + out);
                Path page = new Site(features.scope(), sections, shown).write(out);
                progress.done();
                System.out.println(page);
            }
        }
        return 0;
    }

    private Language language() {
        for (Language each : Language.values()) {
            if (each.code().equals(language.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new CommandLine.ParameterException(spec.commandLine(), "--lang is '" + language + "': choose en or fr");
    }

    private List<Report> chosen() {
        if (names.isEmpty()) {
            return Reports.ALL;
        }
        List<String> known = Reports.ALL.stream().map(Report::key).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "no report '" + name + "': choose among " + String.join(", ", known));
            }
        }
        return Reports.ALL.stream()
                .filter(report -> names.contains(report.key()))
                .collect(Collectors.toList());
    }
}
