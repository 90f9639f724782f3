package org.assidu.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assidu.analytics.fixture.SmallExport;
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

    @Test
    void exportBecomesAPageAndFiles() throws Exception {
        SmallExport.write(folder.resolve("export")).close();
        Path out = folder.resolve("report");
        assertThat(run(
                        "--exports", folder.resolve("export").toString(),
                        "--out", out.toString(),
                        "--lang", "fr",
                        "--report", "retention",
                        "--master", "local[1]"))
                .isZero();
        assertThat(Files.readString(out.resolve("index.html")))
                .contains("<html lang=\"fr\"", "href=\"retention.html\"")
                .doesNotContain("href=\"habits.html\"");
        assertThat(Files.readString(out.resolve("retention.html"))).contains("<html lang=\"fr\"", "Fidélité");
        assertThat(out.resolve("csv/retention-waterfall.csv")).exists();
    }

    @Test
    void missingExportIsToldWithoutAStackTrace() {
        assertThat(run("--exports", folder.resolve("none").toString(), "--out", folder.toString()))
                .isEqualTo(3);
        assertThat(errors.toString()).startsWith("assidu-reports: no export at").doesNotContain("Exception");
    }
}
