package org.assidu.benchmarks.faults;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench kill}: a real server, killed again and again in the middle of its answers. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description =
                "Streams sales to a server process, kills it with SIGKILL at random moments over the same data, and checks"
                        + " that nothing acknowledged is lost or counts twice; ends with 1 when something is.")
public final class KillCommand implements Callable<Integer> {
    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "100",
            description = "Kills (default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(names = "--seed", paramLabel = "SEED", description = "Of the moments (default: the clock).")
    private long seed = System.nanoTime();

    @Option(names = "--fast", description = "With --durability fast instead of durable.")
    private boolean fast;

    @Option(names = "--namespace", description = "Each server as PID 1 of a namespace of its own, as in a container.")
    private boolean namespace;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return TestTree.run(
                "org.assidu.accrual.cli.KillLoop",
                List.of(
                        Integer.toString(times),
                        Long.toString(seed),
                        fast ? "fast" : "durable",
                        namespace ? "namespace" : "host"));
    }
}
