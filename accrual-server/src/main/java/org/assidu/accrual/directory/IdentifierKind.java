package org.assidu.accrual.directory;

/** What an identifier is. */
public enum IdentifierKind {
    CARD(1),
    QR_TOKEN(2),
    PHONE(3),
    EMAIL(4);

    private static final IdentifierKind[] KINDS = values();

    private final int code;

    IdentifierKind(int code) {
        this.code = code;
    }

    /** Stored in the low four bits of a hash: never change one, never use 0. */
    int code() {
        return code;
    }

    static IdentifierKind ofCode(int code) {
        if (code < 1 || code > KINDS.length) {
            throw new IllegalArgumentException("identifier kind " + code + " is not one of 1 to " + KINDS.length);
        }
        return KINDS[code - 1];
    }
}
