package org.assidu.accrual.table;

import org.apache.parquet.io.api.Binary;
import org.assidu.accrual.model.Channel;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptStatus;

/** Columns that {@code sale_lines} and {@code receipts} have in common. */
final class ReceiptCells {
    private static final Binary[] CHANNEL = Table.names(Channel.values());
    private static final Binary[] STATUS = Table.names(ReceiptStatus.values());

    private ReceiptCells() {}

    static SchemaBuilder identity(SchemaBuilder columns) {
        return columns.text("store", "till")
                .int32("series")
                .int64("number")
                .nullable()
                .date("business_date");
    }

    static void writeIdentity(ReceiptColumns r, RowWriter out) {
        out.text(r, r.store);
        out.text(r, r.till);
        out.int32(r.series);
        out.int64(r.number);
        out.date(r.businessDate);
    }

    static SchemaBuilder soldAndReceived(SchemaBuilder columns) {
        return receivedAndStatus(columns.timestamp("sold_at").date("sold_date").int32("sold_hour"));
    }

    static SchemaBuilder soldWithOffsetAndReceived(SchemaBuilder columns) {
        return receivedAndStatus(
                columns.timestamp("sold_at").date("sold_date").int32("sold_hour", "utc_offset_minutes"));
    }

    private static SchemaBuilder receivedAndStatus(SchemaBuilder columns) {
        return columns.timestamp("received_at")
                .bool("historical")
                .nullable()
                .int64("member_key")
                .text("currency", "channel", "status");
    }

    static void writeSoldAndReceived(ReceiptRow row, boolean withOffset, RowWriter out) {
        ReceiptColumns r = row.receipt;
        out.timestamp(r.soldAtMillis);
        out.int32(row.soldEpochDay());
        out.int32(row.soldHour());
        if (withOffset) {
            out.int32(r.utcOffsetMinutes);
        }
        out.timestamp(row.receivedAtMillis);
        out.bool(r.historical);
        out.keyOrNull(row.memberKey);
        out.text(ReceiptColumns.currencyCode(r.currency));
        out.text(CHANNEL[r.channel.ordinal()]);
        out.text(STATUS[row.outcome.status.ordinal()]);
    }
}
