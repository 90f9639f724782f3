package org.assidu.accrual.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a member stands at a moment: what tills and receipts tell.
 *
 * @param programme in force then; null = none
 * @param day epoch day of that moment in the programme's zone
 * @param balanceMicro points purse
 * @param receipts closed receipts
 * @param usable threshold rewards that can be used now, and rewards of the shop that can be had without points
 * @param progress towards each threshold reward of the programme, in its order
 * @param expiring what the points purse loses within the time that members are reminded of, soonest first
 * @param tierId of the member's tier; null = none
 * @param money money purses of the programme, in its order
 */
public record MemberStanding(
        long memberKey,
        @Nullable ProgrammeDocument programme,
        int day,
        long balanceMicro,
        long receipts,
        List<Usable> usable,
        List<Progress> progress,
        List<Expiring> expiring,
        @Nullable String tierId,
        List<Money> money) {

    /** Of a programme without money purses. */
    public MemberStanding(
            long memberKey,
            @Nullable ProgrammeDocument programme,
            int day,
            long balanceMicro,
            long receipts,
            List<Usable> usable,
            List<Progress> progress,
            List<Expiring> expiring,
            @Nullable String tierId) {
        this(memberKey, programme, day, balanceMicro, receipts, usable, progress, expiring, tierId, List.of());
    }

    /** A reward that can be used so many times. */
    public record Usable(String rewardId, long count) {}

    /**
     * How far a member is towards a threshold reward, in the units of its measure: micropoints, minor units, thousandths of
     * articles, or visits.
     */
    public record Progress(String rewardId, long reachedUnits, long reachesUnits) {
        public long missingUnits() {
            return reachesUnits - reachedUnits;
        }
    }

    /**
     * A money purse, in millionths of a minor unit.
     *
     * @param slot of the purse in outcomes
     * @param balanceMicro with what is pending
     * @param usableMicro what can be paid with now: nothing below the least balance that can be used
     * @param convertibleMicro what all points that can be spent would become in it; 0 where they cannot
     * @param expiring as of points
     */
    public record Money(
            String purseId,
            int slot,
            long balanceMicro,
            long usableMicro,
            long convertibleMicro,
            List<Expiring> expiring) {}

    /**
     * Points that end together.
     *
     * @param day last epoch day on which they can be spent
     */
    public record Expiring(int day, long micro) {}
}
