package org.assidu.accrual.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Directory images (what a killed process leaves behind), edits of their files, and records in short form. */
final class JournalImages {
    /** Where one document's word and content lie. */
    record Extent(Path file, long start, long end) {}

    private static final int BLOCK = 64 << 10;

    private JournalImages() {}

    /** Copies a directory as it is now; holes stay holes. */
    static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    copyFile(path, target);
                }
            }
        }
        return to;
    }

    private static void copyFile(Path from, Path to) throws IOException {
        byte[] block = new byte[BLOCK];
        byte[] zeros = new byte[BLOCK];
        try (RandomAccessFile in = new RandomAccessFile(from.toFile(), "r");
                RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
            out.setLength(in.length());
            for (long at = 0; at < in.length(); at += BLOCK) {
                in.seek(at);
                int read = in.read(block);
                if (!Arrays.equals(block, 0, read, zeros, 0, read)) {
                    out.seek(at);
                    out.write(block, 0, read);
                }
            }
        }
    }

    /** The files of all generations, in writing order. */
    static List<Path> documentFiles(Path journal, DocumentFraming framing) {
        return JournalDirectory.generations(journal).stream()
                .map(number -> JournalDirectory.generation(journal, number))
                .flatMap(generation -> JournalDirectory.documentFiles(generation, framing.fileSuffix()).stream())
                .toList();
    }

    /** The documents of a generation, its header first. */
    static List<Extent> documents(Path generation, DocumentFraming framing) {
        List<Extent> extents = new ArrayList<>();
        try (DocumentCursor cursor = new DocumentCursor(generation, framing, BLOCK)) {
            while (cursor.next() == DocumentCursor.Step.DOCUMENT) {
                long start = cursor.documentOffset();
                extents.add(new Extent(cursor.file(), start, start + Integer.BYTES + cursor.length()));
            }
        }
        return extents;
    }

    static void flip(Path file, long offset, int bit) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(offset);
            int value = access.read();
            access.seek(offset);
            access.write(value ^ 1 << bit);
        }
    }

    static byte[] overwrite(Path file, long offset, byte[] bytes) throws IOException {
        byte[] before = new byte[bytes.length];
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(offset);
            access.readFully(before);
            access.seek(offset);
            access.write(bytes);
        }
        return before;
    }

    static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(length);
        }
    }

    /** Appends the given texts as one batch, typed by their length and timed by their position. */
    static void batch(Journal journal, String... texts) {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            long time = 1000 + journal.appender().appendedPosition();
            journal.appender().append(bytes.length, time, bytes, 0, bytes.length);
        }
        journal.appender().commit();
    }

    /** What is left to read, as {@code position:text}. */
    static List<String> rest(JournalReader reader) {
        List<String> records = new ArrayList<>();
        while (reader.next()) {
            records.add(reader.position() + ":"
                    + new String(reader.buffer(), reader.offset(), reader.length(), StandardCharsets.UTF_8));
        }
        return records;
    }
}
