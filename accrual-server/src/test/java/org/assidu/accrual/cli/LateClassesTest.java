package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.journal.Durability;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.GetStatusRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to end reads nothing more from its jars: they may have been rebuilt under it. */
final class LateClassesTest {
    @TempDir
    private Path folder;

    @Test
    void stoppingLoadsNoClassOfOursFromAFile() throws Exception {
        Path classes = folder.resolve("classes.log");
        ServerProcess server = ServerProcess.start(
                folder.resolve("data"), Durability.DURABLE, "-Xlog:class+load:file=" + classes + "::filecount=0");
        server.publish("points", folder);
        int before;
        assertThat(Terminal.type("generate", "--members", "20", "--days", "5", "--server", server.address())
                        .code())
                .isZero();
        ManagedChannel connected =
                ManagedChannelBuilder.forTarget(server.address()).usePlaintext().build();
        try {
            // A connection that is open when the server ends is closed by it, in other classes.
            AdminServiceGrpc.newBlockingStub(connected).getStatus(GetStatusRequest.getDefaultInstance());
            before = Files.readAllLines(classes).size();
            server.process().destroy();
            assertThat(server.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            connected.shutdownNow();
        }

        List<String> loaded = Files.readAllLines(classes);
        assertThat(loaded.subList(before, loaded.size()))
                .as("classes loaded after SIGTERM")
                .isNotEmpty()
                .noneMatch(line -> line.contains("org.assidu.") && line.contains("source: file:"));
    }
}
