package org.assidu.accrual.model;

/** What a reward is worth at the till, in the order of the wire contract. */
public enum RewardKind {
    UNSPECIFIED,
    PERCENTAGE_OFF,
    FIXED_AMOUNT,
    GIFT_VOUCHER,
    FREE_ARTICLE;

    private static final RewardKind[] VALUES = values();

    /** Stable number on the wire and in the journal. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static RewardKind ofCode(int code) {
        if (code < 0 || code >= VALUES.length) {
            throw new IllegalArgumentException("reward kind code " + code + " is unknown to this version");
        }
        return VALUES[code];
    }
}
