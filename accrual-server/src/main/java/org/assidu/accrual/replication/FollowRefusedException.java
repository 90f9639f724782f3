package org.assidu.accrual.replication;

/** The primary does not take what a standby has for the beginning of what it has itself. */
public final class FollowRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    FollowRefusedException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Whether the records differ, and not only the directory or the epoch. */
    public boolean isOfRecords() {
        return reason.equals(FollowerPlace.POSITION_UNKNOWN) || reason.equals(FollowerPlace.CHAIN_DIFFERS);
    }
}
