package org.assidu.accrual.programme;

import java.util.Arrays;
import org.assidu.accrual.model.ReceiptColumns;

/** Comparisons of compiled texts with texts in a receipt's arena; they allocate nothing. */
final class Texts {
    private Texts() {}

    static boolean same(ReceiptColumns receipt, int reference, byte[] expected) {
        int from = ReceiptColumns.textOffset(reference);
        return Arrays.equals(
                receipt.text, from, from + ReceiptColumns.textLength(reference), expected, 0, expected.length);
    }

    /** Whether a category path is {@code ancestor} or below it: "a/b" is below "a", "ab" is not. */
    static boolean within(ReceiptColumns receipt, int reference, byte[] ancestor) {
        int length = ReceiptColumns.textLength(reference);
        if (length < ancestor.length) {
            return false;
        }
        int from = ReceiptColumns.textOffset(reference);
        if (!Arrays.equals(receipt.text, from, from + ancestor.length, ancestor, 0, ancestor.length)) {
            return false;
        }
        return length == ancestor.length || receipt.text[from + ancestor.length] == '/';
    }
}
