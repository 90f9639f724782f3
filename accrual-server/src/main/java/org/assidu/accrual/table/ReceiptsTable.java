package org.assidu.accrual.table;

import org.apache.parquet.io.api.Binary;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.TenderKind;

/** {@code receipts}: one row per recorded receipt. */
final class ReceiptsTable extends Table<ReceiptRow> {
    private static final int POINTS_PURSE = 0;
    private static final Binary[] TENDER = names(TenderKind.values());

    ReceiptsTable() {
        super("receipts", "sold_month", columns());
    }

    private static SchemaBuilder columns() {
        return ReceiptCells.soldWithOffsetAndReceived(ReceiptCells.identity(new SchemaBuilder().int64("position")))
                .int32("programme_version")
                .nullable()
                .text("cashier")
                .int32("lines", "return_lines")
                .int64("total_minor", "discount_minor", "points_micro")
                .structs("tenders", new SchemaBuilder().text("kind").int64("amount_minor"))
                .structs(
                        "used_rewards",
                        new SchemaBuilder().text("reward_id").int32("count").int64("discount_minor"));
    }

    @Override
    void write(ReceiptRow row, RowWriter out) {
        ReceiptColumns r = row.receipt;
        out.int64(row.position);
        ReceiptCells.writeIdentity(r, out);
        ReceiptCells.writeSoldAndReceived(row, true, out);
        out.int32(row.outcome.programmeVersion);
        out.textOrNull(r, r.cashier);
        writeSums(r, out);
        out.int64(pointsMicro(row.outcome));
        out.beginList(r.tenders);
        for (int t = 0; t < r.tenders; t++) {
            out.beginElement();
            out.text(TENDER[r.tenderKind[t].ordinal()]);
            out.int64(r.tenderMinor[t]);
            out.endElement();
        }
        out.endList(r.tenders);
        out.beginList(r.usedRewards);
        for (int u = 0; u < r.usedRewards; u++) {
            out.beginElement();
            out.text(r, r.usedReward[u]);
            out.int32(r.usedRewardCount[u]);
            out.int64(r.usedRewardDiscountMinor[u]);
            out.endElement();
        }
        out.endList(r.usedRewards);
    }

    private static void writeSums(ReceiptColumns r, RowWriter out) {
        int returnLines = 0;
        long totalMinor = 0;
        long discountMinor = 0;
        for (int line = 0; line < r.lines; line++) {
            returnLines += r.isReturn(line) ? 1 : 0;
            totalMinor += r.amountMinor[line];
            discountMinor += r.discountMinor[line];
        }
        out.int32(r.lines);
        out.int32(returnLines);
        out.int64(totalMinor);
        out.int64(discountMinor);
    }

    private static long pointsMicro(OutcomeColumns o) {
        long sum = 0;
        for (int m = 0; m < o.movements; m++) {
            sum += o.movementPurse[m] == POINTS_PURSE ? o.movementMicro[m] : 0;
        }
        return sum;
    }
}
