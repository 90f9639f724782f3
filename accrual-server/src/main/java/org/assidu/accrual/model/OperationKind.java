package org.assidu.accrual.model;

/**
 * What an operation asks for. Append only: the code is in the journal. Codes are given in blocks, so that neighbours in
 * meaning stay neighbours: 1 desk, 20 time, 40 acts and clubs, 60 shop, 80 tags.
 */
public enum OperationKind {
    /** Manual credit or debit of a purse, by a named author for a reason. */
    ADJUST(1),
    /** A day has begun. */
    TICK(20),
    /** A member with something due by the newest tick is brought up to it. */
    SETTLE(21);

    private static final OperationKind[] BY_CODE = new OperationKind[128];

    static {
        for (OperationKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final byte code;

    OperationKind(int code) {
        this.code = (byte) code;
    }

    /** Stable number in the journal. */
    public byte code() {
        return code;
    }

    /** @throws IllegalArgumentException for a code that no value has */
    public static OperationKind ofCode(int code) {
        OperationKind kind = code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
        if (kind == null) {
            throw new IllegalArgumentException("operation code " + code + " is unknown to this version");
        }
        return kind;
    }
}
