package org.assidu.accrual.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.ProgrammeDocument;

/** How members know what rules refer to by id, in one language. */
final class ProgrammeNames {
    private final Map<String, String> levels = new HashMap<>();
    private final Map<String, String> clubs = new HashMap<>();
    private final Map<String, String> rewards = new HashMap<>();
    private final boolean french;

    ProgrammeNames(ProgrammeDocument document, ProgrammeWords words, boolean french) {
        this.french = french;
        Mechanics mechanics = document.mechanics();
        Tiers tiers = mechanics.tiers();
        if (tiers != null) {
            tiers.levels().forEach(level -> levels.put(level.id(), of(level.nameEn(), level.nameFr())));
        }
        mechanics.clubs().forEach(club -> clubs.put(club.id(), of(club.nameEn(), club.nameFr())));
        document.thresholdRewards().forEach(reward -> rewards.put(reward.id(), words.unlocked(document, reward)));
        mechanics.shop().forEach(reward -> rewards.put(reward.id(), of(reward.nameEn(), reward.nameFr())));
    }

    String of(String english, String inFrench) {
        return french ? inFrench : english;
    }

    String level(String id) {
        return levels.getOrDefault(id, id);
    }

    List<String> levels(List<String> ids) {
        return ids.stream().map(this::level).toList();
    }

    List<String> clubs(List<String> ids) {
        return ids.stream().map(id -> clubs.getOrDefault(id, id)).toList();
    }

    String reward(String id) {
        return rewards.getOrDefault(id, id);
    }
}
