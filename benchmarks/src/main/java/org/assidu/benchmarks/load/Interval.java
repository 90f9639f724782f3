package org.assidu.benchmarks.load;

import java.util.concurrent.TimeUnit;

/** When load starts, and from when to when it is measured; values of {@link System#nanoTime}. */
record Interval(long startNanos, long fromNanos, long toNanos) {
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** From now on, with a moment to settle before it counts. */
    static Interval of(double seconds) {
        long start = System.nanoTime();
        long from = start + SETTLE_NANOS;
        return new Interval(start, from, from + (long) (seconds * 1e9));
    }

    boolean contains(long nanoTime) {
        return nanoTime >= fromNanos && nanoTime < toNanos;
    }

    double seconds() {
        return (toNanos - fromNanos) / 1e9;
    }
}
