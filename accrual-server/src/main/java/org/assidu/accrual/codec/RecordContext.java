package org.assidu.accrual.codec;

/** What a receipt record holds beside input and outcome. A struct, reused by whoever owns it. */
public final class RecordContext {
    /** Server time at arrival. */
    public long receivedAtMillis;
    /** Position of the member's record before this one; 0 = none. Statements walk back along it. */
    public long previousPosition;
    /** Version of the rules' meaning in the engine that decided. */
    public int semanticsVersion;

    /** Sets everything. @return this */
    public RecordContext set(long receivedAt, long previous, int semantics) {
        receivedAtMillis = receivedAt;
        previousPosition = previous;
        semanticsVersion = semantics;
        return this;
    }
}
