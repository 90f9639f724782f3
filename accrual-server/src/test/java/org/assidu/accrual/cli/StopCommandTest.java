package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.ServerFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a runbook types behind {@code assidu stop} finds the directory free. */
@Timeout(180)
final class StopCommandTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsTypedNextFindsTheDirectoryFree() throws Exception {
        Path data = folder.resolve("data");
        ServerProcess server = ServerProcess.start(data, Durability.DURABLE);
        try {
            server.publish("points", folder);
            Terminal.type("generate", "--members", "20", "--days", "5", "--server", server.address());

            Terminal stopped = Terminal.type("stop", "--server", server.address());

            assertThat(stopped.code()).as(stopped.err()).isZero();
            assertThat(stopped.out()).startsWith("stopped at position ");
            new DataDirectory(data).requireUnused();
            assertThat(ServerFile.read(new DataDirectory(data).serverFile())).isNull();
            String key = folder.resolve("seal.key").toString();
            ok(
                    "seal",
                    "key",
                    "--private",
                    key,
                    "--public",
                    folder.resolve("seal.pub").toString());
            ok("seal", "now", "--data", data.toString(), "--key", key);
            assertThat(server.process().waitFor()).isZero();
        } finally {
            server.process().destroyForcibly();
        }
    }

    private static void ok(String... command) {
        Terminal typed = Terminal.type(command);
        assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
    }

    @Test
    void aServerOfThisProcessIsDrainedAndNotWaitedFor() throws Exception {
        Path data = folder.resolve("data");
        try (RunningServer server = new RunningServer(data)) {
            server.publish("points", folder);
            assertThat(server.type("stop").out()).startsWith("drained at position 1; process ");
        }
        try (RunningServer server = new RunningServer(data)) {
            Terminal stopped = server.type("stop", "--json");
            assertThat(stopped.code()).as(stopped.err()).isZero();
            assertThat(stopped.json("position")).isEqualTo("1");
            assertThat(stopped.json("processId"))
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        }
    }
}
