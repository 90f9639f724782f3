package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * How long the turns of the accrual thread took since the start, as counts by duration: four steps to each doubling, the last one
 * for everything longer. What stalls that thread (a collection, a disk, another process) makes a long turn. Written and read by
 * the accrual thread.
 */
final class TurnTimes {
    private static final int STEPS_BITS = 2;
    private static final int STEPS = 1 << STEPS_BITS;
    private static final int BUCKETS = 100;

    private final long[] counts = new long[BUCKETS];

    void add(long nanos) {
        counts[bucket(nanos / 1_000)]++;
    }

    static int bucket(long micros) {
        if (micros < STEPS) {
            return (int) Math.max(0, micros);
        }
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        int step = (int) (micros >>> octave - STEPS_BITS) - STEPS;
        return Math.min(BUCKETS - 1, (octave - STEPS_BITS + 1) * STEPS + step);
    }

    /** Shortest duration that is counted in a bucket, microseconds. */
    static long fromMicros(int bucket) {
        return bucket < STEPS ? bucket : (STEPS + bucket % STEPS) * 1L << bucket / STEPS - 1;
    }

    /** Counts by bucket, up to the last that is not 0; a copy. */
    List<Long> counts() {
        List<Long> copy = new ArrayList<>();
        int last = BUCKETS - 1;
        while (last >= 0 && counts[last] == 0) {
            last--;
        }
        for (int bucket = 0; bucket <= last; bucket++) {
            copy.add(counts[bucket]);
        }
        return copy;
    }
}
