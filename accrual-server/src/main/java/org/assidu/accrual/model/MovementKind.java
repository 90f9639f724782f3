package org.assidu.accrual.model;

/** Why a purse moved, in the order of the wire contract. Append only: the number is in the journal. */
public enum MovementKind {
    NONE,
    EARNED,
    REVERSED,
    SPENT,
    FORGIVEN,
    /** By a person at the desk, either way. */
    ADJUSTED,
    EXPIRED,
    MIGRATED,
    /** A spent reward or a held reservation given back. */
    RESTORED,
    /** To or from another member, which adds up to zero; or from points into money, at the rate of the programme. */
    TRANSFERRED;

    private static final MovementKind[] VALUES = values();

    /** Stable number on the wire and in the journal. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static MovementKind ofCode(int code) {
        if (code < 0 || code >= VALUES.length) {
            throw new IllegalArgumentException("movement kind code " + code + " is unknown to this version");
        }
        return VALUES[code];
    }
}
