package org.assidu.accrual.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of seal files, {@code seal-000001.seal} and on: the body's JSON, then one line {@code signature} with the
 * signature in base64. A file appears whole or not at all, and none is ever written over.
 */
final class SealStore {
    private static final String SUFFIX = ".seal";
    private static final String SIGNATURE = "signature ";

    /**
     * A file as it is.
     *
     * @param signature null when there is none to read
     */
    record Stored(Path file, String sha256, SealBody body, byte @Nullable [] signature) {}

    private final Path folder;

    SealStore(Path folder) {
        this.folder = folder;
    }

    /** Seal files in order of their names. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** @throws IllegalArgumentException saying what is wrong with the file */
    static Stored read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int at = text.lastIndexOf("\n" + SIGNATURE);
        String body = at < 0 ? text : text.substring(0, at + 1);
        try {
            byte[] signature = at < 0
                    ? null
                    : Base64.getDecoder()
                            .decode(text.substring(at + 1 + SIGNATURE.length()).strip());
            return new Stored(file, SealKeys.sha256(bytes), SealBody.ofText(body), signature);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " is no seal: " + e.getMessage(), e);
        }
    }

    @Nullable
    Stored newest() throws IOException {
        List<Path> files = files();
        return files.isEmpty() ? null : read(files.get(files.size() - 1));
    }

    Path write(SealBody body, byte[] signature) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(String.format(Locale.ROOT, "seal-%06d%s", body.number(), SUFFIX));
        if (Files.exists(file)) {
            throw new IOException(file + " is there already; seals are never written over");
        }
        String text = body.text() + SIGNATURE + Base64.getEncoder().encodeToString(signature) + "\n";
        Path draft = folder.resolve(file.getFileName() + ".draft");
        Files.writeString(draft, text);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
        return file;
    }
}
