package org.assidu.accrual.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.assidu.accrual.replication.StandbyStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a standby tells of itself in its data directory, anew every second: {@code standby.json} for people and scripts, {@code
 * standby.prom} for the text-file collector of a Prometheus node exporter.
 */
public final class StandbyFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    public StandbyFiles(Path root) {
        this.root = root;
    }

    synchronized void write(StandbyStatus status) {
        ObjectNode json = JSON.createObjectNode();
        json.put("primary", status.primary());
        json.put("connected", status.connected());
        json.put("position", status.position());
        json.put("primary_position", status.primaryPosition());
        json.put("lag_positions", status.behindPositions());
        json.put("lag_millis", status.lagMillis());
        json.put("silent_millis", status.silentMillis());
        json.put("epoch", status.epoch());
        json.put("state_hash", String.format(Locale.ROOT, "%016x", status.stateHash()));
        json.put("compared_position", status.comparedPosition());
        json.put("problem", status.problem());
        json.put("pid", ProcessHandle.current().pid());
        json.put("written_at_millis", System.currentTimeMillis());
        try {
            write("standby.json", json + "\n");
            write("standby.prom", status.metrics());
        } catch (IOException e) {
            throw new UncheckedIOException("the status of this standby cannot be written: " + e.getMessage(), e);
        }
    }

    private void write(String name, String text) throws IOException {
        Path fresh = root.resolve(name + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, root.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What was written last; null when this directory never followed. */
    public @Nullable JsonNode read() throws IOException {
        Path file = root.resolve("standby.json");
        return Files.exists(file) ? JSON.readTree(Files.readString(file)) : null;
    }
}
