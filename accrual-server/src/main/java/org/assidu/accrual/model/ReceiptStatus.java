package org.assidu.accrual.model;

/**
 * What was decided about a receipt, in the order of the wire contract. Codes below {@link #FIRST_REFUSAL} are in the
 * journal; the others were answered and not remembered, so a corrected receipt may be sent again.
 */
public enum ReceiptStatus {
    ACCRUED(1),
    PROVISIONAL(2),
    ALREADY_ACCRUED(3),
    VOIDED(4),
    SOLD_TOO_LONG_AGO(5),
    MEMBER_UNKNOWN(6),
    MEMBER_CLOSED(7),
    CARD_BLOCKED(8),
    REWARD_UNFUNDED(9),
    NO_PROGRAMME(10),
    RECEIPT_CONFLICT(20),
    CHUNK_GAP(21),
    MALFORMED_IDENTITY(22),
    MALFORMED_LINE(23),
    MALFORMED_TOTAL(24),
    MALFORMED_IDENTIFIER(25),
    CURRENCY_NOT_ACCEPTED(26),
    AMOUNT_OUT_OF_RANGE(27),
    SOLD_IN_THE_FUTURE(28),
    OVERLOADED(29);

    private static final int FIRST_REFUSAL = 20;
    private static final ReceiptStatus[] BY_CODE = new ReceiptStatus[32];

    static {
        for (ReceiptStatus status : values()) {
            BY_CODE[status.code] = status;
        }
    }

    private final byte code;

    ReceiptStatus(int code) {
        this.code = (byte) code;
    }

    /** Stable number on the wire and in the journal. */
    public byte code() {
        return code;
    }

    /** Whether a receipt with this status is appended to the journal. A repeat already is there. */
    public boolean journalled() {
        return code < FIRST_REFUSAL && this != ALREADY_ACCRUED;
    }

    /** Whether the receipt was refused: nothing about it is remembered. */
    public boolean refused() {
        return code >= FIRST_REFUSAL;
    }

    /** @throws IllegalArgumentException for a code that no status has */
    public static ReceiptStatus ofCode(int code) {
        ReceiptStatus status = code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        if (status == null) {
            throw new IllegalArgumentException("receipt status code " + code + " is unknown to this version");
        }
        return status;
    }
}
