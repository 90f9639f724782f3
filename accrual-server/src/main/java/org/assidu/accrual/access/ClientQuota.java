package org.assidu.accrual.access;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one client takes. Requests and lines are two buckets that refill steadily and hold one second's worth; they may go below
 * zero, since what has arrived is served, and then the client waits until both are paid off. Safe for any thread.
 */
public final class ClientQuota {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final QuotaLimits limits;
    private final AtomicInteger streams = new AtomicInteger();
    private long requestsPaidNanos;
    private long linesPaidNanos;

    ClientQuota(QuotaLimits limits, long nowNanos) {
        this.limits = limits;
        requestsPaidNanos = linesPaidNanos = nowNanos - SECOND_NANOS;
    }

    /** Takes a stream when one more is allowed; each one taken is given back by {@link #streamEnded}. */
    public boolean tryStream() {
        if (streams.incrementAndGet() > limits.streams() && limits.streams() != 0) {
            streams.decrementAndGet();
            return false;
        }
        return true;
    }

    public void streamEnded() {
        streams.decrementAndGet();
    }

    /** Counts what has arrived. */
    public synchronized void spend(int requests, int lines, long nowNanos) {
        requestsPaidNanos = after(requestsPaidNanos, requests, limits.requestsPerSecond(), nowNanos);
        linesPaidNanos = after(linesPaidNanos, lines, limits.linesPerSecond(), nowNanos);
    }

    private static long after(long paidNanos, int count, int perSecond, long nowNanos) {
        if (perSecond == 0) {
            return nowNanos;
        }
        return Math.max(paidNanos, nowNanos - SECOND_NANOS) + count * SECOND_NANOS / perSecond;
    }

    /** How long until all that was spent is paid off; 0 = now. */
    public synchronized long debtNanos(long nowNanos) {
        return Math.max(0, Math.max(requestsPaidNanos, linesPaidNanos) - nowNanos);
    }

    /** The limits, for messages. */
    public QuotaLimits limits() {
        return limits;
    }

    boolean idle(long nowNanos) {
        return streams.get() == 0 && debtNanos(nowNanos) == 0;
    }
}
