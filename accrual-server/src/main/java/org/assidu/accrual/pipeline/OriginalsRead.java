package org.assidu.accrual.pipeline;

/** Recorded receipts read back for one item. */
final class OriginalsRead {
    void clear() {}
}
