package org.assidu.accrual.table;

import org.assidu.accrual.model.Channel;
import org.jspecify.annotations.Nullable;

/** State of one member on its way into or out of {@code members}; reused for the next. */
public final class MemberRow {
    /** {@link #firstSoldEpochDay} and {@link #lastSoldEpochDay} of a member without receipts. */
    public static final int NO_DAY = Integer.MIN_VALUE;

    public long memberKey;
    public long enrolledAtMillis;
    public Channel enrolChannel = Channel.UNSPECIFIED;
    public @Nullable String enrolStore;
    public long balanceMicro;
    public long receipts;
    public int firstSoldEpochDay = NO_DAY;
    public int lastSoldEpochDay = NO_DAY;
    /** What the member has decided about the use of their data; see {@link Decisions}. */
    public int decisions;
    /** Ids of the bonuses that leave this member out as control group, with commas; null when none does. */
    public @Nullable String controlOf;
    /** From 1; 0 = none. */
    public int tierLevel;
    /** Null for none. */
    public @Nullable String tierId;
    /** Re-keyed member that this one became part of; 0 = none. */
    public long mergedInto;
    /** Journal position of the state. */
    public long position;
}
