package org.assidu.accrual.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.programme.ClubRule;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.TierLadder;

/**
 * What a till needs to know about a member's level and clubs.
 *
 * @param tierId empty = none
 * @param perks of level and clubs, each once
 */
public record StatusTerms(String tierId, List<String> clubIds, List<String> perks) {
    /** Of who has neither. */
    public static final StatusTerms NONE = new StatusTerms("", List.of(), List.of());

    static StatusTerms of(Programme programme, OutcomeColumns outcome) {
        TierLadder ladder = programme.tiers();
        int level = ladder == null ? 0 : Math.min(outcome.tierLevel, ladder.levels());
        if (level <= 0 && outcome.memberClubs == 0) {
            return NONE;
        }
        Set<String> perks = new LinkedHashSet<>();
        if (ladder != null && level > 0) {
            perks.addAll(ladder.level(level).perks());
        }
        List<String> clubs = new ArrayList<>();
        for (int c = 0; c < outcome.memberClubs; c++) {
            ClubRule club = programme.clubs().get(outcome.memberClub[c]);
            clubs.add(club.id());
            perks.addAll(club.source().perks());
        }
        String tier = ladder == null || level <= 0 ? "" : ladder.level(level).id();
        return new StatusTerms(tier, List.copyOf(clubs), List.copyOf(perks));
    }
}
