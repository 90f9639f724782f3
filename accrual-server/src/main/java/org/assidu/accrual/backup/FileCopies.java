package org.assidu.accrual.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Copies bytes of files and makes them durable. */
final class FileCopies {
    private static final int BLOCK_BYTES = 1 << 20;

    private FileCopies() {}

    /** SHA-256 of the first bytes of a file, in hex. @return empty when the file is shorter or missing */
    static String sha256(Path file, long bytes) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) < bytes) {
            return "";
        }
        MessageDigest digest = sha256();
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; at < bytes; at += block.position()) {
                block.clear().limit((int) Math.min(BLOCK_BYTES, bytes - at));
                if (channel.read(block, at) < 0) {
                    return "";
                }
                digest.update(block.array(), 0, block.position());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** Puts the bytes of one file from an offset to an end at the same place of another, and forces them. */
    static void copy(Path source, Path target, long from, long end) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = from; at < end; ) {
                block.clear().limit((int) Math.min(BLOCK_BYTES, end - at));
                int read = in.read(block, at);
                if (read < 0) {
                    throw new IOException(source + " ends at offset=" + at + ", expected=" + end);
                }
                block.flip();
                while (block.hasRemaining()) {
                    at += out.write(block, at);
                }
            }
            out.force(true);
        }
    }

    /** Copies a file that does not change, so that it appears whole or not at all. */
    static void copyWhole(Path source, Path target) throws IOException {
        Path draft = target.resolveSibling(target.getFileName() + Manifest.DRAFT);
        Files.deleteIfExists(draft);
        copy(source, draft, 0, Files.size(source));
        move(draft, target);
    }

    /** Writes a small file that appears whole or not at all. */
    static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + Manifest.DRAFT);
        Files.writeString(draft, text, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        move(draft, file);
    }

    private static void move(Path draft, Path file) throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder"));
    }

    /** Makes the names in a folder durable. */
    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Creates a folder and its parents, with durable names. */
    static void createFolder(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        Path parent = absolute.getParent();
        if (!Files.isDirectory(absolute)) {
            if (parent != null) {
                createFolder(parent);
            }
            Files.createDirectory(absolute);
            if (parent != null) {
                forceFolder(parent);
            }
        }
    }

    /** Files under a folder, as paths relative to it, in order; none when there is no such folder. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        }
    }

    /** Whether nothing is there, or a folder without content. */
    static boolean isVacant(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
