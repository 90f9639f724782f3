package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SnapshotProcessTest {
    @Test
    void runsWithWhatTheServerLeavesWhereThisMachineLetsIt() throws Exception {
        List<String> command = SnapshotProcess.command(Path.of("data"), List.of("-Xmx64m"), 8);
        int java = command.indexOf(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        assertThat(command)
                .containsSubsequence(
                        "-Xmx64m",
                        "-XX:MaxNewSize=64m",
                        Assidu.class.getName(),
                        "snapshot",
                        "--data",
                        "--mib-per-second",
                        "8",
                        "--stay");
        if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
            assertThat(command.subList(0, java)).contains("/usr/bin/nice");
        }
        List<String> trial = new ArrayList<>(command.subList(0, java));
        trial.addAll(List.of(command.get(java), "-version"));
        Process process = new ProcessBuilder(trial).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void leavesOutWhatThisMachineForbidsOrDoesNotHave() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh");
        assertThat(SnapshotProcess.isAllowed(List.of("/bin/sh", "-c", "exit 0")))
                .isTrue();
        assertThat(SnapshotProcess.isAllowed(List.of("/bin/sh", "-c", "echo Operation not permitted; exit 1")))
                .isFalse();
        assertThat(SnapshotProcess.isAllowed(List.of("/nowhere/chrt", "--idle", "0")))
                .isFalse();
    }
}
