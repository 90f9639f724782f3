package org.assidu.benchmarks.reports;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.assidu.benchmarks.load.Machine;
import org.assidu.benchmarks.load.ResultFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench reports}. */
@Command(
        name = "reports",
        mixinStandardHelpOptions = true,
        description = {
            "Generates sales of each size once, then runs every report on them, and the models alone on the kept sums.",
            "DuckDB works out the same sums from the same files, with as many threads and as much memory."
        })
public final class ReportsCommand implements Callable<Integer> {
    private static final List<String> MODELS = List.of("--report", "clv,personas");
    private static final int LINES_A_MEMBER = 100;

    @Option(
            names = "--lines",
            split = ",",
            defaultValue = "10000000,100000000",
            description = "Sizes to measure, in sale lines (default: ${DEFAULT-VALUE}).")
    private List<Long> sizes = new ArrayList<>();

    @Option(names = "--rounds", defaultValue = "3", description = "Runs of each; medians (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--heap", defaultValue = "4g", description = "Heap of the reports (default: ${DEFAULT-VALUE}).")
    private String heap = "";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "target/bench-reports",
            description = "Where sales and reports go; sales are kept (default: ${DEFAULT-VALUE}).")
    private Path dir = Path.of("");

    @Option(
            names = "--export",
            paramLabel = "DIR",
            description = "Measure this export, read only, instead of generated sales.")
    private @Nullable Path given;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the medians as JSON.")
    private @Nullable Path json;

    /** What was measured of one size; medians. */
    private record Measured(long lines, ReportRun whole, ReportRun again, double modelSeconds, DuckSums.Seconds duck) {

        /** Time on the data, without start-up and writing. */
        double onData() {
            return whole.sumsSeconds() + whole.reportsSeconds() - modelSeconds;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        Path root =
                Path.of(System.getProperty("assidu.root", ".")).toAbsolutePath().normalize();
        Path file = json;
        if (file != null) {
            ResultFile.prepare(file);
        }
        PrintStream progress = System.err;
        progress.println(Machine.describe());
        List<Measured> all = new ArrayList<>();
        Path own = given;
        if (own != null) {
            Path out = Files.createDirectories(dir.toAbsolutePath().resolve("given"))
                    .resolve("report");
            all.add(measure(root, own.toAbsolutePath(), out, DuckSums.lines(own), progress));
        }
        for (long lines : own == null ? sizes : List.<Long>of()) {
            Path export = dir.toAbsolutePath().resolve(Long.toString(lines)).resolve("export");
            generate(root, export, lines, progress);
            all.add(measure(root, export, export.resolveSibling("report"), lines, progress));
        }
        for (Measured one : all) {
            System.out.printf(
                    Locale.ROOT,
                    "%,13d lines: start-up %.1f s, sums %.1f s, reports %.1f s (models %.1f s), writing %.1f s, in all %.1f s"
                            + " (%.1f s of processor); again on kept sums %.1f s; DuckDB %.1f s (%.1f s of processor), ratio %.1f%n",
                    one.lines(),
                    one.whole().startUpSeconds(),
                    one.whole().sumsSeconds(),
                    one.whole().reportsSeconds(),
                    one.modelSeconds(),
                    one.whole().writingSeconds(),
                    one.whole().totalSeconds(),
                    one.whole().processorSeconds(),
                    one.again().totalSeconds(),
                    one.duck().wall(),
                    one.duck().processor(),
                    one.onData() / one.duck().wall());
        }
        if (all.size() > 1) {
            Measured small = all.get(0);
            Measured large = all.get(all.size() - 1);
            double millions = (large.lines() - small.lines()) / 1e6;
            double reports = (large.onData() - small.onData()) / millions;
            double duck = (large.duck().wall() - small.duck().wall()) / millions;
            double processor = (large.whole().processorSeconds() - small.whole().processorSeconds())
                    / (large.duck().processor() - small.duck().processor());
            System.out.printf(
                    Locale.ROOT,
                    "marginal, a million lines: reports %.3f s, DuckDB %.3f s, ratio %.1f (of processor time %.1f)%n",
                    reports,
                    duck,
                    reports / duck,
                    processor);
        }
        if (file != null) {
            Files.writeString(file, asJson(all));
        }
        return 0;
    }

    private Measured measure(Path root, Path export, Path out, long lines, PrintStream progress)
            throws IOException, InterruptedException, SQLException {
        Path launcher = root.resolve("analytics-jobs/bin/assidu-reports");
        List<ReportRun> whole = new ArrayList<>();
        List<ReportRun> again = new ArrayList<>();
        List<Double> models = new ArrayList<>();
        List<DuckSums.Seconds> duck = new ArrayList<>();
        int threads = Runtime.getRuntime().availableProcessors();
        for (int round = 1; round <= rounds; round++) {
            progress.println(lines + " lines, round " + round);
            // DuckDB first: where the rest takes hours and is cut off, there is something to hold it against.
            duck.add(DuckSums.seconds(
                    export, out.resolveSibling("duckdb-spill"), threads, heap.toUpperCase(Locale.ROOT) + "B"));
            progress.println("DuckDB: " + duck.get(duck.size() - 1));
            delete(out);
            whole.add(run(launcher, export, out, List.of(), "all reports", progress));
            again.add(run(launcher, export, out, List.of(), "again on kept sums", progress));
            models.add(run(launcher, export, out, MODELS, "models on kept sums", progress)
                    .reportsSeconds());
        }
        return new Measured(
                lines,
                median(whole),
                median(again),
                middle(models.stream().sorted().toList()),
                middle(duck.stream()
                        .sorted(Comparator.comparingDouble(DuckSums.Seconds::wall))
                        .toList()));
    }

    private ReportRun run(Path launcher, Path export, Path out, List<String> options, String what, PrintStream progress)
            throws IOException, InterruptedException {
        ReportRun run = ReportRun.of(launcher, export, out, heap, options);
        progress.println(what + ": " + run);
        return run;
    }

    private static ReportRun median(List<ReportRun> runs) {
        return middle(runs.stream()
                .sorted(Comparator.comparingDouble(ReportRun::totalSeconds))
                .toList());
    }

    private static <T> T middle(List<T> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static void generate(Path root, Path export, long lines, PrintStream progress)
            throws IOException, InterruptedException {
        if (Files.exists(export.resolve("_export.json"))) {
            return;
        }
        progress.println("generating " + lines + " lines");
        delete(export);
        Files.createDirectories(export.getParent());
        Process process = new ProcessBuilder(
                        root.resolve("accrual-server/bin/assidu").toString(),
                        "generate",
                        "--parquet",
                        export.toString(),
                        "--lines",
                        Long.toString(lines),
                        "--members",
                        Long.toString(Math.max(100, lines / LINES_A_MEMBER)))
                .inheritIO()
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("assidu generate ended with " + code + "; its words are above");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String asJson(List<Measured> all) {
        List<String> rows = new ArrayList<>();
        for (Measured one : all) {
            rows.add(String.format(
                    Locale.ROOT,
                    "  {\"lines\": %d, \"start_up_s\": %.1f, \"sums_s\": %.1f, \"reports_s\": %.1f, \"models_s\": %.1f,"
                            + " \"writing_s\": %.1f, \"total_s\": %.1f, \"processor_s\": %.1f, \"again_s\": %.1f, \"duckdb_s\": %.2f,"
                            + " \"duckdb_processor_s\": %.2f}",
                    one.lines(),
                    one.whole().startUpSeconds(),
                    one.whole().sumsSeconds(),
                    one.whole().reportsSeconds(),
                    one.modelSeconds(),
                    one.whole().writingSeconds(),
                    one.whole().totalSeconds(),
                    one.whole().processorSeconds(),
                    one.again().totalSeconds(),
                    one.duck().wall(),
                    one.duck().processor()));
        }
        return "{\"machine\": \"" + Machine.describe() + "\", \"sizes\": [\n" + String.join(",\n", rows) + "\n]}\n";
    }
}
