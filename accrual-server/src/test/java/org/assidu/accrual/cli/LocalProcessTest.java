package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
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
        other = new ProcessBuilder("cat").start();
    }

    @AfterEach
    void end() {
        other.destroyForcibly();
    }

    @Test
    void itsEndIsSeen() throws Exception {
        LocalProcess found =
                LocalProcess.find(other.pid(), startOf(other.toHandle())).orElseThrow();
        assertThat(found.awaitEnd(Duration.ZERO)).isFalse();
        other.getOutputStream().close();
        assertThat(found.awaitEnd(LONG)).isTrue();
    }

    @Test
    void anotherOneOfItsNumberIsNotTheOneThatWasMeant() {
        long started = startOf(other.toHandle());
        assertThat(LocalProcess.find(other.pid(), started - 10)).isEmpty();
        assertThat(LocalProcess.find(other.pid(), 0)).isEmpty();
    }

    @Test
    void thisProcessIsNotWaitedFor() {
        ProcessHandle own = ProcessHandle.current();
        assertThat(LocalProcess.find(own.pid(), startOf(own))).isEmpty();
    }

    /** As when a container's first process started the server and does not wait for it. */
    @Test
    void oneThatHasEndedAndIsNotAskedForByItsParentHasEnded() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
        try (BufferedReader said = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            LocalProcess found = LocalProcess.find(child.pid(), startOf(child)).orElseThrow();
            child.destroyForcibly();
            assertThat(found.awaitEnd(LONG)).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElseThrow();
    }
}
