package org.assidu.accrual.replication;

/**
 * How a standby follows.
 *
 * @param name of the standby in the primary's status
 * @param primary address, for messages
 * @param silenceMillis a primary that says nothing for so long is taken for gone, and connected to anew; it says something every
 *     second
 * @param firstRetryMillis pause before the second attempt to connect; doubled up to {@code lastRetryMillis}
 * @param refusedBatches so many in a row at one position end the standby: the primary's journal is damaged there
 */
public record FollowSettings(
        String name, String primary, int silenceMillis, int firstRetryMillis, int lastRetryMillis, int refusedBatches) {
    /** Silence of 10 s, retries after 100 ms to 5 s, five refused batches. */
    public static FollowSettings of(String name, String primary) {
        return new FollowSettings(name, primary, 10_000, 100, 5_000, 5);
    }

    public FollowSettings withRetryMillis(int first, int last) {
        return new FollowSettings(name, primary, silenceMillis, first, last, refusedBatches);
    }

    public FollowSettings withSilenceMillis(int value) {
        return new FollowSettings(name, primary, value, firstRetryMillis, lastRetryMillis, refusedBatches);
    }
}
