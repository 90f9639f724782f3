package org.assidu.accrual.table;

import java.time.ZoneId;

/** A movement of a purse on its way into {@code ledger}; reused for the next. */
public final class LedgerRow {
    /** The receipt that caused it; of an operation, only position, times and outcome mean anything. */
    public final ReceiptRow receipt;
    /** Index of the movement in the receipt's outcome, from 0. */
    public int movement;
    /** Re-keyed for the export. */
    public long memberKey;

    public String purseId = "";
    /** Empty when no rule caused it. */
    public String ruleId = "";

    /** Kind of the operation that caused it; empty when a receipt did. */
    public String operation = "";

    /** Pseudonym of the person who asked for the operation; empty when none did. */
    public String author = "";

    public String reason = "";
    /** Whether the operation is about the receipt whose identity the row has. */
    public boolean identified;

    private long postedAtMillis;
    private int postedMonth;

    public LedgerRow(ReceiptRow receipt) {
        this.receipt = receipt;
    }

    public void clearOperation() {
        operation = author = reason = "";
        identified = false;
    }

    /** Sets the posting time, with its month in the zone of the programme that priced the receipt. */
    public void posted(long millis, ZoneId zone) {
        postedAtMillis = millis;
        postedMonth = Calendar.month(Calendar.local(millis, zone));
    }

    public long postedAtMillis() {
        return postedAtMillis;
    }

    /** As yyyymm: the partition. */
    public int postedMonth() {
        return postedMonth;
    }
}
