package org.assidu.accrual.pipeline;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;

/**
 * Positions of receipts that moved the purse of somebody else than their own member: someone brings back what another one
 * bought. They are not in that member's chain of records, so statements look here too. Rare, hence plain objects; derived
 * data, rebuilt at every start. For the accrual thread.
 */
final class ForeignMovements {
    private static final long[] NONE = {};

    private final Map<Long, long[]> positions = new HashMap<>();

    void note(ReceiptColumns receipt, OutcomeColumns outcome, long position) {
        long chainMember = AccrualEngine.chainMember(receipt, outcome);
        for (int m = 0; m < outcome.movements; m++) {
            long member = outcome.movementMember[m];
            if (member != chainMember) {
                long[] before = positions.getOrDefault(member, NONE);
                if (before.length == 0 || before[before.length - 1] != position) {
                    long[] after = Arrays.copyOf(before, before.length + 1);
                    after[before.length] = position;
                    positions.put(member, after);
                }
            }
        }
    }

    /** Ascending; not to be changed. */
    long[] of(long memberKey) {
        return positions.getOrDefault(memberKey, NONE);
    }
}
