package org.assidu.accrual.table;

import org.apache.parquet.io.api.Binary;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;

/** {@code sale_lines}: one row per line of every recorded receipt. */
final class SaleLinesTable extends Table<ReceiptRow> {
    private static final Binary[] LINE_STATUS = names(LineStatus.values());

    SaleLinesTable() {
        super("sale_lines", "sold_month", columns());
    }

    private static SchemaBuilder columns() {
        return ReceiptCells.soldAndReceived(ReceiptCells.identity(
                        new SchemaBuilder().int64("position").int32("line")))
                .text("sku")
                .nullable()
                .text("category", "brand")
                .int64("quantity_thousandths", "amount_minor", "discount_minor")
                .int32("vat_rate_hundredths")
                .bool("promoted", "weighed", "gift_card_sale", "is_return")
                .nullable()
                .text("original_store", "original_till")
                .nullable()
                .int32("original_series")
                .nullable()
                .int64("original_number")
                .nullable()
                .int32("original_line")
                .int64("eligible_minor", "points_micro")
                .text("line_status")
                .int32("programme_version");
    }

    @Override
    void write(ReceiptRow row, RowWriter out) {
        ReceiptColumns r = row.receipt;
        OutcomeColumns o = row.outcome;
        int line = row.line;
        out.int64(row.position);
        out.int32(line + 1);
        ReceiptCells.writeIdentity(r, out);
        ReceiptCells.writeSoldAndReceived(row, false, out);
        out.text(r, r.sku[line]);
        out.textOrNull(r, r.category[line]);
        out.textOrNull(r, r.brand[line]);
        out.int64(r.quantityThousandths[line]);
        out.int64(r.amountMinor[line]);
        out.int64(r.discountMinor[line]);
        out.int32(r.vatRateHundredths[line]);
        out.bool(r.promoted(line));
        out.bool(r.weighed(line));
        out.bool(r.giftCardSale(line));
        out.bool(r.isReturn(line));
        writeOriginal(r, r.originalOfLine[line], out);
        out.int64(o.eligible[line]);
        out.int64(o.linePointsMicro[line]);
        out.text(LINE_STATUS[o.lineStatus[line].ordinal()]);
        out.int32(o.programmeVersion);
    }

    private static void writeOriginal(ReceiptColumns r, int original, RowWriter out) {
        if (original == ReceiptColumns.NO_ORIGINAL) {
            for (int absent = 0; absent < 5; absent++) {
                out.absent();
            }
            return;
        }
        out.text(r, r.originalStore[original]);
        out.text(r, r.originalTill[original]);
        out.int32(r.originalSeries[original]);
        out.int64(r.originalNumber[original]);
        out.int32(r.originalLine[original] + 1);
    }
}
