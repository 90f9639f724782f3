package org.assidu.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench micro}: JMH over engine, codec, journal and programme. */
@Command(
        name = "micro",
        mixinStandardHelpOptions = true,
        description = "JMH micro benchmarks: engine decide/apply, codec, journal append, programme evaluation.")
final class MicroCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "REGEX",
            arity = "0..*",
            description = "Only benchmarks whose name matches (default: all).")
    private List<String> patterns = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write JMH's results as JSON.")
    private @Nullable Path json;

    @Option(names = "--quick", description = "One fork, short iterations: a smoke test, not a measurement.")
    private boolean quick;

    @Option(
            names = "--forks",
            paramLabel = "N",
            description = "Processes per benchmark; 0 measures in this one (default: JMH's five, with --quick one).")
    private @Nullable Integer forks;

    @Option(names = "--prof", paramLabel = "NAME", description = "A JMH profiler, such as gc.")
    private @Nullable String profiler;

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder().shouldFailOnError(true);
        if (patterns.isEmpty()) {
            options.include("org\\.assidu\\.benchmarks\\.micro\\..*");
        }
        patterns.forEach(options::include);
        if (quick) {
            options.forks(1)
                    .warmupIterations(1)
                    .measurementIterations(1)
                    .warmupTime(TimeValue.milliseconds(200))
                    .measurementTime(TimeValue.milliseconds(200));
        }
        if (forks != null) {
            options.forks(forks);
        }
        if (profiler != null) {
            options.addProfiler(profiler);
        }
        if (json != null) {
            options.result(json.toString()).resultFormat(ResultFormatType.JSON);
        }
        new Runner(options.build()).run();
        return 0;
    }
}
