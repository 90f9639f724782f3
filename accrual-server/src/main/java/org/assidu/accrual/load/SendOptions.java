package org.assidu.accrual.load;

import java.time.Duration;

/**
 * How a {@link SalesSender} uses its stream.
 *
 * @param receiptsPerMessage receipts in one message, 1 to 1,000
 * @param outstandingReceipts receipts sent and not yet answered, at most
 * @param reconnectFor how long a cut stream is opened again before giving up
 */
public record SendOptions(int receiptsPerMessage, int outstandingReceipts, Duration reconnectFor) {
    /** A message is closed when it reaches this size, well below the server's limit of 1 MiB. */
    static final int MESSAGE_BYTES = 256 * 1024;

    public static SendOptions defaults() {
        return new SendOptions(64, 2_048, Duration.ofSeconds(20));
    }
}
