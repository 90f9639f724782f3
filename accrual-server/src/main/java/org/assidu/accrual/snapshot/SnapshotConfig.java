package org.assidu.accrual.snapshot;

/**
 * How snapshots are written.
 *
 * @param kept newest ones that stay; older ones are deleted once a new one is there
 * @param bytesPerSecond most that is written a second, so that a journal on the same disk does not wait; 0 = no limit
 */
public record SnapshotConfig(int kept, long bytesPerSecond) {
    public static final int KEPT = 3;
    public static final int MOST_KEPT = 1_000;

    public SnapshotConfig {
        if (kept < 1 || kept > MOST_KEPT) {
            throw new IllegalArgumentException("snapshots kept=" + kept + ", expected 1 to " + MOST_KEPT);
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("snapshot bytesPerSecond=" + bytesPerSecond + ", expected 0 or more");
        }
    }

    /** The three newest, as fast as the disk takes it. */
    public static SnapshotConfig defaults() {
        return new SnapshotConfig(KEPT, 0);
    }

    public SnapshotConfig withKept(int value) {
        return new SnapshotConfig(value, bytesPerSecond);
    }

    public SnapshotConfig withBytesPerSecond(long value) {
        return new SnapshotConfig(kept, value);
    }
}
