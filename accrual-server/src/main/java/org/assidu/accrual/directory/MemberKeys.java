package org.assidu.accrual.directory;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Draws member keys: 63 random bits, or with a seed bits that follow from the first identifier alone. */
final class MemberKeys {
    private final SecureRandom random = new SecureRandom();
    private final @Nullable KeyedHash seeded;

    MemberKeys(OptionalLong seed) {
        seeded = seed.isEmpty()
                ? null
                : new KeyedHash(ByteBuffer.allocate(Long.BYTES)
                        .putLong(seed.getAsLong())
                        .array());
    }

    long next(Identifier first, LongPredicate taken) {
        long key = draw(first, 0);
        for (int attempt = 1; key == 0 || taken.test(key); attempt++) {
            key = draw(first, attempt);
        }
        return key;
    }

    /** One that follows from nothing. */
    long random(LongPredicate taken) {
        long key = random.nextLong() & Long.MAX_VALUE;
        while (key == 0 || taken.test(key)) {
            key = random.nextLong() & Long.MAX_VALUE;
        }
        return key;
    }

    private long draw(Identifier first, int attempt) {
        if (seeded == null) {
            return random.nextLong() & Long.MAX_VALUE;
        }
        seeded.hash(first);
        return (seeded.high() + attempt) & Long.MAX_VALUE;
    }
}
