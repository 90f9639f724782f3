package org.assidu.accrual.model;

/** How a receipt was paid, in the order of the wire contract. */
public enum TenderKind {
    UNSPECIFIED,
    CASH,
    BANK_CARD,
    GIFT_CARD,
    VOUCHER,
    LOYALTY_REWARD,
    MEAL_VOUCHER,
    CREDIT,
    OTHER;

    private static final TenderKind[] VALUES = values();

    /** Stable number on the wire and in the journal. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static TenderKind ofCode(int code) {
        if (code < 0 || code >= VALUES.length) {
            throw new IllegalArgumentException("tender kind code " + code + " is unknown to this version");
        }
        return VALUES[code];
    }
}
