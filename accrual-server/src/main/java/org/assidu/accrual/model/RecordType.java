package org.assidu.accrual.model;

/** Kinds of journal records. Append only: the number is in the journal. */
public enum RecordType {
    /** Whole receipt, or a closing chunk with all lines of its receipt. */
    RECEIPT(1),
    /** Open chunk: input and provisional outcome. */
    CHUNK(2),
    /** Void of an open receipt, by the till or by the clock. */
    VOID(3),
    PROGRAMME(4),
    ENROLMENT(5),
    PRODUCTS(6),
    STORES(7),
    /** Anything other than a receipt that the engine decides: input and outcome. */
    OPERATION(8),
    /** Consents, oppositions and erasures of members. */
    PRIVACY(40),
    /** A standby became the server of its chain. */
    EPOCH(50);

    private final int code;

    RecordType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** @throws IllegalArgumentException for a code that no type has */
    public static RecordType ofCode(int code) {
        for (RecordType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("record type " + code + " is unknown to this version");
    }
}
