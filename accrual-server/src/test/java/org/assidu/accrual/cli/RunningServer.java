package org.assidu.accrual.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.server.AssiduServer;
import org.assidu.accrual.server.ServerConfig;

/** A server in this process, on a free port. */
final class RunningServer implements AutoCloseable {
    private final AssiduServer server;

    RunningServer(Path data) throws IOException {
        this(ServerConfig.at(data).withDurability(Durability.FAST));
    }

    RunningServer(ServerConfig config) throws IOException {
        server = AssiduServer.start(config);
    }

    String address() {
        return "127.0.0.1:" + server.port();
    }

    /** Types a command with this server's address. */
    Terminal type(String... command) {
        String[] withServer = java.util.Arrays.copyOf(command, command.length + 2);
        withServer[command.length] = "--server";
        withServer[command.length + 1] = address();
        return Terminal.type(withServer);
    }

    /** Publishes a programme that ships. */
    void publish(String template, Path folder) throws IOException {
        Path file = folder.resolve(template + ".yaml");
        try (InputStream in = RunningServer.class.getResourceAsStream("/programmes/" + template + ".yaml")) {
            Files.writeString(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Terminal published = type("programme", "publish", file.toString());
        if (published.code() != 0) {
            throw new AssertionError(published.out() + published.err());
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
