package org.assidu.accrual.engine;

import java.util.SplittableRandom;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.TenderKind;

/** Receipts drawn from a seed. */
final class RandomReceipts {
    private static final String[] CATEGORIES = {"", "a", "a/b", "a/bc", "food", "food/wine"};

    private RandomReceipts() {}

    /**
     * Sales, corrections and returns with and without original.
     *
     * @param original number of the receipt that linked returns name; its line 2 is four articles
     */
    static ReceiptColumns receipt(SplittableRandom random, long number, long original, String members) {
        StringBuilder text = new StringBuilder("#" + number);
        if (random.nextInt(8) > 0) {
            text.append(" m").append(members.charAt(random.nextInt(members.length())));
        }
        int lines = 1 + random.nextInt(6);
        for (int line = 0; line < lines; line++) {
            text.append(' ').append(line(random, original));
        }
        if (random.nextInt(5) == 0) {
            text.append(" uses=ten-percent");
        }
        ReceiptColumns receipt = ReceiptText.receipt(text.toString());
        for (int line = 0; line < receipt.lines; line++) {
            receipt.category[line] = receipt.addText(CATEGORIES[random.nextInt(CATEGORIES.length)]);
        }
        if (random.nextInt(3) == 0) {
            receipt.addTender(TenderKind.GIFT_CARD, random.nextInt(3_000));
        }
        return receipt;
    }

    private static String line(SplittableRandom random, long original) {
        String amount = random.nextInt(60) + "." + (10 + random.nextInt(90));
        String flags = new String[] {"", "", "", "p", "g", "w"}[random.nextInt(6)];
        String vat = new String[] {"", "%20", "%5.5"}[random.nextInt(3)];
        return switch (random.nextInt(9)) {
            case 0 -> (1 + random.nextInt(3)) + "x-" + amount + vat;
            case 1 -> "-" + (1 + random.nextInt(3)) + "x-" + amount + flags + vat;
            case 2 -> "-" + (1 + random.nextInt(3)) + "x-" + amount + "<" + original + ":" + (1 + random.nextInt(3));
            case 3 -> "0." + (100 + random.nextInt(900)) + "x" + amount + "w" + vat;
            default -> (1 + random.nextInt(4)) + "x" + amount + flags + vat;
        };
    }

    /** Lines {@code from} to {@code to - 1} of a receipt under the same header. */
    static ReceiptColumns slice(ReceiptColumns receipt, int from, int to) {
        ReceiptColumns part = new ReceiptColumns();
        part.copyHeaderFrom(receipt);
        for (int at = from; at < to; at++) {
            int line = part.addLine();
            part.sku[line] = part.addText(receipt, receipt.sku[at]);
            part.category[line] = part.addText(receipt, receipt.category[at]);
            part.quantityThousandths[line] = receipt.quantityThousandths[at];
            part.amountMinor[line] = receipt.amountMinor[at];
            part.vatRateHundredths[line] = receipt.vatRateHundredths[at];
            part.flags[line] = receipt.flags[at];
            int source = receipt.originalOfLine[at];
            if (source != ReceiptColumns.NO_ORIGINAL) {
                int original = part.addOriginal(line);
                part.originalStore[original] = part.addText(receipt, receipt.originalStore[source]);
                part.originalTill[original] = part.addText(receipt, receipt.originalTill[source]);
                part.originalNumber[original] = receipt.originalNumber[source];
                part.originalLine[original] = receipt.originalLine[source];
            }
        }
        return part;
    }
}
