package org.assidu.accrual.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assidu.accrual.model.StateSink;

/** The snapshots of one data directory, each in a file named by its position. */
public final class SnapshotStore {
    private static final Pattern NAME = Pattern.compile("([0-9]{12,19})\\.snapshot");
    private static final String TEMPORARY = ".tmp";
    private static final long ABANDONED_MILLIS = 3_600_000L;

    /** What makes something of a snapshot. */
    @FunctionalInterface
    public interface Restore<T> {
        /** @throws SnapshotException when the snapshot does not fit; the next older one is tried */
        T from(SnapshotReader snapshot);
    }

    private final Path folder;
    private final SnapshotConfig config;

    /** @param folder created with the first snapshot */
    public SnapshotStore(Path folder, SnapshotConfig config) {
        this.folder = folder;
        this.config = config;
    }

    public SnapshotStore(Path folder) {
        this(folder, SnapshotConfig.defaults());
    }

    public Path folder() {
        return folder;
    }

    /** All of them, newest first. */
    public List<StoredSnapshot> list() throws IOException {
        List<StoredSnapshot> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(new StoredSnapshot(file, Long.parseLong(name.group(1)), Files.size(file)));
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        found.sort(Comparator.comparingLong(StoredSnapshot::position).reversed());
        return found;
    }

    /** Position of the newest one up to a given one, good or not; 0 = there is none. */
    public long newestPosition(long upTo) throws IOException {
        return list().stream()
                .mapToLong(StoredSnapshot::position)
                .filter(position -> position <= upTo)
                .max()
                .orElse(0);
    }

    /** What a snapshot says about itself. @throws SnapshotException when its head is not whole */
    public static SnapshotHead head(StoredSnapshot snapshot) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(snapshot.file())) {
            return reader.head();
        }
    }

    /**
     * Writes a snapshot, on disk when this returns, and deletes those beyond the number kept.
     *
     * @param content writes the state; what it throws leaves no snapshot behind
     */
    public StoredSnapshot write(SnapshotHead head, Consumer<StateSink> content) throws IOException {
        Files.createDirectories(folder);
        deleteAbandoned();
        Path file = folder.resolve(String.format(Locale.ROOT, "%012d.snapshot", head.position()));
        Path temporary = Files.createTempFile(folder, "new", TEMPORARY);
        long bytes;
        try {
            try (AlignedWriter out = new AlignedWriter(temporary)) {
                SnapshotWriter writer = new SnapshotWriter(out, head, config.bytesPerSecond());
                content.accept(writer);
                writer.finish();
                bytes = writer.bytes();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceFolder();
        deleteOld(file);
        return new StoredSnapshot(file, head.position(), bytes);
    }

    /** What a process that was killed left behind: whoever is writing has just done so. */
    private void deleteAbandoned() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + TEMPORARY)) {
            for (Path file : files) {
                long written = Files.getLastModifiedTime(file).toMillis();
                if (written < System.currentTimeMillis() - ABANDONED_MILLIS) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** By age, not by position: where a power cut took the end of a journal, an older snapshot may be ahead of it. */
    private void deleteOld(Path written) throws IOException {
        record Aged(Path file, FileTime time) {}
        List<Aged> others = new ArrayList<>();
        for (StoredSnapshot snapshot : list()) {
            if (!snapshot.file().equals(written)) {
                others.add(new Aged(snapshot.file(), Files.getLastModifiedTime(snapshot.file())));
            }
        }
        // Stable: of equal age the later position stays.
        others.sort(Comparator.comparing(Aged::time).reversed());
        for (int i = config.kept() - 1; i < others.size(); i++) {
            Files.deleteIfExists(others.get(i).file());
        }
    }

    /**
     * Restores from the newest snapshot that is good.
     *
     * @param restore reads a snapshot to its end and checks what it made of it
     * @param skipped told of each snapshot that is passed over: which, and why
     */
    public <T> Optional<T> newestGood(Restore<T> restore, Consumer<String> skipped) throws IOException {
        for (StoredSnapshot snapshot : list()) {
            try (SnapshotReader reader = SnapshotReader.open(snapshot.file())) {
                if (reader.head().position() != snapshot.position()) {
                    throw new SnapshotException(
                            "it is of position " + reader.head().position() + ", not of the one in its name");
                }
                T restored = restore.from(reader);
                reader.end();
                return Optional.of(restored);
            } catch (RuntimeException | IOException problem) {
                String reason = problem instanceof SnapshotException ? problem.getMessage() : problem.toString();
                skipped.accept("snapshot " + snapshot.file() + " is passed over: " + reason);
            }
        }
        return Optional.empty();
    }
}
