package org.assidu.accrual.replication;

/** A standby's state is not what the primary's was at the same position. It stops, and is not to be promoted. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DivergedException(String message) {
        super(message);
    }
}
