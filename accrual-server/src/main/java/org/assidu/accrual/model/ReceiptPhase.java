package org.assidu.accrual.model;

/** Which part of a receipt a message carries, in the order of the wire contract. */
public enum ReceiptPhase {
    UNSPECIFIED,
    WHOLE,
    OPEN,
    CLOSING,
    VOID;

    private static final ReceiptPhase[] VALUES = values();

    /** Stable number on the wire and in the journal. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static ReceiptPhase ofCode(int code) {
        if (code < 0 || code >= VALUES.length) {
            throw new IllegalArgumentException("receipt phase code " + code + " is unknown to this version");
        }
        return VALUES[code];
    }
}
