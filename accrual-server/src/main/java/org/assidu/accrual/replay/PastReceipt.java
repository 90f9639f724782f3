package org.assidu.accrual.replay;

import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.assidu.accrual.model.RecordedReceipt;
import org.jspecify.annotations.Nullable;

/** Looks for a closed receipt, up to a moment. */
public final class PastReceipt implements RecordListener {
    private final ReceiptColumns sought = new ReceiptColumns();
    private @Nullable RecordedReceipt found;
    private long receivedAtMillis;

    /** @param businessDate counts where it is given */
    public PastReceipt(String store, String till, int series, long number, int businessDate) {
        sought.store = sought.addText(store);
        sought.till = sought.addText(till);
        sought.series = series;
        sought.number = number;
        sought.businessDate = businessDate;
    }

    @Override
    public void receipt(
            RecordType type,
            ReceiptColumns receipt,
            OutcomeColumns outcome,
            RecordContext context,
            long position,
            long timeMillis) {
        boolean named = type == RecordType.RECEIPT
                && RecordedReceipts.isNamed(sought, RecordedReceipts.ITSELF, receipt)
                && (sought.businessDate == 0 || sought.businessDate == receipt.businessDate);
        if (named) {
            ReceiptColumns copy = new ReceiptColumns();
            copy.copyFrom(receipt);
            OutcomeColumns decided = new OutcomeColumns();
            decided.copyFrom(outcome);
            found = new RecordedReceipt(copy, decided, position, timeMillis);
            receivedAtMillis = context.receivedAtMillis;
        }
    }

    /** The receipt; null when none had that identity by then. */
    public @Nullable RecordedReceipt found() {
        return found;
    }

    /** When the server took it. */
    public long receivedAtMillis() {
        return receivedAtMillis;
    }
}
