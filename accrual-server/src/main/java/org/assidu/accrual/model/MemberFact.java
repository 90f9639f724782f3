package org.assidu.accrual.model;

/** What the directory said about the identifier of a receipt when it arrived; recorded with the receipt. {@code AUTO_ENROLLED}: the card belonged to nobody and its range enrols by itself. */
public enum MemberFact {
    ANONYMOUS,
    KNOWN,
    AUTO_ENROLLED,
    UNKNOWN,
    CLOSED,
    BLOCKED;

    private static final MemberFact[] VALUES = values();

    /** Stable number on the wire and in the journal. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static MemberFact ofCode(int code) {
        if (code < 0 || code >= VALUES.length) {
            throw new IllegalArgumentException("member fact code " + code + " is unknown to this version");
        }
        return VALUES[code];
    }
}
