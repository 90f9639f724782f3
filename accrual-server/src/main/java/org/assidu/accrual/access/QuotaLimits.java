package org.assidu.accrual.access;

/**
 * What one client (the subject of its token) may take at most; 0 = no limit.
 *
 * @param requestsPerSecond calls, and messages of streams
 * @param linesPerSecond sale lines
 * @param streams streams open at once, over all its connections
 */
public record QuotaLimits(int requestsPerSecond, int linesPerSecond, int streams) {
    public static final QuotaLimits NONE = new QuotaLimits(0, 0, 0);

    public QuotaLimits {
        if (requestsPerSecond < 0 || linesPerSecond < 0 || streams < 0) {
            throw new IllegalArgumentException("quotas requests=" + requestsPerSecond + " lines=" + linesPerSecond
                    + " streams=" + streams + ", expected 0 (no limit) or more");
        }
    }

    /** A busy store's gateway stays well below. */
    public static QuotaLimits defaults() {
        return new QuotaLimits(2_000, 200_000, 64);
    }
}
