package org.assidu.accrual.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdentifierTableTest {
    private static final int ENTRIES = 200_000;
    private static final long SEED = Long.getLong("seed", 20_261_101L);

    private record Entry(long high, long low, long value) {}

    @Test
    void agreesWithAHashMapWhileReadersRun() throws Exception {
        System.out.println("IdentifierTableTest seed " + SEED);
        IdentifierTable table = new IdentifierTable();
        List<Entry> entries = entries(new SplittableRandom(SEED));
        AtomicInteger written = new AtomicInteger();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Long>> checks = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                SplittableRandom random = new SplittableRandom(SEED + 1 + reader);
                checks.add(readers.submit(() -> readUntilAllIsWritten(table, entries, written, random)));
            }
            Map<List<Long>, Long> oracle = new HashMap<>();
            for (Entry entry : entries) {
                table.put(entry.high, entry.low, entry.value);
                oracle.put(List.of(entry.high, entry.low), entry.value);
                written.incrementAndGet();
            }
            for (Future<Long> check : checks) {
                assertThat(check.get()).isPositive();
            }
            assertThat(table.size()).isEqualTo(oracle.size());
            oracle.forEach((hash, value) ->
                    assertThat(table.find(hash.get(0), hash.get(1))).isEqualTo(value));
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void costsAtMostFortyBytesAnEntry() {
        IdentifierTable table = new IdentifierTable();
        for (Entry entry : entries(new SplittableRandom(SEED))) {
            table.put(entry.high, entry.low, entry.value);
        }
        assertThat((double) table.bytes() / table.size()).isBetween(24.0, 41.0);
    }

    @Test
    void hashesThatShareTheirHighHalfAreToldApart() {
        IdentifierTable table = new IdentifierTable();
        for (long low = 0; low < 1_000; low++) {
            table.put(-1, low, low + 1);
        }
        for (long low = 0; low < 1_000; low++) {
            assertThat(table.find(-1, low)).isEqualTo(low + 1);
        }
        assertThat(table.find(-1, 1_000)).isZero();
        table.put(-1, 5, -6);
        assertThat(table.find(-1, 5)).isEqualTo(-6);
        assertThat(table.size()).isEqualTo(1_000);
    }

    @Test
    void memberKeySetKeepsEachKeyOnce() {
        MemberKeySet keys = new MemberKeySet();
        SplittableRandom random = new SplittableRandom(SEED);
        Map<Long, Boolean> oracle = new HashMap<>();
        for (int i = 0; i < ENTRIES; i++) {
            long key = Math.max(1, random.nextLong() & Long.MAX_VALUE);
            assertThat(keys.add(key)).isEqualTo(oracle.put(key, true) == null);
            assertThat(keys.add(key)).isFalse();
        }
        assertThat(keys.size()).isEqualTo(oracle.size());
        oracle.keySet().forEach(key -> assertThat(keys.contains(key)).isTrue());
        for (int i = 0; i < ENTRIES; i++) {
            long other = random.nextLong() & Long.MAX_VALUE;
            assertThat(keys.contains(other)).isEqualTo(oracle.containsKey(other));
        }
    }

    @Test
    void cacheSharedByThreadsNeverAnswersForAnotherCard() throws Exception {
        IdentifierTable table = new IdentifierTable();
        CardCache cache = new CardCache(64, table);
        int cards = 4_096;
        KeyedHash hash = new KeyedHash(new byte[32]);
        long[] highs = new long[cards];
        long[] lows = new long[cards];
        for (int card = 0; card < cards; card++) {
            hash.hashCard(card + 1);
            highs[card] = hash.high();
            lows[card] = hash.low();
            table.put(highs[card], lows[card], card + 1);
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> hits = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                SplittableRandom random = new SplittableRandom(SEED + thread);
                hits.add(threads.submit(() -> {
                    int hit = 0;
                    for (int i = 0; i < 1_000_000; i++) {
                        int card = random.nextInt(cards);
                        long found = cache.find(card + 1);
                        if (found == 0) {
                            cache.put(card + 1, highs[card], lows[card]);
                        } else {
                            assertThat(found).isEqualTo(card + 1);
                            hit++;
                        }
                    }
                    return hit;
                }));
            }
            for (Future<Integer> hit : hits) {
                assertThat(hit.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Long readUntilAllIsWritten(
            IdentifierTable table, List<Entry> entries, AtomicInteger written, SplittableRandom random) {
        long checks = 0;
        int known = written.get();
        while (known < entries.size()) {
            known = written.get();
            if (known > 0) {
                Entry entry = entries.get(random.nextInt(known));
                assertThat(table.find(entry.high, entry.low)).isEqualTo(entry.value);
                checks++;
            }
            assertThat(table.find(random.nextLong(), random.nextLong())).isZero();
        }
        return checks + 1;
    }

    private static List<Entry> entries(SplittableRandom random) {
        List<Entry> entries = new ArrayList<>(ENTRIES);
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(new Entry(random.nextLong(), random.nextLong(), random.nextLong() | 1));
        }
        return entries;
    }
}
