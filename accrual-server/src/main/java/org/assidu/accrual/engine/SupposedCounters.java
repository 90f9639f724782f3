package org.assidu.accrual.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.SupposedMember;

/** The counters that make a new member what a simulation supposes. */
final class SupposedCounters {
    /** Every day of a programme is before it. */
    private static final long FOR_EVER = 1_000_000;

    private SupposedCounters() {}

    /** @throws IllegalArgumentException when the programme has no such tier or club */
    static Map<String, Long> of(SupposedMember member, ProgrammeDocument programme) {
        Map<String, Long> counters = new LinkedHashMap<>();
        if (!member.tier().isEmpty()) {
            counters.put(BonusSlots.TIER_LEVEL, level(member.tier(), programme));
        }
        List<String> known =
                programme.mechanics().clubs().stream().map(Club::id).toList();
        for (String club : member.clubs()) {
            if (!known.contains(club)) {
                throw new IllegalArgumentException(unknown("club", club, known));
            }
            counters.put(BonusSlots.clubUntil(club), FOR_EVER);
        }
        member.tags().forEach(tag -> counters.put(BonusSlots.tag(tag), 1L));
        if (member.birthday() != 0) {
            counters.put(BonusSlots.BIRTHDAY, (long) member.birthday());
        }
        return counters;
    }

    private static long level(String tier, ProgrammeDocument programme) {
        Tiers tiers = programme.mechanics().tiers();
        List<String> ids = tiers == null
                ? List.of()
                : tiers.levels().stream().map(Tier::id).toList();
        int level = ids.indexOf(tier);
        if (level < 0) {
            throw new IllegalArgumentException(unknown("tier", tier, ids));
        }
        return level + 1L;
    }

    private static String unknown(String what, String id, List<String> known) {
        return "\"" + id + "\" is no " + what + " of the programme; "
                + (known.isEmpty() ? "it has none" : "there are " + String.join(", ", known));
    }
}
