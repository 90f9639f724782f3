package org.assidu.accrual.engagement;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assidu.accrual.table.DurableFiles;
import org.assidu.proto.v1.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends each event as a line of JSON to files that are never changed but at their end. The lines themselves say how far it
 * is: after a crash a half line is cut off, and the event behind the last whole one comes next, so there are no doubles and no
 * gaps. A file is named after its first event; a full one is forced before the next begins.
 */
final class FileSink implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);
    private static final Pattern NAME = Pattern.compile("events-[0-9]{15}-[0-9]{5}\\.ndjson");

    private final ForwarderConfig.Files config;
    private final FileChannel lock;
    private @Nullable FileChannel file;
    private EventPosition next = EventPosition.START;

    FileSink(ForwarderConfig.Files config) throws IOException {
        this.config = config;
        DurableFiles.createFolders(config.folder());
        lock = Checkpoint.locked(config.folder().resolve(".lock"));
        try {
            resume();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void resume() throws IOException {
        Deque<Path> files = new ArrayDeque<>();
        try (Stream<Path> all = Files.list(config.folder())) {
            all.filter(path -> NAME.matcher(path.getFileName().toString()).matches())
                    .sorted()
                    .forEach(files::push);
        }
        while (!files.isEmpty()) {
            Path newest = files.pop();
            long kept = wholeLines(newest);
            if (kept < Files.size(newest)) {
                LOG.warn("{}: cut from {} to {} bytes, a crash left half a line", newest, Files.size(newest), kept);
            }
            if (kept == 0) {
                Files.delete(newest);
                DurableFiles.forceFolder(config.folder());
                continue;
            }
            FileChannel channel = FileChannel.open(newest, StandardOpenOption.WRITE);
            file = channel;
            channel.truncate(kept);
            channel.position(kept);
            channel.force(true);
            return;
        }
    }

    /** Bytes up to the end of the last line that is an event behind the one before; moves {@link #next} behind it. */
    private long wholeLines(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] != '\n') {
                continue;
            }
            EventPosition after = after(new String(bytes, from, at - from, StandardCharsets.UTF_8));
            if (after == null || after.compareTo(next) <= 0) {
                return from;
            }
            next = after;
            from = at + 1;
        }
        return from;
    }

    private static @Nullable EventPosition after(String line) {
        try {
            return EventPosition.after(EventJson.parse(line));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public EventPosition position() {
        return next;
    }

    @Override
    public void deliver(EventBatch batch, StopSignal stop) throws IOException {
        for (Event event : batch.events()) {
            FileChannel to = fileFor(event);
            ByteBuffer line = ByteBuffer.wrap((EventJson.print(event) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                to.write(line);
            }
            next = EventPosition.after(event);
        }
        FileChannel written = file;
        if (written != null && !batch.events().isEmpty()) {
            written.force(false);
        }
        next = batch.next();
    }

    private FileChannel fileFor(Event event) throws IOException {
        FileChannel current = file;
        if (current != null && current.position() < config.rotateBytes()) {
            return current;
        }
        if (current != null) {
            current.force(true);
            current.close();
        }
        Path path = config.folder()
                .resolve(String.format(Locale.ROOT, "events-%015d-%05d.ndjson", event.getPosition(), event.getIndex()));
        FileChannel begun = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        file = begun;
        DurableFiles.forceFolder(config.folder());
        return begun;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = file;
        file = null;
        try (lock) {
            if (open != null) {
                try (open) {
                    open.force(true);
                }
            }
        }
    }
}
