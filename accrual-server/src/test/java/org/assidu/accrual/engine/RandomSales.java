package org.assidu.accrual.engine;

import java.util.SplittableRandom;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.TenderKind;

/** Receipts of sales only, drawn from a seed, and returns of them. */
final class RandomSales {
    private static final String[] CATEGORIES = {
        "", "a", "a/b", "a/bc", "food", "food/wine", "food/wine/red", "books", "baby/milk"
    };
    private static final String[] SKUS = {"s1", "s2", "s3", "s4"};
    private static final String[] BRANDS = {"", "acme", "other"};
    private static final String[] STORES = {"Lyon", "Lyon", "Nice"};
    private static final Channel[] CHANNELS = {Channel.STORE, Channel.WEB, Channel.PHONE};
    private static final long HOUR_MILLIS = 3_600_000L;
    private static final int HOURS = 24 * 28;

    private RandomSales() {}

    /** Sold at any hour of four weeks of February, by one of three members. */
    static ReceiptColumns receipt(SplittableRandom random, long number) {
        StringBuilder text = new StringBuilder("#" + number + " m" + (1 + random.nextInt(3)));
        text.append(" store=").append(STORES[random.nextInt(STORES.length)]);
        int lines = 1 + random.nextInt(6);
        for (int line = 0; line < lines; line++) {
            text.append(' ').append(line(random));
        }
        ReceiptColumns receipt = ReceiptText.receipt(text.toString());
        receipt.channel = CHANNELS[random.nextInt(CHANNELS.length)];
        receipt.soldAtMillis = ReceiptText.SOLD_AT - random.nextInt(HOURS) * HOUR_MILLIS;
        for (int line = 0; line < receipt.lines; line++) {
            receipt.category[line] = receipt.addText(CATEGORIES[random.nextInt(CATEGORIES.length)]);
            receipt.sku[line] = receipt.addText(SKUS[random.nextInt(SKUS.length)]);
            receipt.brand[line] = receipt.addText(BRANDS[random.nextInt(BRANDS.length)]);
        }
        if (random.nextInt(4) == 0) {
            receipt.addTender(TenderKind.GIFT_CARD, random.nextInt(3_000));
        }
        return receipt;
    }

    private static String line(SplittableRandom random) {
        String amount = random.nextInt(40) + "." + (10 + random.nextInt(90));
        String flags = new String[] {"", "", "", "", "p", "g"}[random.nextInt(6)];
        return switch (random.nextInt(8)) {
            case 0 -> (1 + random.nextInt(3)) + "x-" + amount;
            case 1 -> "0." + (100 + random.nextInt(900)) + "x" + amount + "w";
            default -> (1 + random.nextInt(5)) + "x" + amount + flags;
        };
    }

    /** An empty receipt of another till, to bring articles back. */
    static ReceiptColumns returns(long number) {
        ReceiptColumns receipt = ReceiptText.receipt("#" + number);
        receipt.till = receipt.addText("returns");
        return receipt;
    }

    /** Adds a line that brings so much of a sale's line back. */
    static void addReturn(ReceiptColumns receipt, ReceiptColumns sold, int soldLine, long thousandths) {
        int line = receipt.addLine();
        receipt.sku[line] = receipt.addText(sold, sold.sku[soldLine]);
        receipt.quantityThousandths[line] = -thousandths;
        int original = receipt.addOriginal(line);
        receipt.originalStore[original] = receipt.addText(sold, sold.store);
        receipt.originalTill[original] = receipt.addText(sold, sold.till);
        receipt.originalNumber[original] = sold.number;
        receipt.originalLine[original] = soldLine;
    }

    /** The lines of a receipt as chunks. */
    static ReceiptColumns chunk(ReceiptColumns receipt, int from, int to) {
        ReceiptColumns chunk = new ReceiptColumns();
        chunk.copyHeaderFrom(receipt);
        chunk.appendLinesFrom(receipt, from, to);
        return chunk;
    }
}
