package org.assidu.accrual.load;

import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.ReceiptStatus;

/**
 * What a {@link SalesSender} sent and was told.
 *
 * @param receipts receipts answered
 * @param lines lines of those receipts
 * @param statuses answers by status, without those at zero
 * @param pointsMicro sum of the points answered, micropoints; repeats count zero
 * @param seconds from the first message to the last answer
 * @param latencyMicros time from sending a receipt's message to its answer, microseconds
 * @param lastIdentified the newest receipt that earned points
 * @param firstRefusal the first receipt that was not recorded, with the server's words
 */
public record SendSummary(
        long receipts,
        long lines,
        Map<ReceiptStatus, Long> statuses,
        long pointsMicro,
        double seconds,
        Histogram latencyMicros,
        Optional<Earned> lastIdentified,
        Optional<String> firstRefusal) {

    /** A receipt that earned points, for a person to look at. */
    public record Earned(ReceiptIdentity receipt, long memberKey, long pointsMicro) {}

    /** Receipts that were answered and not recorded. */
    public long refused() {
        return statuses.entrySet().stream()
                .filter(entry -> entry.getKey().getNumber() >= ReceiptStatus.RECEIPT_STATUS_RECEIPT_CONFLICT_VALUE)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public double linesPerSecond() {
        return seconds <= 0 ? 0 : lines / seconds;
    }
}
