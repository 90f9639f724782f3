package org.assidu.accrual.engine;

import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptField;

/** Compares the lines of a message with a range of lines of an earlier receipt. */
final class ReceiptSlices {
    private int line;

    /** Line of the message, from 0, at which the last comparison found a difference. */
    int line() {
        return line;
    }

    /** First field that differs, by line and then by field; NONE when all lines are the same. */
    ReceiptField difference(ReceiptColumns receipt, ReceiptColumns first, int from, int to) {
        if (receipt.lines != to - from) {
            return ReceiptField.LINE_COUNT;
        }
        for (int at = 0; at < receipt.lines; at++) {
            ReceiptField field = lineDifference(receipt, at, first, from + at);
            if (field != ReceiptField.NONE) {
                line = at;
                return field;
            }
        }
        return ReceiptField.NONE;
    }

    private static ReceiptField lineDifference(ReceiptColumns a, int x, ReceiptColumns b, int y) {
        if (!a.sameText(a.sku[x], b, b.sku[y])) {
            return ReceiptField.LINE_SKU;
        }
        if (a.quantityThousandths[x] != b.quantityThousandths[y]) {
            return ReceiptField.LINE_QUANTITY;
        }
        if (a.amountMinor[x] != b.amountMinor[y]) {
            return ReceiptField.LINE_AMOUNT;
        }
        if (a.discountMinor[x] != b.discountMinor[y]) {
            return ReceiptField.LINE_DISCOUNT;
        }
        if (a.vatRateHundredths[x] != b.vatRateHundredths[y]) {
            return ReceiptField.LINE_VAT_RATE;
        }
        if (!a.sameText(a.category[x], b, b.category[y])) {
            return ReceiptField.LINE_CATEGORY;
        }
        if (!a.sameText(a.brand[x], b, b.brand[y])) {
            return ReceiptField.LINE_BRAND;
        }
        if (a.flags[x] != b.flags[y]) {
            return ReceiptField.LINE_FLAGS;
        }
        return isSameOriginal(a, a.originalOfLine[x], b, b.originalOfLine[y])
                ? ReceiptField.NONE
                : ReceiptField.LINE_ORIGINAL;
    }

    private static boolean isSameOriginal(ReceiptColumns a, int x, ReceiptColumns b, int y) {
        if (x == ReceiptColumns.NO_ORIGINAL || y == ReceiptColumns.NO_ORIGINAL) {
            return x == y;
        }
        return a.originalLine[x] == b.originalLine[y]
                && a.originalNumber[x] == b.originalNumber[y]
                && a.originalSeries[x] == b.originalSeries[y]
                && a.originalBusinessDate[x] == b.originalBusinessDate[y]
                && a.sameText(a.originalStore[x], b, b.originalStore[y])
                && a.sameText(a.originalTill[x], b, b.originalTill[y]);
    }

    /** Leaves an outcome only the lines of a range. */
    static void keepLines(OutcomeColumns out, int from, int to) {
        int kept = to - from;
        System.arraycopy(out.lineStatus, from, out.lineStatus, 0, kept);
        System.arraycopy(out.eligible, from, out.eligible, 0, kept);
        System.arraycopy(out.linePointsMicro, from, out.linePointsMicro, 0, kept);
        out.lines = kept;
        int shares = 0;
        for (int s = 0; s < out.shares; s++) {
            if (out.shareLine[s] >= from && out.shareLine[s] < to) {
                out.shareLine[shares] = out.shareLine[s] - from;
                out.shareRule[shares] = out.shareRule[s];
                out.shareMicro[shares++] = out.shareMicro[s];
            }
        }
        out.shares = shares;
    }
}
