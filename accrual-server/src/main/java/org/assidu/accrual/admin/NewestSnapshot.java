package org.assidu.accrual.admin;

/** The newest snapshot of a data directory; position 0 = there is none. */
public record NewestSnapshot(long position, long takenAtMillis) {
    public static final NewestSnapshot NONE = new NewestSnapshot(0, 0);
}
