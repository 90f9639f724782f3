package org.assidu.accrual.pipeline;

import java.util.List;
import org.assidu.accrual.model.ReceiptColumns;

/**
 * What names a receipt for ever.
 *
 * @param businessDate yyyymmdd; 0 when not given. Counts only under {@code numbering: DAILY}
 */
public record ReceiptIdentity(String store, String till, int series, long number, int businessDate) {

    /** As the details of an operation about a receipt. */
    List<String> details() {
        return List.of(store, till, Integer.toString(series), Long.toString(number), Integer.toString(businessDate));
    }

    static ReceiptIdentity of(List<String> details) {
        return new ReceiptIdentity(
                details.get(0),
                details.get(1),
                Integer.parseInt(details.get(2)),
                Long.parseLong(details.get(3)),
                Integer.parseInt(details.get(4)));
    }

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
