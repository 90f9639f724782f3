package org.assidu.accrual.codec;

/** A record payload that this version cannot read: damaged, cut short, or of a newer layout. */
public final class RecordFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    RecordFormatException(String what, int offset, int length) {
        super("record payload of " + length + " bytes, at byte " + offset + ": " + what);
        this.offset = offset;
    }

    /** Where in the payload, from 0. */
    public int offset() {
        return offset;
    }
}
