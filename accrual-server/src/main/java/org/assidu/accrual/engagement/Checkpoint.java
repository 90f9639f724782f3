package org.assidu.accrual.engagement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.assidu.accrual.table.DurableFiles;

/** A small file that says how far a forwarder is, replaced durably; locked while it is open. */
final class Checkpoint implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final FileChannel lock;
    private EventPosition written;

    private Checkpoint(Path file, FileChannel lock, EventPosition written) {
        this.file = file;
        this.lock = lock;
        this.written = written;
    }

    /** Opens or begins the checkpoint of a forwarder. @throws IOException when another process has it, or it is damaged */
    static Checkpoint open(Path folder, String name) throws IOException {
        DurableFiles.createFolders(folder);
        FileChannel lock = locked(folder.resolve(name + ".lock"));
        try {
            Path file = folder.resolve(name + ".json");
            return new Checkpoint(file, lock, Files.exists(file) ? read(file) : EventPosition.START);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Locks a file, made when absent, until the channel is closed. @throws IOException when it is locked already */
    static FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another forwarder of this process has it.
        }
        channel.close();
        throw new IOException(file + " is locked: another forwarder of the same name runs; stop one of them");
    }

    private static EventPosition read(Path file) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
            return new EventPosition(
                    root.path("next_position").asLong(), root.path("next_index").asInt());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    file + " does not say how far the forwarder is: " + e.getMessage()
                            + ". Delete it to send everything again, which receivers recognise by position and index",
                    e);
        }
    }

    EventPosition position() {
        return written;
    }

    void write(EventPosition next) throws IOException {
        if (next.equals(written)) {
            return;
        }
        ObjectNode root = JSON.createObjectNode();
        root.put("next_position", next.position());
        root.put("next_index", next.index());
        DurableFiles.replace(file, JSON.writeValueAsBytes(root));
        written = next;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
