package org.assidu.accrual.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of the accrual server and its tools. */
@Command(
        name = "assidu",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        description = "Loyalty accrual for retail chains: serve, feed, ask, export, verify.",
        subcommands = {
            ServeCommand.class,
            FollowCommand.class,
            PromoteCommand.class,
            StatusCommand.class,
            StopCommand.class,
            TickCommand.class,
            ImportCommand.class,
            GenerateCommand.class,
            MemberCommand.class,
            MembersCommand.class,
            ProgrammeCommand.class,
            CatalogueCommand.class,
            CardsCommand.class,
            TokenCommand.class,
            MasterKeyCommand.class,
            EventsCommand.class,
            TagsCommand.class,
            RewardCommand.class,
            CodeCommand.class,
            ExportCommand.class,
            SealCommand.class,
            SnapshotCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ArchiveCommand.class,
            VerifyCommand.class,
            DumpCommand.class,
            WhatIfCommand.class,
            LiabilityCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Assidu implements Runnable {
    /** Exit codes, for scripts. */
    static final int OK = 0;

    static final int FAILED = 1;
    static final int USAGE = 2;
    /** Done, but part of the input was rejected. */
    static final int PARTIAL = 3;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Print where in the code an error came from.")
    private boolean stacktrace;

    @SuppressWarnings("NullAway.Init")
    private Assidu() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    public static void main(String[] args) {
        System.exit(run(
                new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset()),
                args));
    }

    /** Runs one command as the launcher does. @return the exit code */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Assidu root = new Assidu();
        CommandLine line = new CommandLine(root).setOut(out).setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> root.report(failure, command));
        return line.execute(args);
    }

    private int report(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (stacktrace) {
            failure.printStackTrace(err);
        }
        err.println("assidu " + command.getCommandName() + ": " + message(failure));
        err.flush();
        return FAILED;
    }

    private static String message(Exception failure) {
        if (failure instanceof StatusRuntimeException status) {
            String description = firstLine(status.getStatus().getDescription());
            String hint = status.getStatus().getCode() == Status.Code.UNAVAILABLE
                            || status.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
                    ? "; is a server running there? start one with: assidu serve --data DIR"
                    : "";
            return status.getStatus().getCode() + (description == null ? "" : ": " + description) + hint;
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static @Nullable String firstLine(@Nullable String text) {
        return text == null ? null : text.lines().findFirst().orElse("");
    }
}
