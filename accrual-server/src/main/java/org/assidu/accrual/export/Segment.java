package org.assidu.accrual.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.assidu.accrual.table.EventRow;
import org.assidu.accrual.table.LedgerRow;
import org.assidu.accrual.table.PartitionedFiles;
import org.assidu.accrual.table.ReceiptRow;
import org.assidu.accrual.table.SegmentNames;
import org.assidu.accrual.table.Tables;

/** The rows of one range of journal positions; nothing of it has its name before {@link #publish}. */
final class Segment implements Closeable {
    private final long first;
    private final PartitionedFiles<ReceiptRow> saleLines;
    private final PartitionedFiles<ReceiptRow> receipts;
    private final PartitionedFiles<LedgerRow> ledger;
    private final PartitionedFiles<EventRow> events;

    Segment(long first, Path exportFolder) {
        this.first = first;
        String temporaryName = Long.toString(first);
        saleLines = new PartitionedFiles<>(Tables.SALE_LINES, exportFolder, temporaryName);
        receipts = new PartitionedFiles<>(Tables.RECEIPTS, exportFolder, temporaryName);
        ledger = new PartitionedFiles<>(Tables.LEDGER, exportFolder, temporaryName);
        events = new PartitionedFiles<>(Tables.EVENTS, exportFolder, temporaryName);
    }

    /** Adds a recorded receipt and its lines. */
    void receipt(ReceiptRow row) throws IOException {
        receipts.write(row.soldMonth(), row);
        for (int line = 0; line < row.receipt.lines; line++) {
            row.line = line;
            saleLines.write(row.soldMonth(), row);
        }
    }

    void movement(LedgerRow row) throws IOException {
        ledger.write(row.postedMonth(), row);
    }

    void event(EventRow row) throws IOException {
        events.write(row.postedMonth(), row);
    }

    /** Whether the record at {@code position} has to be its last. */
    boolean full(long position, ExportConfig config) {
        return position - first + 1 >= config.segmentRecords()
                || saleLines.rows() >= config.segmentLines()
                || Math.max(Math.max(receipts.partitions(), ledger.partitions()), events.partitions())
                        >= config.segmentMonths();
    }

    long saleLines() {
        return saleLines.rows();
    }

    long receipts() {
        return receipts.rows();
    }

    long movements() {
        return ledger.rows();
    }

    /** Writes and forces all files, then gives them their names. */
    void publish(long last) throws IOException {
        saleLines.finish();
        receipts.finish();
        ledger.finish();
        events.finish();
        String name = SegmentNames.segment(first, last);
        saleLines.publish(name);
        receipts.publish(name);
        ledger.publish(name);
        events.publish(name);
    }

    @Override
    public void close() throws IOException {
        try (saleLines;
                receipts;
                ledger;
                events) {
            // Closing them is all there is to do; each is closed even when another fails.
        }
    }
}
