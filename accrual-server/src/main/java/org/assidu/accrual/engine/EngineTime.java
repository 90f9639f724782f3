package org.assidu.accrual.engine;

import org.assidu.accrual.model.Operation;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/**
 * What the passing of days asks for: the next day's tick, and then the members with something due. Reads only; what it names is
 * decided, journalled and applied like any other operation.
 */
public final class EngineTime {
    private final MemberPages members;
    private final Programmes programmes;
    private final Settlement settlement;
    private final Draft draft;
    private final Ticks ticks;
    private final Sweep sweep;

    EngineTime(
            MemberPages members, Programmes programmes, Settlement settlement, Draft draft, Ticks ticks, Sweep sweep) {
        this.members = members;
        this.programmes = programmes;
        this.settlement = settlement;
        this.draft = draft;
        this.ticks = ticks;
        this.sweep = sweep;
    }

    /** Day of the newest tick, since 1970-01-01; 0 before the first and while time changes nothing. */
    public int day() {
        return settlement.day();
    }

    /**
     * When the next day begins: from then on {@link #nextTick} is to be decided, journalled and applied before anything else.
     * {@link Long#MAX_VALUE} while time changes nothing.
     */
    public long nextTickMillis() {
        return ticks.nextMillis();
    }

    /** Start of a day, in the zone of the programme in force on it. @throws IllegalStateException before the first one */
    public long startOfDayMillis(int day) {
        Programme programme = programmes.ofVersion(programmes.size() == 0 ? 0 : programmes.versionOn(day));
        if (programme == null) {
            throw new IllegalStateException("no programme is published, so that day " + day + " has no time zone");
        }
        return programme.startOfDayMillis(day);
    }

    /** The tick of the next day, or of the day of the given time when it is the first; null while time changes nothing. */
    public @Nullable Operation nextTick(long atMillis) {
        return ticks.next(atMillis);
    }

    /** Whether members may have something due on the day of the newest tick. */
    public boolean isSweepPending() {
        return sweep.isPending();
    }

    /**
     * A member with something due, as the operation that settles it.
     *
     * @param mostRows members to look at in this call
     * @return null when none was found: {@link #isSweepPending} says whether to go on
     */
    public @Nullable Operation nextSettle(int mostRows) {
        int row = sweep.next(mostRows);
        return row == MemberPages.NONE ? null : ticks.settle(members.key(row));
    }

    /**
     * A member that had something due when the last decision was made. Its outcome does that too, but a journal in which each
     * member is settled by operations alone, day by day, is the same whenever sweeps run: {@link #settleOf} it until nothing
     * is due, then decide again.
     *
     * @return 0 when there was none
     */
    public long overdueMember() {
        return draft.overdueMember();
    }

    /** What is due first for a member, as the operation that does it; null when nothing is. */
    public @Nullable Operation settleOf(long memberKey) {
        return ticks.settle(memberKey);
    }
}
