package org.assidu.benchmarks.faults;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench simulate}: worlds of tills, crashes and power cuts, as many as time allows. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "The write path in virtual time under crashes, torn disks, failing forces, lost and repeated messages;"
                        + " ends with 1 and the seed at the first violation.")
public final class SimulateCommand implements Callable<Integer> {
    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Of the first world; the next ones follow (default: the clock).")
    private long seed = System.nanoTime();

    @Option(names = "--threads", paramLabel = "N", description = "Worlds at once (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return TestTree.run(
                "org.assidu.accrual.simulation.Simulate",
                List.of(Double.toString(minutes), Long.toString(seed), Integer.toString(threads)));
    }
}
