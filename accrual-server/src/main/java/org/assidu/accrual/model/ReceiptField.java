package org.assidu.accrual.model;

/** The fields of a receipt in the order in which a repeat is compared with the first receipt. */
public enum ReceiptField {
    NONE,
    SOLD_AT,
    UTC_OFFSET,
    BUSINESS_DATE,
    CURRENCY,
    MEMBER,
    CHANNEL,
    CASHIER,
    PHASE,
    CHUNK,
    TOTAL,
    LINE_COUNT,
    LINE_SKU,
    LINE_QUANTITY,
    LINE_AMOUNT,
    LINE_DISCOUNT,
    LINE_VAT_RATE,
    LINE_CATEGORY,
    LINE_BRAND,
    LINE_FLAGS,
    LINE_ORIGINAL,
    TENDERS,
    USED_REWARDS,
    HISTORICAL;

    private static final ReceiptField[] VALUES = values();

    /** Whether the field belongs to one line. */
    public boolean isOfLine() {
        return compareTo(LINE_SKU) >= 0 && compareTo(LINE_ORIGINAL) <= 0;
    }

    /** Stable number on the wire and in the journal. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static ReceiptField ofCode(int code) {
        if (code < 0 || code >= VALUES.length) {
            throw new IllegalArgumentException("receipt field code " + code + " is unknown to this version");
        }
        return VALUES[code];
    }
}
