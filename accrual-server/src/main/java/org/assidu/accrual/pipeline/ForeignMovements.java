package org.assidu.accrual.pipeline;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;

/**
 * Positions of records that moved the purse of somebody else than their own member: someone brings back what another one
 * bought, or two memberships become one. They are not in that member's chain of records, so statements look here too. Rare, hence plain objects; derived
 * data, which a snapshot keeps. For the accrual thread.
 */
final class ForeignMovements {
    private static final long[] NONE = {};

    private final Map<Long, long[]> positions = new HashMap<>();

    /** @param chainMember whose chain the record joins */
    void note(long chainMember, OutcomeColumns outcome, long position) {
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

    void write(StateSink sink) {
        sink.begin("foreign-movements");
        sink.putInt(positions.size());
        new TreeMap<>(positions).forEach((member, of) -> {
            sink.putLong(member);
            sink.putArray(of, of.length);
        });
    }

    void read(StateSource source) {
        source.begin("foreign-movements");
        for (int left = source.takeCount(); left > 0; left--) {
            positions.put(source.takeLong(), source.takeLongArray());
        }
    }
}
