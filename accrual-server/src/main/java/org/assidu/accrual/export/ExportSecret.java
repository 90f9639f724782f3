package org.assidu.accrual.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.assidu.accrual.table.DurableFiles;

/** The secret behind exported member keys; whoever has it and the journal can join exports of all purposes. */
public final class ExportSecret {
    /** Name of the file in the data directory. */
    public static final String FILE = "export.secret";

    private static final int BYTES = 32;

    private final byte[] bytes;

    private ExportSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads the secret of a data directory, or creates it, readable by its owner only. */
    public static ExportSecret ofDataDirectory(Path dataDirectory) throws IOException {
        return ofDataDirectory(dataDirectory, OptionalLong.empty());
    }

    /** As above; where there is none yet, a seed makes a reproducible one, so that exports of two runs can be compared. */
    public static ExportSecret ofDataDirectory(Path dataDirectory, OptionalLong seed) throws IOException {
        Path file = dataDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            create(file, seed.isPresent() ? ofSeed(seed.getAsLong()).bytes : random());
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!text.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
            throw new IOException(file + " must hold " + 2 * BYTES + " hexadecimal digits, it has " + text.length()
                    + " characters. Restore it from a backup; without it new exports need a new folder");
        }
        return new ExportSecret(HexFormat.of().parseHex(text));
    }

    /**
     * Puts a new secret in the place of the one of a data directory: member keys of later exports do not join those of earlier ones
     * any more. Exports go to new folders from then on.
     */
    public static void renew(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(FILE);
        Files.deleteIfExists(file);
        create(file, random());
    }

    /** The same secret for the same seed: for tests and reproducible runs. */
    public static ExportSecret ofSeed(long seed) {
        try {
            byte[] text = ("assidu export seed " + seed).getBytes(StandardCharsets.US_ASCII);
            return new ExportSecret(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    private static void create(Path file, byte[] secret) throws IOException {
        Path temporary = file.resolveSibling("." + FILE + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, ownerOnly(file));
        Files.writeString(temporary, HexFormat.of().formatHex(secret) + "\n", StandardCharsets.US_ASCII);
        DurableFiles.publish(temporary, file);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    byte[] bytes() {
        return bytes;
    }
}
