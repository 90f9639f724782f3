package org.assidu.accrual.export;

import java.time.LocalDate;
import java.time.ZoneId;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;

/** When time took what {@link org.assidu.accrual.model.OutcomeColumns#isLapse} names: the export tells it so, whatever record holds it. */
final class LapsedLot {
    /** A settlement so much later than its day was decided while history came in. */
    private static final long HISTORY_MILLIS = 48 * 3_600_000L;

    private LapsedLot() {}

    /** Whether an operation was decided by the time of sales that are long over. */
    static boolean isHistorical(Operation operation, long recordMillis) {
        return operation.kind() == OperationKind.SETTLE && recordMillis - operation.atMillis() > HISTORY_MILLIS;
    }

    /** Start of the day after a lot's last one. */
    static long endMillis(long lot, ZoneId zone) {
        return LocalDate.ofEpochDay(LotKey.expiryDay(lot) + 1L)
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli();
    }
}
