package org.assidu.accrual.simulation;

import org.assidu.accrual.model.ReceiptColumns;

/** A receipt's identity under continuous numbering. */
record ReceiptName(String store, String till, int series, long number) {

    static ReceiptName of(ReceiptColumns receipt) {
        return new ReceiptName(
                receipt.string(receipt.store), receipt.string(receipt.till), receipt.series, receipt.number);
    }

    /** Of an original that a receipt names. */
    static ReceiptName ofOriginal(ReceiptColumns receipt, int original) {
        return new ReceiptName(
                receipt.string(receipt.originalStore[original]),
                receipt.string(receipt.originalTill[original]),
                receipt.originalSeries[original],
                receipt.originalNumber[original]);
    }

    @Override
    public String toString() {
        return store + "/" + till + "/" + series + "/" + number;
    }
}
