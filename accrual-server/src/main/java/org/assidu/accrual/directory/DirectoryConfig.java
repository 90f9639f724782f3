package org.assidu.accrual.directory;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where the directory keeps its files and its secret.
 *
 * @param path folder of the directory, usually {@code <data>/directory}; created when absent
 * @param secret the 32 bytes that key the hashes; keep a copy apart from the data: without it no card is found again
 * @param memberKeySeed for tests and reproducible runs only: member keys then follow from seed and identifier, and whoever
 *     knows the seed can find the card of a key by trying them all
 * @param cachedCards how many plain cards memory may keep to save their hashing, rounded up to a power of two, 32 bytes each
 */
public record DirectoryConfig(Path path, SecretSource secret, OptionalLong memberKeySeed, int cachedCards) {
    public static final int DEFAULT_CACHED_CARDS = 1 << 20;

    public DirectoryConfig {
        if (cachedCards < 1 || cachedCards > 1 << 26) {
            throw new IllegalArgumentException("cachedCards must be 1 to 67108864, not " + cachedCards);
        }
    }

    /** Secret in {@code secret.hex} beside the store, random member keys. */
    public static DirectoryConfig at(Path path) {
        return new DirectoryConfig(
                path, SecretSource.file(path.resolve("secret.hex")), OptionalLong.empty(), DEFAULT_CACHED_CARDS);
    }

    public DirectoryConfig withSecret(SecretSource source) {
        return new DirectoryConfig(path, source, memberKeySeed, cachedCards);
    }

    public DirectoryConfig withMemberKeySeed(long seed) {
        return new DirectoryConfig(path, secret, OptionalLong.of(seed), cachedCards);
    }

    public DirectoryConfig withCachedCards(int cards) {
        return new DirectoryConfig(path, secret, memberKeySeed, cards);
    }
}
