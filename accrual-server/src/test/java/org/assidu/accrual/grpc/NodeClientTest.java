package org.assidu.accrual.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client in another language that has nothing but the proto files. */
@Timeout(300)
class NodeClientTest {
    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path PROTOS = Path.of("../proto/src/main/proto");
    private static final int INSTALL_SECONDS = 120;
    private static final int RUN_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void aNodeTillStreamsReceiptsAndReadsItsBalance() throws Exception {
        Path home = installed();
        try (TestServer server = TestServer.start(folder).publish(TestProgrammes.POINTS)) {
            Output run = run(
                    home,
                    RUN_SECONDS,
                    "node",
                    "client.js",
                    PROTOS.toRealPath().toString(),
                    "127.0.0.1:" + server.endpoint.port(),
                    Long.toString(TestServer.card(1)),
                    "50",
                    Long.toString(TestServer.NOW - 60_000));
            assertThat(run.exitCode()).as(run.text()).isZero();
            assertThat(run.text().lines())
                    .containsExactly(
                            "statuses {\"RECEIPT_STATUS_ACCRUED\":50,\"RECEIPT_STATUS_ALREADY_ACCRUED\":1}",
                            "balance_micro " + 50 * 6_000_000L);
        }
    }

    /** The client with its libraries under target; the test is skipped, and says why, where that cannot be had. */
    private static Path installed() throws Exception {
        for (String program : List.of("node", "npm")) {
            skipUnless(works(program), program + " is not on the path");
        }
        Path home = Files.createDirectories(Path.of("target/node-client")).toRealPath();
        for (String file : List.of("package.json", "client.js")) {
            Files.copy(SOURCES.resolve(file), home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(home.resolve("node_modules/@grpc/grpc-js/package.json"))) {
            Output install =
                    run(home, INSTALL_SECONDS, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts");
            skipUnless(install.exitCode() == 0, "npm install failed: " + install.text());
        }
        return home;
    }

    private static boolean works(String program) throws InterruptedException {
        try {
            return run(Path.of("."), RUN_SECONDS, program, "--version").exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void skipUnless(boolean condition, String reason) {
        if (!condition) {
            System.out.println("NodeClientTest is skipped: " + reason);
        }
        assumeTrue(condition, reason);
    }

    private static Output run(Path home, int seconds, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("node-client", ".log");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String text = Files.readString(log);
        Files.delete(log);
        return new Output(ended ? process.exitValue() : -1, ended ? text : text + "\nno end within " + seconds + " s");
    }

    private record Output(int exitCode, String text) {}
}
