package org.assidu.accrual.pipeline;

import java.util.List;

/**
 * Receipts of a member, newest first, with all their lines.
 *
 * @param nextBeforePosition give this to read on; 0 = that was all
 */
public record ReceiptPage(List<Explanation> receipts, long nextBeforePosition) {}
