package org.assidu.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** A run by the command line, from tests of other packages. */
public final class RunForTests {

    private RunForTests() {}

    /** Writes some reports, in every format. */
    public static void reports(Path export, Path out, String... names) {
        assertThat(ReportsCommand.execute(
                        ReportsCommand.commandLine(),
                        "--exports",
                        export.toString(),
                        "--out",
                        out.toString(),
                        "--report",
                        String.join(",", names),
                        "--master",
                        "local[2]"))
                .isZero();
    }
}
