package org.assidu.accrual.agreement;

import java.time.LocalDate;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.reference.Receipt;
import org.jspecify.annotations.Nullable;

/** Receipts in the form that the engine takes. */
final class Columns {
    private Columns() {}

    static ReceiptColumns of(Receipt receipt) {
        ReceiptColumns columns = new ReceiptColumns();
        columns.store = columns.addText(receipt.identity().store());
        columns.till = columns.addText(receipt.identity().till());
        columns.number = receipt.identity().number();
        columns.businessDate = date(receipt.businessDate());
        columns.soldAtMillis = receipt.soldAtMillis();
        columns.memberKey = receipt.memberKey();
        columns.memberFact = receipt.fact();
        columns.channel = receipt.channel();
        columns.currency = ReceiptColumns.packCurrency(receipt.currency());
        columns.phase = receipt.phase();
        columns.chunk = receipt.chunk();
        columns.declaredLines = receipt.declaredLines();
        columns.totalPresent = receipt.declaredTotalMinor() != null;
        columns.declaredTotalMinor = receipt.declaredTotalMinor() == null ? 0 : receipt.declaredTotalMinor();
        columns.historical = receipt.historical();
        receipt.lines().forEach(line -> add(columns, line));
        receipt.tenders().forEach(tender -> columns.addTender(tender.kind(), tender.minor()));
        receipt.uses()
                .forEach(use -> columns.addUsedReward(columns.addText(use.reward()), use.count(), use.discountMinor()));
        return columns;
    }

    private static void add(ReceiptColumns columns, Receipt.Line of) {
        int line = columns.addLine();
        columns.sku[line] = columns.addText(of.sku());
        columns.category[line] = columns.addText(of.category());
        columns.brand[line] = columns.addText(of.brand());
        columns.quantityThousandths[line] = of.thousandths();
        columns.amountMinor[line] = of.amountMinor();
        columns.vatRateHundredths[line] = of.vatHundredths();
        columns.flags[line] = (byte) ((of.promoted() ? ReceiptColumns.PROMOTED : 0)
                | (of.weighed() ? ReceiptColumns.WEIGHED : 0)
                | (of.giftCard() ? ReceiptColumns.GIFT_CARD_SALE : 0));
        Receipt.Original original = of.original();
        if (original != null) {
            int at = columns.addOriginal(line);
            columns.originalStore[at] = columns.addText(original.identity().store());
            columns.originalTill[at] = columns.addText(original.identity().till());
            columns.originalNumber[at] = original.identity().number();
            columns.originalBusinessDate[at] = date(original.businessDate());
            columns.originalLine[at] = original.line();
        }
    }

    private static int date(@Nullable LocalDate date) {
        return date == null ? 0 : date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    }
}
