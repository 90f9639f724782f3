package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real process, killed by the system at a moment of its own: nothing that it answered for is lost. */
public abstract class JournalKillContractTest {
    private static final int KILLS = 2;

    @TempDir
    Path directory;

    private final TestedJournal tested;

    protected JournalKillContractTest(TestedJournal tested) {
        this.tested = tested;
    }

    @ParameterizedTest
    @EnumSource
    void nothingAcknowledgedIsLostByKill(Durability durability) throws IOException, InterruptedException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("kill test seed=" + seed);
        Random random = new Random(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            long answered = writeUntilKilled(durability, 1 + random.nextInt(400));
            try (Journal journal = tested.open(
                            directory,
                            JournalContractTest.CONFIG,
                            RecoveryProgress.silent(),
                            JournalEnvironment.system());
                    JournalReader reader = journal.newReader()) {
                assertThat(journal.recoveredPosition()).isGreaterThanOrEqualTo(answered);
                long position = 0;
                while (reader.next()) {
                    position++;
                    assertThat(reader.position()).isEqualTo(position);
                    assertThat(reader.length()).isEqualTo(1 + (int) (position % 1000));
                    assertThat(reader.buffer()[reader.offset()]).isEqualTo((byte) position);
                }
                assertThat(position).isEqualTo(journal.recoveredPosition());
            }
        }
    }

    private void assertInUseBy(long pid) {
        assertThatThrownBy(() -> tested.open(
                        directory, JournalContractTest.CONFIG, RecoveryProgress.silent(), JournalEnvironment.system()))
                .isInstanceOf(JournalLockedException.class)
                .hasMessageContaining("in use by process " + pid + ".");
    }

    /** The last position that the process answered for, as far as was read before it was killed. */
    private long writeUntilKilled(Durability durability, int answers) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--add-")) {
                command.add(argument);
            }
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KilledWriter.class.getName(),
                tested.getClass().getName(),
                directory.toString(),
                durability.name()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long answered = 0;
        int count = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                if (line.matches("\\d+")) {
                    answered = Long.parseLong(line);
                    count++;
                    if (count == 1) {
                        assertInUseBy(process.pid());
                    }
                    if (count == answers) {
                        process.toHandle().destroyForcibly();
                    }
                }
                line = lines.readLine();
            }
        }
        assertThat(process.waitFor()).as("exit code").isEqualTo(128 + 9);
        assertThat(count).isGreaterThanOrEqualTo(answers);
        return answered;
    }
}
