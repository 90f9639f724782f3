package org.assidu.accrual.model;

/** Where a receipt was rung, in the order of the wire contract. */
public enum Channel {
    UNSPECIFIED,
    STORE,
    SELF_CHECKOUT,
    WEB,
    MOBILE,
    PHONE;

    private static final Channel[] VALUES = values();

    /** Stable number on the wire and in the journal. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static Channel ofCode(int code) {
        if (code < 0 || code >= VALUES.length) {
            throw new IllegalArgumentException("channel code " + code + " is unknown to this version");
        }
        return VALUES[code];
    }
}
