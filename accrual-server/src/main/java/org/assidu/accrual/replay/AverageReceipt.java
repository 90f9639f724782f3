package org.assidu.accrual.replay;

import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;

/** Average total of a member's receipt, on which a reward of a percentage is worth something. */
public final class AverageReceipt implements RecordListener {
    private long receipts;
    private long totalMinor;

    @Override
    public void receipt(
            RecordType type,
            ReceiptColumns receipt,
            OutcomeColumns outcome,
            RecordContext context,
            long position,
            long timeMillis) {
        if (type == RecordType.RECEIPT) {
            add(receipt);
        }
    }

    void add(ReceiptColumns receipt) {
        long minor = receipt.totalMinor();
        if (receipt.memberKey != 0 && minor > 0) {
            receipts++;
            totalMinor += minor;
        }
    }

    /** 0 = there is no receipt of a member. */
    public long minor() {
        return receipts == 0 ? 0 : totalMinor / receipts;
    }
}
