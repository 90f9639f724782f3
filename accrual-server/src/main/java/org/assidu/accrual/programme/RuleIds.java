package org.assidu.accrual.programme;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Act;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;

/** Ids of all rules of a programme by rule index: the base first, then kind by kind in order of the document. */
final class RuleIds {
    private final List<String> ids = new ArrayList<>();
    /** By kind. */
    private final int[] first = new int[RuleKind.values().length];

    RuleIds(ProgrammeDocument document) {
        Mechanics mechanics = document.mechanics();
        ids.add(Programme.BASE_RULE_ID);
        add(
                RuleKind.THRESHOLD_REWARD,
                document.thresholdRewards().stream().map(ThresholdReward::id).toList());
        add(RuleKind.BONUS, mechanics.bonuses().stream().map(Bonus::id).toList());
        add(
                RuleKind.TIER,
                mechanics.tiers() == null
                        ? List.of()
                        : mechanics.tiers().levels().stream().map(Tier::id).toList());
        add(RuleKind.ACT, mechanics.acts().stream().map(Act::id).toList());
        add(RuleKind.SHOP_REWARD, mechanics.shop().stream().map(ShopReward::id).toList());
        add(RuleKind.CLUB, mechanics.clubs().stream().map(Club::id).toList());
    }

    private void add(RuleKind kind, List<String> of) {
        first[kind.ordinal()] = ids.size();
        ids.addAll(of);
    }

    List<String> all() {
        return List.copyOf(ids);
    }

    int size() {
        return ids.size();
    }

    String of(int rule) {
        return ids.get(rule);
    }

    int first(RuleKind kind) {
        return first[kind.ordinal()];
    }
}
