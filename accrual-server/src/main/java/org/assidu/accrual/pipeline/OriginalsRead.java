package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.replay.RecordedReceipts;
import org.jspecify.annotations.Nullable;

/** Recorded receipts that the lookup stage has read for one item. */
final class OriginalsRead {
    /** More columns than this are let go when the item is cleared. */
    private static final int RETAINED = 16;

    private final List<RecordedReceipt> receipts = new ArrayList<>();
    private final List<ReceiptColumns> freeReceipts = new ArrayList<>();
    private final List<OutcomeColumns> freeOutcomes = new ArrayList<>();
    private long[] hashes = new long[4];
    private int next;

    void clear() {
        if (receipts.isEmpty()) {
            return;
        }
        for (RecordedReceipt read : receipts) {
            boolean large = read.receipt().sku.length > SalesItem.RETAINED_LINES;
            if (!large && freeReceipts.size() < RETAINED) {
                freeReceipts.add(read.receipt());
                freeOutcomes.add(read.outcome());
            }
        }
        receipts.clear();
        next = 0;
    }

    /** Reads a receipt unless it was read or is not readable yet. */
    void fetch(RecordedReceipts journal, ReceiptColumns of, int original, long hash, long upTo) {
        if (find(of, original, hash) != null) {
            return;
        }
        ReceiptColumns receipt =
                freeReceipts.isEmpty() ? new ReceiptColumns() : freeReceipts.remove(freeReceipts.size() - 1);
        OutcomeColumns outcome =
                freeOutcomes.isEmpty() ? new OutcomeColumns() : freeOutcomes.remove(freeOutcomes.size() - 1);
        long position = journal.find(of, original, hash, upTo, receipt, outcome);
        if (position == 0) {
            freeReceipts.add(receipt);
            freeOutcomes.add(outcome);
            return;
        }
        int at = receipts.size();
        if (at == hashes.length) {
            hashes = Arrays.copyOf(hashes, at * 2);
        }
        hashes[at] = hash;
        receipts.add(new RecordedReceipt(receipt, outcome, position, journal.timeMillis()));
    }

    /** A receipt read before; searched from the last one found, since decisions ask in the order of reading. */
    @Nullable
    RecordedReceipt find(ReceiptColumns of, int original, long hash) {
        int count = receipts.size();
        for (int step = 0; step < count; step++) {
            int at = next + step < count ? next + step : next + step - count;
            if (hashes[at] == hash
                    && RecordedReceipts.isNamed(of, original, receipts.get(at).receipt())) {
                next = at;
                return receipts.get(at);
            }
        }
        return null;
    }
}
