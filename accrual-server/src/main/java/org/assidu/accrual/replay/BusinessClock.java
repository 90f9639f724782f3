package org.assidu.accrual.replay;

import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;

/**
 * The time up to which a server lets days pass when it takes a record: journal time, and the time of sale while history is what
 * comes in. It never goes back, so that "the end of a day" is one place in the journal.
 */
final class BusinessClock {
    /** While the newest sale is older than this and historical, history is being brought in. */
    private static final long HISTORY_MILLIS = 48 * 3_600_000L;

    private long millis;
    private boolean historical;
    /** Of the newest closed receipt; 0 before the first. */
    private long newestSoldMillis;

    void receipt(RecordType type, ReceiptColumns receipt, long timeMillis) {
        advance(receipt.historical ? Math.min(receipt.soldAtMillis, timeMillis) : timeMillis);
        if (type == RecordType.RECEIPT) {
            historical = receipt.historical;
            newestSoldMillis = receipt.soldAtMillis;
        }
    }

    void operation(Operation operation, long timeMillis) {
        if (operation.kind() == OperationKind.TICK) {
            advance(operation.atMillis());
        } else {
            other(timeMillis);
        }
    }

    /** A record that brings no time of its own. */
    void other(long timeMillis) {
        boolean history = historical && newestSoldMillis < timeMillis - HISTORY_MILLIS;
        if (newestSoldMillis != 0 && !history) {
            advance(timeMillis);
        }
    }

    private void advance(long to) {
        millis = Math.max(millis, to);
    }

    /** 0 before the first record that says. */
    long millis() {
        return millis;
    }
}
