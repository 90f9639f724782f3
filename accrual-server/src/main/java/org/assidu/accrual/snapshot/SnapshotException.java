package org.assidu.accrual.snapshot;

/** A snapshot cannot be used; the message says why, and another one or the journal takes its place. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SnapshotException(String message) {
        super(message);
    }
}
