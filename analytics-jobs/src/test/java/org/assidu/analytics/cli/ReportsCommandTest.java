package org.assidu.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ReportsCommandTest {

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = ReportsCommand.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments);
    }

    @Test
    void unknownReportListsTheKnown() {
        assertThat(run("--exports", "x", "--out", folder.toString(), "--report", "habit"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("no report 'habit'", "habits, retention");
    }

    @Test
    void unknownLanguageNamesTheTwo() {
        assertThat(run("--exports", "x", "--out", folder.toString(), "--lang", "de"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("choose en or fr");
    }
}
