package org.assidu.accrual.table;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;

/** A recorded receipt on its way into {@code sale_lines}, {@code receipts} and {@code ledger}; reused for the next. */
public final class ReceiptRow {
    public final ReceiptColumns receipt;
    public final OutcomeColumns outcome;
    /** Journal position of the closing record. */
    public long position;
    /** Journal time. */
    public long receivedAtMillis;
    /** Re-keyed for the export; 0 = anonymous. */
    public long memberKey;
    /** Index of the line from 0, for {@code sale_lines}. */
    public int line;

    private int soldEpochDay;
    private int soldHour;
    private int soldMonth;

    public ReceiptRow(ReceiptColumns receipt, OutcomeColumns outcome) {
        this.receipt = receipt;
        this.outcome = outcome;
    }

    /** Works out the sold-at columns in the zone of the programme that priced the receipt. */
    public void soldIn(ZoneId zone) {
        LocalDateTime sold = Calendar.local(receipt.soldAtMillis, zone);
        soldEpochDay = (int) sold.toLocalDate().toEpochDay();
        soldHour = sold.getHour();
        soldMonth = Calendar.month(sold);
    }

    /** Days since 1970-01-01. */
    public int soldEpochDay() {
        return soldEpochDay;
    }

    public int soldHour() {
        return soldHour;
    }

    /** As yyyymm: the partition. */
    public int soldMonth() {
        return soldMonth;
    }
}
