package org.assidu.accrual.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random programmes and histories: the engine says and does what the reference ledger does, after every step. */
class AgreementTest {
    private static final int HISTORIES = Integer.getInteger("histories", 10_000);

    private static List<Step> history(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return RandomHistory.of(random, RandomDraft.first(random));
    }

    @Test
    void engineAndReferenceAgreeOnRandomHistories() {
        long seed = Long.getLong("seed", 20261122L);
        System.out.println("seed " + seed + ", " + HISTORIES + " histories");
        List<Long> differing = LongStream.range(seed, seed + HISTORIES)
                .parallel()
                .filter(one -> Agreement.differenceOf(one, history(one)) != null)
                .limit(Integer.getInteger("differences", 3))
                .boxed()
                .toList();
        for (long one : differing) {
            System.out.println(Shrinking.report(one, history(one)));
        }
        assertThat(differing)
                .as("seeds of histories on which they differ, printed above")
                .isEmpty();
    }
}
