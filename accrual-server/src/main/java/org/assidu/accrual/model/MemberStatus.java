package org.assidu.accrual.model;

import java.util.List;
import org.assidu.accrual.model.Mechanics.TierMeasure;
import org.jspecify.annotations.Nullable;

/**
 * Level and memberships of a member on a day.
 *
 * @param tier null for a programme without levels
 * @param clubs memberships in force, in the order of the programme
 * @param perks of level and clubs, each once
 */
public record MemberStatus(@Nullable TierStatus tier, List<Membership> clubs, List<String> perks) {
    /** Of nobody. */
    public static final MemberStatus NONE = new MemberStatus(null, List.of(), List.of());

    /** Id of the level; empty = none. */
    public String tierId() {
        return tier == null ? "" : tier.tierId();
    }

    /**
     * A level and the way to the next.
     *
     * @param level from 1; 0 = none
     * @param tierId empty = none
     * @param reviewDay epoch day of the next review; 0 = none
     * @param units what counts now, minor units or micropoints
     * @param nextTierId empty for the highest level
     * @param missingUnits what the next level still wants; 0 for the highest level
     */
    public record TierStatus(
            int level,
            String tierId,
            int reviewDay,
            TierMeasure measure,
            long units,
            String nextTierId,
            long missingUnits) {}

    /**
     * A membership of a club.
     *
     * @param sinceDay epoch day on which it began
     * @param lastDay epoch day on which it ends; {@link LotKey#NEVER} = when the member leaves
     */
    public record Membership(String clubId, int sinceDay, int lastDay) {}
}
