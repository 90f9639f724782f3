package org.assidu.accrual.table;

import org.apache.parquet.io.api.Binary;
import org.assidu.accrual.model.EventKind;

/** {@code events}: one row per engagement event. */
final class EventsTable extends Table<EventRow> {
    /** Till to business date: what only a receipt has. */
    private static final int RECEIPT_COLUMNS = 4;

    private static final Binary[] KIND = names(EventKind.values());

    EventsTable() {
        super(
                "events",
                "posted_month",
                new SchemaBuilder()
                        .int64("position")
                        .int32("event")
                        .text("kind")
                        .nullable()
                        .int64("member_key")
                        .int32("programme_version")
                        .text("rule_id")
                        .int64("value")
                        .timestamp("happened_at", "posted_at")
                        .bool("historical")
                        .text("cause")
                        .nullable()
                        .text("store", "till")
                        .nullable()
                        .int32("series")
                        .nullable()
                        .int64("number")
                        .nullable()
                        .date("business_date")
                        .nullable()
                        .text("purse_id")
                        .nullable()
                        .date("about_date")
                        .nullable()
                        .int32("score")
                        .nullable()
                        .text("subject"));
    }

    @Override
    void write(EventRow row, RowWriter out) {
        boolean ofReceipt = row.cause.equals(EventRow.RECEIPT);
        out.int64(row.record.position);
        out.int32(row.index);
        out.text(KIND[row.kind.ordinal()]);
        out.keyOrNull(row.memberKey);
        out.int32(row.programmeVersion);
        out.text(row.ruleId);
        out.int64(row.value);
        out.timestamp(row.receipt().soldAtMillis);
        out.timestamp(row.postedAtMillis());
        out.bool(row.receipt().historical);
        out.text(row.cause);
        if (ofReceipt) {
            ReceiptCells.writeIdentity(row.receipt(), out);
        } else {
            out.nullableText(row.store.isEmpty() ? null : row.store);
            for (int column = 0; column < RECEIPT_COLUMNS; column++) {
                out.absent();
            }
        }
        writePurse(row, out);
        if (row.isAnswer()) {
            out.int32((int) row.value);
        } else {
            out.absent();
        }
        out.nullableText(row.subject.isEmpty() ? null : row.subject);
    }

    private static void writePurse(EventRow row, RowWriter out) {
        if (row.purseId.isEmpty()) {
            out.absent();
        } else {
            out.text(row.purseId);
        }
        if (row.epochDay == 0) {
            out.absent();
        } else {
            out.int32(row.epochDay);
        }
    }
}
