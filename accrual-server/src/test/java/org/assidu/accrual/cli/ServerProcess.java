package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.server.DataDirectory;
import org.assidu.accrual.server.ServerFile;
import org.assidu.proto.v1.AdminServiceGrpc;
import org.assidu.proto.v1.GetStatusRequest;

/** A server in a process of its own, on a free port, that a test may kill; its log lies beside its data. */
record ServerProcess(Path data, Process process) {
    /** Of every such server: member keys of two runs can be compared. */
    static final long MEMBER_KEY_SEED = 77;

    static ServerProcess start(Path data, Durability durability, String... jvmOptions) throws IOException {
        return start(data, durability, List.of(jvmOptions), List.of());
    }

    /** @param serveOptions more options of {@code serve} */
    static ServerProcess start(Path data, Durability durability, List<String> jvmOptions, List<String> serveOptions)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--add-")) {
                command.add(argument);
            }
        }
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Assidu.class.getName(),
                "serve",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--durability",
                durability.name(),
                "--member-key-seed",
                Long.toString(MEMBER_KEY_SEED)));
        command.addAll(serveOptions);
        return new ServerProcess(
                data,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log(data).toFile())
                        .start());
    }

    static Path log(Path data) {
        return Path.of(data + ".log");
    }

    /** Waits until it serves. */
    String address() {
        try {
            ServerFile file = ServerFile.read(new DataDirectory(data).serverFile());
            while (file == null) {
                assertThat(process.isAlive())
                        .as(() -> "the server ended: " + log(data))
                        .isTrue();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                file = ServerFile.read(new DataDirectory(data).serverFile());
            }
            return file.host() + ":" + file.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes a programme that ships. */
    void publish(String template, Path folder) throws IOException {
        publish(address(), template, folder);
    }

    static void publish(String address, String template, Path folder) throws IOException {
        publish(address, template, folder, text -> text);
    }

    /** As above, with its text changed. */
    static void publish(String address, String template, Path folder, UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve(template + ".yaml");
        try (InputStream in = ServerProcess.class.getResourceAsStream("/programmes/" + template + ".yaml")) {
            Files.writeString(file, change.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
        Terminal published = Terminal.type("programme", "publish", file.toString(), "--server", address);
        assertThat(published.code()).as(published.out() + published.err()).isZero();
    }

    /** Returns when so many receipts are recorded, or the import has ended before. */
    void awaitReceipts(long receipts, BooleanSupplier ended) {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(address()).usePlaintext().build();
        try {
            // The command would take as long to start as an import takes for hundreds of receipts.
            AdminServiceGrpc.AdminServiceBlockingStub admin = AdminServiceGrpc.newBlockingStub(channel);
            while (!ended.getAsBoolean()
                    && admin.getStatus(GetStatusRequest.getDefaultInstance()).getReceipts() < receipts) {
                Thread.onSpinWait();
            }
        } finally {
            channel.shutdownNow();
        }
    }

    /** SIGKILL. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        Files.deleteIfExists(new DataDirectory(data).serverFile());
    }

    /** Stops it as an operator would. */
    void stop() throws InterruptedException {
        assertThat(Terminal.type("stop", "--server", address()).code()).isZero();
        assertThat(process.waitFor()).isZero();
    }
}
