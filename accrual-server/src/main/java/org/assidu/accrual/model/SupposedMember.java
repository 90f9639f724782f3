package org.assidu.accrual.model;

import java.util.List;

/**
 * A member that does not exist, for simulations: new, and of the given standing.
 *
 * @param tier id of the level held; empty = none
 * @param clubs ids of the clubs joined
 * @param tags segment tags
 * @param birthday month × 100 + day; 0 = unknown
 */
public record SupposedMember(String tier, List<String> clubs, List<String> tags, int birthday) {
    /** A new member of whom nothing is known. */
    public static final SupposedMember NEW = new SupposedMember("", List.of(), List.of(), 0);
}
