package org.assidu.accrual.model;

/**
 * What was decided about an operation, in the order of the wire contract. Only DONE is journalled; any other is an answer
 * without effect.
 */
public enum OperationStatus {
    UNSPECIFIED,
    DONE,
    /** The same idempotency key was done before; nothing happened now. */
    ALREADY_DONE,
    /** The request would change nothing. */
    NOTHING_TO_DO,
    NO_PROGRAMME,
    MEMBER_UNKNOWN,
    /** The programme has no purse, reward, club, act or tag of that id. */
    SUBJECT_UNKNOWN,
    /** A field is missing or out of range. */
    MALFORMED,
    LIMIT_EXCEEDED,
    APPROVAL_REQUIRED,
    INSUFFICIENT_POINTS,
    REWARD_NOT_AVAILABLE,
    OUT_OF_STOCK,
    RESERVATION_UNKNOWN,
    RESERVATION_ENDED,
    CODE_UNKNOWN,
    CODE_USED_UP,
    TOO_LATE,
    NOT_ALLOWED;

    /** Stable number on the wire. */
    public byte code() {
        return (byte) ordinal();
    }

    /** Whether the operation is appended to the journal. */
    public boolean journalled() {
        return this == DONE;
    }
}
