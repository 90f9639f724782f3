package org.assidu.accrual.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time, and what is to happen in it. Equal times happen in the order in which they were asked for. */
final class Timeline {
    /** Noon of 2026-03-02 UTC. */
    static final long START_MILLIS = 1_772_452_800_000L;

    private static final long NANOS_A_MILLI = 1_000_000;
    private static final int MOST_READING_NANOS = 700_000;

    private record Due(long nanos, long order, Runnable action) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private final SplittableRandom random;
    private long nanos;
    private long orders;
    private long wallOffsetMillis;

    Timeline(SplittableRandom random) {
        this.random = random;
    }

    void in(long millis, Runnable action) {
        due.add(new Due(nanos + millis * NANOS_A_MILLI, orders++, action));
    }

    /** Goes to the next thing that is due and does it. @return false when there is none */
    boolean advance() {
        Due next = due.poll();
        if (next == null) {
            return false;
        }
        nanos = Math.max(nanos, next.nanos);
        next.action.run();
        return true;
    }

    void pause(long millis) {
        nanos += millis * NANOS_A_MILLI;
    }

    /** What time it really is, epoch milliseconds: tills know. */
    long trueMillis() {
        return START_MILLIS + nanos / NANOS_A_MILLI;
    }

    /** The server's wall clock, which is set wrong now and then. Reading it takes time. */
    long serverMillis() {
        nanos += random.nextInt(MOST_READING_NANOS);
        return trueMillis() + wallOffsetMillis;
    }

    void setServerClockOff(long millis) {
        wallOffsetMillis = millis;
    }

    /** A monotonic clock; reading it takes time, so that slices of work end. */
    long nanoTime() {
        nanos += random.nextInt(MOST_READING_NANOS);
        return nanos;
    }
}
