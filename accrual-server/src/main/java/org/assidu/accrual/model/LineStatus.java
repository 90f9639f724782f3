package org.assidu.accrual.model;

/** What happened to one line beyond the ordinary, in the order of the wire contract; {@code NONE} is no line. */
public enum LineStatus {
    NONE,
    EARNED,
    NOT_ELIGIBLE,
    RETURNED,
    RETURNED_AT_CURRENT_RATE,
    ORIGINAL_NOT_FOUND,
    RETURN_EXCEEDS_SALE;

    private static final LineStatus[] VALUES = values();

    /** Stable number on the wire and in the journal. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static LineStatus ofCode(int code) {
        if (code < 0 || code >= VALUES.length) {
            throw new IllegalArgumentException("line status code " + code + " is unknown to this version");
        }
        return VALUES[code];
    }
}
