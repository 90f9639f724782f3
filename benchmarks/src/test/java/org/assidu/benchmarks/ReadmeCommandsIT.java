package org.assidu.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types every {@code sh} block of the README, in order, in one shell at the project's root, as a newcomer would. */
final class ReadmeCommandsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    @TempDir
    private Path folder;

    @Test
    void everyCommandOfTheReadmeWorks() throws Exception {
        int port = freePort();
        StringBuilder script = new StringBuilder("set -eu\nrm -rf target/shop target/shop-backup target/shop-people\n"
                + "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
        Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
        int blocks = 0;
        while (block.find()) {
            script.append(block.group(1).replace("7070", Integer.toString(port)));
            blocks++;
        }
        assertThat(blocks).isGreaterThanOrEqualTo(6);
        Path file = Files.writeString(folder.resolve("readme.sh"), script);
        Path log = folder.resolve("readme.log");
        ProcessBuilder shell = new ProcessBuilder("bash", "-x", file.toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        shell.environment().put("ASSIDU_SERVER", "127.0.0.1:" + port);
        Process typed = shell.start();
        boolean ended = typed.waitFor(10, TimeUnit.MINUTES);
        if (!ended) {
            typed.destroyForcibly();
        }
        String said = Files.readString(log);

        assertThat(ended && typed.exitValue() == 0).as(said).isTrue();
        assertThat(said)
                .contains("/report/index.html")
                .contains("throughput ")
                .contains("ALREADY_ACCRUED=")
                .contains("accrued: 12.5 points")
                .contains("gold-tuesday: 12.5 points into points")
                .contains("Nouveau, bonus gold-tuesday")
                .contains("published points version 2")
                .contains("outcomes identical")
                .contains("Winners and losers by store")
                .contains("Nothing differs, and the state is the same")
                .contains(", on 2025-01-31");
        assertThat(ROOT.resolve("target/shop/report/index.html")).isNotEmptyFile();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
