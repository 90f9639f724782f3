package org.assidu.accrual.replay;

import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordType;
import org.jspecify.annotations.Nullable;

/** Counts the receipts of a stretch, and which of them other rules decide otherwise. */
final class ReceiptFacts {
    long receipts;
    long otherwise;
    long withRewards;
    long discountMinor;
    final AverageReceipt average = new AverageReceipt();

    /** @param other null when the other rules would not have recorded it */
    void add(RecordType type, ReceiptColumns receipt, OutcomeColumns outcome, @Nullable OutcomeColumns other) {
        if (type != RecordType.RECEIPT) {
            return;
        }
        receipts++;
        if (other == null || isOtherwise(outcome, other)) {
            otherwise++;
        }
        if (receipt.usedRewards > 0) {
            withRewards++;
            for (int used = 0; used < receipt.usedRewards; used++) {
                discountMinor += receipt.usedRewardDiscountMinor[used];
            }
        }
        average.add(receipt);
    }

    private static boolean isOtherwise(OutcomeColumns outcome, OutcomeColumns other) {
        return outcome.pointsMicro != other.pointsMicro
                || outcome.status != other.status
                || moneyMicro(outcome) != moneyMicro(other);
    }

    private static long moneyMicro(OutcomeColumns outcome) {
        long sum = 0;
        for (int m = 0; m < outcome.movements; m++) {
            boolean byTime = outcome.movementKind[m] == MovementKind.EXPIRED;
            sum += outcome.movementPurse[m] == 0 || byTime ? 0 : outcome.movementMicro[m];
        }
        return sum;
    }
}
