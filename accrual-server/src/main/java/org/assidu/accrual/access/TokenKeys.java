package org.assidu.accrual.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public keys of token issuers, from a file that is looked at again every second. */
final class TokenKeys {
    private static final Logger LOG = LoggerFactory.getLogger(TokenKeys.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private volatile JWKSet keys;
    private volatile long lookedNanos = System.nanoTime();
    private Stamp stamp;

    private record Stamp(long modifiedMillis, long bytes, String fileKey) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.lastModifiedTime().toMillis(), now.size(), String.valueOf(now.fileKey()));
        }
    }

    /** @throws IllegalArgumentException when the file cannot be read or holds no public key */
    TokenKeys(Path file) {
        this.file = file;
        try {
            stamp = Stamp.of(file);
            keys = read(file);
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException(
                    "the token keys in " + file + " cannot be read: " + e
                            + "; `assidu token key` makes a pair, the server needs the public part",
                    e);
        }
    }

    private static JWKSet read(Path file) throws IOException, ParseException {
        JWKSet read = JWKSet.load(file.toFile());
        if (read.getKeys().isEmpty()) {
            throw new ParseException("it holds no key", 0);
        }
        for (JWK key : read.getKeys()) {
            if (key.isPrivate() || key.getKeyType() == com.nimbusds.jose.jwk.KeyType.OCT) {
                throw new ParseException("it holds a private or a symmetric key; a server needs public keys only", 0);
            }
        }
        return read;
    }

    /** The keys in force; another object after each change of the file. A file that does not parse changes nothing. */
    JWKSet current() {
        long now = System.nanoTime();
        if (now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            look();
        }
        return keys;
    }

    private synchronized void look() {
        try {
            Stamp found = Stamp.of(file);
            if (found.equals(stamp)) {
                return;
            }
            keys = read(file);
            stamp = found;
            LOG.info("took {} token keys from {}", keys.size(), file);
        } catch (IOException | ParseException e) {
            LOG.warn("the token keys in {} are kept as they were: {}", file, e.toString());
        }
    }
}
