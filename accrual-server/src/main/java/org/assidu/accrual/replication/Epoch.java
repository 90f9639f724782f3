package org.assidu.accrual.replication;

/**
 * A span of a chain in which one server served.
 *
 * @param number 1 for the first; each promotion adds 1
 * @param position of the record that began it; 0 for the first
 */
public record Epoch(long number, long position) {
    public static final Epoch FIRST = new Epoch(1, 0);

    public Epoch {
        if (number < 1 || position < 0) {
            throw new IllegalArgumentException(
                    "epoch=" + number + " position=" + position + ", expected 1 or more and 0 or more");
        }
    }
}
