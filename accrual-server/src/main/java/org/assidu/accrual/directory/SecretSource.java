package org.assidu.accrual.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the 32 secret bytes come from, written as 64 hexadecimal digits. */
public sealed interface SecretSource {
    int BYTES = 32;

    /** A file; created with mode 0600 when neither it nor the directory's store exists. */
    static SecretSource file(Path path) {
        return new SecretFile(path);
    }

    /** An environment variable of this process. */
    static SecretSource environment(String name) {
        return new SecretVariable(name, System.getenv(name));
    }

    /** Where to look when the secret is wrong. */
    String where();

    /** The secret; {@code storeExists} forbids to make a new one. */
    byte[] read(boolean storeExists);

    private static byte[] parse(String text, String where) {
        String digits = text.strip();
        try {
            byte[] secret = HexFormat.of().parseHex(digits);
            if (secret.length == BYTES) {
                return secret;
            }
        } catch (IllegalArgumentException e) {
            // Reported below without the cause: its message would quote the secret.
        }
        throw new DirectoryException("the secret in " + where + " must be 64 hexadecimal digits, but has "
                + digits.length() + " characters or others; `openssl rand -hex 32` makes one");
    }

    /** Secret in a file. */
    record SecretFile(Path path) implements SecretSource {
        @Override
        public String where() {
            return "file " + path;
        }

        @Override
        public byte[] read(boolean storeExists) {
            try {
                if (!Files.exists(path)) {
                    if (storeExists) {
                        throw new DirectoryException("the directory has data, but its secret is missing: bring back "
                                + where() + " from its copy; a new secret would find none of the members");
                    }
                    create();
                }
                return parse(Files.readString(path, StandardCharsets.US_ASCII), where());
            } catch (IOException e) {
                throw new DirectoryException("cannot read the secret in " + where() + ": " + e, e);
            }
        }

        private void create() throws IOException {
            byte[] secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
            Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file lies in a folder");
            Files.createDirectories(folder);
            Path fresh = path.resolveSibling(path.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            try (FileChannel channel = FileChannel.open(
                    fresh, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                ByteBuffer text =
                        StandardCharsets.US_ASCII.encode(HexFormat.of().formatHex(secret) + "\n");
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            DirectoryStore.forceFolder(folder);
        }

        private static FileAttribute<?>[] ownerOnly() {
            Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
            return views.contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
        }
    }

    /** Secret in an environment variable; null when it is not set. */
    record SecretVariable(String name, @Nullable String text) implements SecretSource {
        @Override
        public String where() {
            return "environment variable " + name;
        }

        @Override
        public byte[] read(boolean storeExists) {
            if (text == null) {
                throw new DirectoryException(
                        where() + " is not set: it must hold the directory's secret, 64 hexadecimal" + " digits"
                                + (storeExists ? ", the same as when the directory was created" : ""));
            }
            return parse(text, where());
        }

        @Override
        public String toString() {
            return where();
        }
    }
}
