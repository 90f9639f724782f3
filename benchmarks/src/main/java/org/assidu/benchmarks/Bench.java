package org.assidu.benchmarks;

import org.assidu.benchmarks.faults.KillCommand;
import org.assidu.benchmarks.faults.SimulateCommand;
import org.assidu.benchmarks.load.AbuseCommand;
import org.assidu.benchmarks.load.LoadCommand;
import org.assidu.benchmarks.load.SnapshotStallCommand;
import org.assidu.benchmarks.recovery.RecoveryCommand;
import org.assidu.benchmarks.reports.ReportsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the benchmarks. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Assidu; results belong into benchmarks/RESULTS.md with the command that made them.",
        subcommands = {
            AbuseCommand.class,
            KillCommand.class,
            LoadCommand.class,
            MicroCommand.class,
            RecoveryCommand.class,
            ReportsCommand.class,
            SimulateCommand.class,
            SnapshotStallCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Bench implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    private Bench() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    failure.printStackTrace(command.getErr());
                    return 1;
                })
                .execute(args));
    }
}
