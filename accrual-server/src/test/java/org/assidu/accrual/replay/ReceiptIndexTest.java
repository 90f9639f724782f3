package org.assidu.accrual.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ReceiptIndexTest {
    private static final int COUNT = 300_000;

    private static long hash(long number) {
        long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
        return (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    }

    @Test
    void everyReceiptIsFoundAfterTheTableHasGrownAndNoOther() {
        ReceiptIndex index = new ReceiptIndex();
        for (long number = 1; number <= COUNT; number++) {
            index.put(hash(number), number);
        }
        assertThat(index.entries()).isEqualTo(COUNT);
        for (long number = 1; number <= COUNT; number++) {
            assertThat(index.find(hash(number), 0)).isEqualTo(number);
            assertThat(index.find(hash(number), 1)).isZero();
            assertThat(index.find(hash(-number), 0)).isZero();
        }
    }

    @Test
    void receiptsThatShareAHashAreAllCandidatesInOrder() {
        ReceiptIndex index = new ReceiptIndex();
        Random random = new Random(5);
        for (long number = 1; number <= 1000; number++) {
            index.put(random.nextLong(), 10_000 + number);
        }
        for (long hash : new long[] {0, -1, 42}) {
            index.put(hash, 1);
            index.put(hash, 2);
            index.put(hash, 3);
        }
        for (long hash : new long[] {0, -1, 42}) {
            for (int candidate = 0; candidate < 3; candidate++) {
                assertThat(index.find(hash, candidate)).isEqualTo(candidate + 1);
            }
            assertThat(index.find(hash, 3)).isZero();
        }
    }

    @Test
    void readerSeesWhatWasWrittenBeforeItWasToldWhileTheTableGrows() {
        ReceiptIndex index = new ReceiptIndex();
        AtomicLong written = new AtomicLong();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (long number = 1; number <= COUNT; number++) {
                index.put(hash(number), number);
                written.set(number);
            }
        });
        Random random = new Random(7);
        long checked = 0;
        while (!writer.isDone() || checked < COUNT / 10) {
            long last = written.get();
            if (last > 0) {
                long number = 1 + (long) (random.nextDouble() * last);
                assertThat(index.find(hash(number), 0)).isEqualTo(number);
                checked++;
            }
        }
        writer.join();
    }
}
