package org.assidu.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench load}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Streams receipts from this process to servers in processes of their own, in interleaved rounds:",
            "noop parses and answers only; fast and durable are the accrual server in its two modes.",
            "Closed loop gives the peak; open loop gives the latency of all at half of durable's peak, counted from when"
                    + " a message was due."
        })
public final class LoadCommand implements Callable<Integer> {
    private static final List<String> TARGETS = List.of("noop", "fast", "durable");

    @Option(names = "--json", paramLabel = "FILE", description = "Write medians and every round as JSON.")
    private @Nullable Path json;

    @Option(names = "--rounds", defaultValue = "5", description = "Interleaved rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            description = "Length of one measured interval (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warmup",
            defaultValue = "10",
            description = "Seconds of closed loop per target before anything is measured (default: ${DEFAULT-VALUE}).")
    private double warmupSeconds;

    @Option(
            names = "--warmup-lines",
            defaultValue = "4000000",
            description =
                    "And at least so many lines per target and shape, since on a busy machine seconds do not make a"
                            + " compiled server (default: ${DEFAULT-VALUE}).")
    private long warmupLines;

    @Option(
            names = "--shapes",
            defaultValue = "16x5,1x5",
            description = "Message shapes, receipts × lines (default: ${DEFAULT-VALUE}).")
    private String shapesText = "";

    @Option(names = "--streams", defaultValue = "2", description = "Client streams (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--programme",
            defaultValue = "load-simple.yaml",
            description =
                    "Programme that the servers run: load-simple.yaml or load-full.yaml (default: ${DEFAULT-VALUE}).")
    private String programme = "";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where journals go (default: a folder in the system's temporary one).")
    private @Nullable Path dir;

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = {
                "Also measure fast and durable of another build, in the same rounds: the target folder of its benchmarks"
                        + " module, or a copy of benchmarks.jar and lib from there.",
                "Ratios of those are named fast-against and durable-against."
            })
    private @Nullable Path against;

    @Override
    public Integer call() throws IOException {
        List<Shape> shapes = LoadResults.shapes(shapesText);
        if (json != null) {
            ResultFile.prepare(json);
        }
        Path folder = dir == null ? Files.createTempDirectory("assidu-bench-") : Files.createDirectories(dir);
        Targets starter = new Targets(folder, programme, against, List.of());
        List<String> names = new ArrayList<>(TARGETS);
        if (against != null) {
            TARGETS.stream().skip(1).map(name -> name + Targets.AGAINST).forEach(names::add);
        }
        List<Target> targets = new ArrayList<>();
        LoadRunner runner = new LoadRunner(streams);
        LoadResults results = new LoadResults();
        PrintStream progress = System.err;
        progress.println(Machine.describe());
        try {
            for (String name : names) {
                targets.add(starter.start(name));
            }
            for (Target target : targets) {
                progress.println("warming up " + target.name());
                runner.enrolAll(target);
                for (Shape shape : shapes) {
                    warmUp(runner, shape, target, warmupSeconds / shapes.size());
                }
            }
            for (int round = 1; round <= rounds; round++) {
                for (Shape shape : shapes) {
                    for (Target target : targets) {
                        add(results, progress, runner.closed(round, shape, target, seconds));
                    }
                }
            }
            for (int round = 1; round <= rounds; round++) {
                for (Shape shape : shapes) {
                    double rate = results.median(shape, "durable", "closed", Measurement::linesPerSecond) / 2;
                    for (Target target : targets) {
                        add(results, progress, runner.open(round, shape, target, seconds, rate));
                    }
                }
            }
        } finally {
            targets.forEach(Target::close);
            if (dir == null) {
                delete(folder);
            }
        }
        System.out.print(results.table(shapes, names));
        if (json != null) {
            Files.writeString(
                    json,
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(results.json(shapes, names))
                            + "\n");
        }
        return 0;
    }

    private void warmUp(LoadRunner runner, Shape shape, Target target, double atLeastSeconds) {
        double lines = 0;
        do {
            lines += runner.closed(0, shape, target, atLeastSeconds).linesPerSecond() * atLeastSeconds;
        } while (lines < warmupLines);
    }

    private static void add(LoadResults results, PrintStream progress, Measurement measurement) {
        results.add(measurement);
        progress.printf(
                Locale.ROOT,
                "round %d %-6s %-5s %-15s %,12.0f lines/s  cpu/line server %,.0f ns client %,.0f ns  p50 %,d µs  p99 %,d µs%n",
                measurement.round(),
                measurement.mode(),
                measurement.shape(),
                measurement.target(),
                measurement.linesPerSecond(),
                measurement.serverCpuNanosPerLine(),
                measurement.clientCpuNanosPerLine(),
                measurement.p50Micros(),
                measurement.p99Micros());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
