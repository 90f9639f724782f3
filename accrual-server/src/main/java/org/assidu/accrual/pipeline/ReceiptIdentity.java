package org.assidu.accrual.pipeline;

import org.assidu.accrual.model.ReceiptColumns;

/**
 * What names a receipt for ever.
 *
 * @param businessDate yyyymmdd; 0 when not given. Counts only under {@code numbering: DAILY}
 */
public record ReceiptIdentity(String store, String till, int series, long number, int businessDate) {

    /** A receipt without lines that has this identity. */
    ReceiptColumns asReceipt() {
        ReceiptColumns receipt = new ReceiptColumns();
        receipt.store = receipt.addText(store);
        receipt.till = receipt.addText(till);
        receipt.series = series;
        receipt.number = number;
        receipt.businessDate = businessDate;
        return receipt;
    }
}
