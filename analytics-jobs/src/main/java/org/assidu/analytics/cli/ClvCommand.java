package org.assidu.analytics.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assidu.analytics.clv.ClvSplit;
import org.assidu.analytics.clv.ClvStudy;
import org.assidu.analytics.clv.ClvUnit;
import org.assidu.analytics.clv.StudyJson;
import org.assidu.analytics.clv.StudyText;
import org.assidu.analytics.clv.TransactionException;
import org.assidu.analytics.clv.TransactionFile;
import org.assidu.analytics.clv.Transactions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assidu-reports clv}: the customer value models on a transaction file; neither server nor Spark. */
@Command(
        name = "clv",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Fits the customer value models to a transaction file and checks them on a hold-out.",
        footer = {
            "",
            "Example:",
            "  assidu-reports clv --transactions sales.csv.gz --columns customer,date,spend --unit weeks \\",
            "    --calibration-end 2026-06-30 --json clv.json"
        })
final class ClvCommand implements Callable<Integer> {

    static final String NAME = "clv";

    private static final int EXIT_DATA = 3;
    private static final int EXIT_OUTPUT = 4;

    @Option(
            names = "--transactions",
            required = true,
            paramLabel = "FILE.csv[.gz]",
            description = "One row for each purchase, with a header.")
    private Path transactions = Path.of("");

    @Option(
            names = "--columns",
            required = true,
            split = ",",
            paramLabel = "CUSTOMER,DATE[,SPEND]",
            description = "Names of these columns in the header, in this order.")
    private List<String> columns = List.of();

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            description = "days, weeks or months: unit of rates and ages (default: weeks).")
    private String unit = "weeks";

    @Option(
            names = "--calibration-end",
            required = true,
            paramLabel = "DATE",
            description = "Last day the models may see, such as 2026-06-30.")
    private LocalDate calibrationEnd = LocalDate.EPOCH;

    @Option(
            names = "--holdout-end",
            paramLabel = "DATE",
            description = "Last day of the check (default: the last day of the data).")
    private @Nullable LocalDate holdOutEnd;

    @Option(
            names = "--date-format",
            paramLabel = "PATTERN",
            description = "Such as dd/MM/yyyy (default: found out; a time of day is ignored).")
    private @Nullable String dateFormat;

    @Option(
            names = "--draws",
            paramLabel = "N",
            description = "Bootstrap samples for a 95 %% interval of the chosen model's total (default: none).")
    private int draws;

    @Option(names = "--json", required = true, paramLabel = "FILE", description = "Where to write the results.")
    private Path json = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Whether the arguments of {@code assidu-reports} call this command. */
    static boolean called(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals(NAME);
    }

    /** Exit code for the arguments of {@code assidu-reports}, the first of which is this command's name. */
    static int execute(String[] arguments) {
        return commandLine().execute(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new ClvCommand());
        command.setCommandName("assidu-reports " + NAME);
        return command.setExecutionExceptionHandler((exception, line, parsed) -> {
            if (exception instanceof TransactionException) {
                line.getErr().println("assidu-reports clv: " + exception.getMessage());
                return EXIT_DATA;
            }
            throw exception;
        });
    }

    @Override
    public Integer call() throws IOException {
        ClvUnit chosen = unit();
        TransactionFile.Columns named = columns();
        if (draws < 0 || draws == 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--draws is " + draws + ": give 0 for no interval, or 2 or more, such as 100");
        }
        Transactions read;
        try {
            read = new TransactionFile(transactions, named, dateFormat).read();
        } catch (IOException e) {
            throw new TransactionException("cannot read " + transactions + ": " + e.getMessage()
                    + "; check that the file is whole and that you may read it");
        }
        ClvSplit split = ClvSplit.of(read, chosen, calibrationEnd, holdOutEnd);
        ClvStudy study = ClvStudy.of(split, draws);
        PrintWriter out = spec.commandLine().getOut();
        out.print(StudyText.of(study, read));
        out.flush();
        try {
            StudyJson.write(study, read, json);
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("assidu-reports clv: cannot write " + json + ": " + e.getMessage()
                            + "; check --json and the room on its disk");
            return EXIT_OUTPUT;
        }
        out.println("written " + json);
        out.flush();
        return 0;
    }

    private ClvUnit unit() {
        for (ClvUnit each : ClvUnit.values()) {
            if (each.label().equals(unit.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new CommandLine.ParameterException(
                spec.commandLine(), "--unit is '" + unit + "': choose days, weeks or months");
    }

    private TransactionFile.Columns columns() {
        if (columns.size() < 2 || columns.size() > 3) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--columns names " + columns.size() + " columns: give customer,date or customer,date,spend");
        }
        return new TransactionFile.Columns(
                columns.get(0).strip(),
                columns.get(1).strip(),
                columns.size() < 3 ? null : columns.get(2).strip());
    }
}
