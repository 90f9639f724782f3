package org.assidu.accrual.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.assidu.accrual.load.Progress;
import org.assidu.accrual.replay.WhatIf;
import org.assidu.accrual.replay.WhatIfQuestion;
import org.assidu.accrual.replay.WhatIfReport;
import org.assidu.accrual.server.DataDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assidu what-if}. */
@Command(
        name = "what-if",
        mixinStandardHelpOptions = true,
        description = {
            "What another programme would have given: decides all receipts of a journal again, with their returns, and compares"
                    + " points, cost, liability and members. Changes nothing and needs no server.",
            "What members bought, returned and used is taken as it happened: changed behaviour is not modelled.",
            "Exit code 1 for @history when the published rules decide otherwise today than they did."
        })
final class WhatIfCommand implements Callable<Integer> {
    /** The published versions as they are. */
    private static final String HISTORY = "@history";

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--programme",
            required = true,
            paramLabel = "FILE",
            description = "Programme that replaces all versions from --from on; " + HISTORY + " = the published ones.")
    private String programme = HISTORY;

    @Option(names = "--from", paramLabel = "DATE", description = "Its first day, yyyy-mm-dd (default: the beginning).")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "Last day looked at (default: the journal's end).")
    private @Nullable LocalDate to;

    @Option(
            names = "--point-value",
            paramLabel = "AMOUNT",
            description = "What a point is worth, such as 0.01 (default: what the rewards make of it).")
    private @Nullable BigDecimal pointValue;

    @Option(names = "--lang", defaultValue = "en", description = "en or fr (default: ${DEFAULT-VALUE}).")
    private String language = "en";

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as a page that needs no network.")
    private @Nullable Path html;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every figure exactly, for programs.")
    private @Nullable Path json;

    @SuppressWarnings("NullAway.Init")
    WhatIfCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!language.equals("en") && !language.equals("fr")) {
            throw new IllegalArgumentException("--lang " + language + ": write en or fr");
        }
        String text = programme.equals(HISTORY) ? null : Files.readString(Path.of(programme));
        WhatIfReport report = answer(data.directory(), new WhatIfQuestion(text, from, to, pointValue));
        WhatIfView view = new WhatIfViewBuilder(report, language).view();
        PrintWriter out = spec.commandLine().getOut();
        WhatIfText.lines(view).forEach(out::println);
        if (html != null) {
            WhatIfPage.write(view, html);
            out.println("page        " + html);
        }
        if (json != null) {
            WhatIfJson.write(report, json);
            out.println("figures     " + json);
        }
        out.flush();
        boolean broken = report.identity() && !(report.sameState() && report.nothingChanged());
        return broken ? Assidu.FAILED : Assidu.OK;
    }

    private static WhatIfReport answer(DataDirectory directory, WhatIfQuestion question) {
        try (Steps steps = new Steps()) {
            return WhatIf.answer(question, directory::openReadOnly, steps);
        }
    }

    /** Two looks through the journal, each with its own bar. */
    private static final class Steps implements WhatIf.Progress, AutoCloseable {
        private Progress shown = Progress.start("read journal", "records", 0);
        private boolean deciding;

        @Override
        public void surveyed(long position) {
            shown.at(position);
        }

        @Override
        public void decided(long position, long records) {
            if (!deciding) {
                shown.close();
                shown = Progress.start("decide again", "records", records);
                deciding = true;
            }
            shown.at(position);
        }

        @Override
        public void close() {
            shown.close();
        }
    }
}
