package org.assidu.accrual.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptResult;
import org.assidu.proto.v1.ReceiptStatus;
import org.jspecify.annotations.Nullable;

/** Counts what a server answered to a {@link SalesSender}, whose lock guards it. */
final class SendTally {
    private final Map<ReceiptStatus, Long> statuses = new EnumMap<>(ReceiptStatus.class);
    private final Histogram latencyMicros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    private long receipts;
    private long lines;
    private long pointsMicro;
    private long lastAnswerNanos;
    private SendSummary.@Nullable Earned lastIdentified;
    private @Nullable String firstRefusal;

    long receipts() {
        return receipts;
    }

    long lines() {
        return lines;
    }

    /** Whether a receipt was answered but not recorded. */
    static boolean isRefusal(ReceiptResult result) {
        return result.getStatus().getNumber() >= ReceiptStatus.RECEIPT_STATUS_RECEIPT_CONFLICT_VALUE;
    }

    void add(Receipt receipt, ReceiptResult result, long latencyNanos) {
        latencyMicros.recordValue(Math.min(
                latencyMicros.getHighestTrackableValue(), TimeUnit.NANOSECONDS.toMicros(Math.max(0, latencyNanos))));
        statuses.merge(result.getStatus(), 1L, Long::sum);
        receipts++;
        lines += receipt.getLinesCount();
        if (result.getStatus() != ReceiptStatus.RECEIPT_STATUS_ALREADY_ACCRUED) {
            pointsMicro += result.getPointsMicro();
        }
        if (result.getPointsMicro() > 0 && result.getMemberKey() != 0) {
            lastIdentified =
                    new SendSummary.Earned(receipt.getIdentity(), result.getMemberKey(), result.getPointsMicro());
        }
        if (isRefusal(result) && firstRefusal == null) {
            firstRefusal =
                    SalesSender.describe(receipt.getIdentity()) + ": " + result.getStatus() + " " + result.getDetail();
        }
    }

    void answeredAt(long nanos) {
        lastAnswerNanos = nanos;
    }

    /** @param firstSendNanos when the first message was sent */
    SendSummary summary(long firstSendNanos) {
        return new SendSummary(
                receipts,
                lines,
                Map.copyOf(statuses),
                pointsMicro,
                Math.max(0, (lastAnswerNanos - firstSendNanos) / 1e9),
                latencyMicros.copy(),
                Optional.ofNullable(lastIdentified),
                Optional.ofNullable(firstRefusal));
    }
}
