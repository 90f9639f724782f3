package org.assidu.accrual.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names in a data directory, and the few file operations that must survive a power cut. */
final class JournalDirectory {
    static final String SLOTS = "acknowledged.slots";
    static final String LOCK = "journal.lock";
    static final String SEAL = "generation.seal";
    private static final Pattern GENERATION = Pattern.compile("gen-(\\d{6,9})");

    private JournalDirectory() {}

    static Path generation(Path directory, int number) {
        return directory.resolve(String.format(Locale.ROOT, "gen-%06d", number));
    }

    /** Numbers of the generations present, ascending. */
    static List<Integer> generations(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> GENERATION.matcher(entry.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> Integer.valueOf(matcher.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files that hold documents, in writing order, wherever they are now. */
    static List<Path> documentFiles(Path generation, String suffix) {
        try (Stream<Path> entries = Files.list(ArchiveNote.contents(generation))) {
            List<Path> files = new ArrayList<>(
                    entries.filter(entry -> entry.getFileName().toString().endsWith(suffix))
                            .toList());
            files.sort(null);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a directory and makes its name durable. */
    static void createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                createDirectory(parent);
            }
            Files.createDirectory(directory);
            if (parent != null) {
                forceDirectory(parent);
            }
        }
    }

    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Writes a small file so that after a power cut it is there whole or not at all. */
    static void writeAtomically(Path file, String text) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (directory != null) {
            forceDirectory(directory);
        }
    }
}
