package org.assidu.accrual.table;

import org.apache.parquet.io.api.Binary;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;

/** {@code ledger}: one row per movement of a purse. */
final class LedgerTable extends Table<LedgerRow> {
    /** Store to business date: what names a receipt. */
    private static final int IDENTITY_COLUMNS = 5;

    private static final Binary[] KIND = names(MovementKind.values());

    LedgerTable() {
        super(
                "ledger",
                "posted_month",
                new SchemaBuilder()
                        .int64("position")
                        .int32("movement")
                        .int64("member_key")
                        .text("purse_id", "kind")
                        .int64("points_micro")
                        .text("rule_id")
                        .int32("programme_version")
                        .timestamp("sold_at", "posted_at")
                        .nullable()
                        .text("store", "till")
                        .nullable()
                        .int32("series")
                        .nullable()
                        .int64("number")
                        .nullable()
                        .date("business_date")
                        .nullable()
                        .text("currency", "operation")
                        .nullable()
                        .date("lot_expires_on")
                        .nullable()
                        .int32("lot_cohort_month")
                        .nullable()
                        .text("author", "reason"));
    }

    @Override
    void write(LedgerRow row, RowWriter out) {
        ReceiptColumns r = row.receipt.receipt;
        OutcomeColumns o = row.receipt.outcome;
        int movement = row.movement;
        out.int64(row.receipt.position);
        out.int32(movement + 1);
        out.int64(row.memberKey);
        out.text(row.purseId);
        out.text(KIND[o.movementKind[movement].ordinal()]);
        out.int64(o.movementMicro[movement]);
        out.text(row.ruleId);
        out.int32(o.movementVersion[movement]);
        out.timestamp(r.soldAtMillis);
        out.timestamp(row.postedAtMillis());
        boolean receipt = row.operation.isEmpty();
        if (receipt || row.identified) {
            ReceiptCells.writeIdentity(r, out);
        } else {
            for (int column = 0; column < IDENTITY_COLUMNS; column++) {
                out.absent();
            }
        }
        if (receipt) {
            out.text(ReceiptColumns.currencyCode(r.currency));
            out.absent();
        } else {
            out.absent();
            out.text(row.operation);
        }
        writeLot(o.movementLot[movement], out);
        out.nullableText(row.author.isEmpty() ? null : row.author);
        out.nullableText(row.reason.isEmpty() ? null : row.reason);
    }

    private static void writeLot(long lot, RowWriter out) {
        if (lot == LotKey.NONE || LotKey.expiryDay(lot) == LotKey.NEVER) {
            out.absent();
        } else {
            out.int32(LotKey.expiryDay(lot));
        }
        if (lot == LotKey.NONE) {
            out.absent();
        } else {
            int month = LotKey.cohortMonth(lot);
            out.int32((1970 + month / 12) * 100 + month % 12 + 1);
        }
    }
}
