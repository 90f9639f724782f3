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
 * @param usable rewards that can be used now
 * @param progress towards each threshold reward of the programme, in its order
 * @param expiring what the points purse loses within the time that members are reminded of, soonest first
 * @param tierId of the member's tier; null = none
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
        @Nullable String tierId) {

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
     * Points that end together.
     *
     * @param day last epoch day on which they can be spent
     */
    public record Expiring(int day, long micro) {}
}
