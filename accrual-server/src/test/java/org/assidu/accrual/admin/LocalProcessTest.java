package org.assidu.accrual.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real processes: one that reads its input until that ends. */
@Timeout(60)
final class LocalProcessTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private Process other;

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "this system has no /proc");
        other = new ProcessBuilder("cat").start();
    }

    @AfterEach
    void end() {
        if (other != null) {
            other.destroyForcibly();
        }
    }

    @Test
    void itsEndIsSeen() throws Exception {
        LocalProcess found = LocalProcess.find(other.pid(), ticks(other.pid())).orElseThrow();
        assertThat(found.awaitEnd(Duration.ZERO)).isFalse();
        other.getOutputStream().close();
        assertThat(found.awaitEnd(LONG)).isTrue();
        assertThat(LocalProcess.find(found.id(), found.startedTicks())).isEmpty();
    }

    @Test
    void anotherOneOfItsNumberIsNotTheOneThatWasMeant() throws Exception {
        assertThat(LocalProcess.find(other.pid(), ticks(other.pid()) - 1)).isEmpty();
        assertThat(LocalProcess.find(other.pid(), 0)).isEmpty();
    }

    @Test
    void aProcessKnowsItself() throws Exception {
        long own = ProcessHandle.current().pid();
        assertThat(LocalProcess.own()).contains(new LocalProcess(own, ticks(own)));
    }

    /** As when a container's first process started the server and does not wait for it. */
    @Test
    void oneThatHasEndedAndIsNotAskedForByItsParentHasEnded() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
        try (BufferedReader said = parent.inputReader()) {
            long child = Long.parseLong(said.readLine());
            LocalProcess found = LocalProcess.find(child, ticks(child)).orElseThrow();
            // The shell would ask for it, the sleep that takes its place does not.
            Path name = Path.of("/proc/" + parent.pid() + "/comm");
            while (!Files.readString(name).equals("sleep\n")) {
                Thread.onSpinWait();
            }
            ProcessHandle.of(child).orElseThrow().destroyForcibly();
            assertThat(found.awaitEnd(LONG)).isTrue();
            assertThat(Path.of("/proc/" + child)).exists();
        } finally {
            parent.destroyForcibly();
        }
    }

    /** The names of these processes have no space. */
    private static long ticks(long process) throws IOException {
        return Long.parseLong(
                Files.readString(Path.of("/proc/" + process + "/stat")).split(" ")[21]);
    }
}
