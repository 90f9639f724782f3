package org.assidu.accrual.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Where the running server of a data directory listens, so that scripts find a port that the system chose. */
public record ServerFile(String host, int port, long pid) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Appears whole or not at all. */
    void write(Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("host", host);
        json.put("port", port);
        json.put("pid", pid);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, json + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the file says; null when there is none. After a crash the process it names no longer runs. */
    public static @Nullable ServerFile read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        JsonNode json = JSON.readTree(Files.readString(file));
        return new ServerFile(
                json.path("host").asText(),
                json.path("port").asInt(),
                json.path("pid").asLong());
    }
}
