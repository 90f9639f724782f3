package org.assidu.accrual.replication;

import java.util.ArrayDeque;

/**
 * How far a standby is behind, by its own clock only: it notes when it first hears of each position that the primary has. Safe for
 * any thread.
 */
final class Lag {
    private static final int MOST_NOTES = 4096;

    /** When a position was first heard of. */
    private record Heard(long position, long nanos) {}

    private final ArrayDeque<Heard> ahead = new ArrayDeque<>();
    private long primary;
    private long own;

    Lag(long own) {
        this.own = own;
    }

    /** The primary has this position. */
    synchronized void heard(long position, long nanos) {
        if (position > primary) {
            primary = position;
            if (position > own) {
                // With many notes the last two become one of the earlier time: what is told may be too long, never too
                // short.
                long since =
                        ahead.size() < MOST_NOTES ? nanos : ahead.removeLast().nanos();
                ahead.add(new Heard(position, since));
            }
        }
    }

    /** The standby has this position. */
    synchronized void followed(long position) {
        own = position;
        while (!ahead.isEmpty() && ahead.getFirst().position() <= position) {
            ahead.removeFirst();
        }
    }

    /** Highest position that the primary was heard to have. */
    synchronized long primaryPosition() {
        return Math.max(primary, own);
    }

    synchronized long positions() {
        return Math.max(0, primary - own);
    }

    /** For how long the oldest position that is missing was heard of; 0 = none is. */
    synchronized long millis(long nowNanos) {
        return ahead.isEmpty() ? 0 : Math.max(0, nowNanos - ahead.getFirst().nanos()) / 1_000_000;
    }
}
