package org.assidu.accrual.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.assidu.accrual.model.Ean13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLoadTest {
    private static final int CARDS = 200_000;
    private static final long SEED = Long.getLong("seed", 20_261_102L);

    @TempDir
    Path folder;

    @Test
    void twoHundredThousandEnrolmentsAgreeWithAHashMapUnderConcurrentReadersAndAfterReopening() throws Exception {
        System.out.println("DirectoryLoadTest seed " + SEED);
        DirectoryConfig config = DirectoryConfig.at(folder).withCachedCards(1 << 14);
        Map<Long, Long> oracle = new HashMap<>();
        AtomicLongArray published = new AtomicLongArray(CARDS);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try (MemberDirectory directory = MemberDirectory.open(config)) {
            List<Future<Long>> checks = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                SplittableRandom random = new SplittableRandom(SEED + reader);
                checks.add(readers.submit(() -> read(directory, published, done, random)));
            }
            SplittableRandom random = new SplittableRandom(SEED);
            for (int serial = 0; serial < CARDS; serial++) {
                long key = directory.enrolCard(card(serial));
                assertThat(oracle.put(card(serial), key)).isNull();
                if (random.nextInt(100) == 0) {
                    directory.blockCard(card(serial));
                    key = -key;
                    oracle.put(card(serial), key);
                }
                published.set(serial, key);
                if (serial % 1_000 == 999) {
                    directory.force();
                }
            }
            done.set(true);
            for (Future<Long> check : checks) {
                assertThat(check.get()).isPositive();
            }
            assertThat(directory.size()).isEqualTo(CARDS);
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
        System.out.println("directory.mv holds " + Files.size(folder.resolve(DirectoryStore.FILE_NAME)) + " bytes for "
                + CARDS + " cards");
        try (MemberDirectory directory = MemberDirectory.open(config)) {
            assertThat(directory.size()).isEqualTo(oracle.size());
            oracle.forEach((card, key) -> assertThat(directory.findCard(card)).isEqualTo(key));
        }
    }

    private static Long read(
            MemberDirectory directory, AtomicLongArray published, AtomicBoolean done, SplittableRandom random) {
        long checks = 0;
        while (!done.get()) {
            int serial = random.nextInt(CARDS);
            long expected = published.get(serial);
            if (expected != 0) {
                assertThat(directory.findCard(card(serial))).isEqualTo(expected);
                checks++;
            }
            assertThat(directory.findCard(Ean13.withCheckDigit(400_000_000_000L + serial)))
                    .isZero();
        }
        return checks;
    }

    private static long card(int serial) {
        return Ean13.withCheckDigit(298_700_000_000L + serial * 7L);
    }
}
