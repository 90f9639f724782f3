package org.assidu.accrual.programme;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;

/**
 * What rules of a document can refer to.
 *
 * @param rewards threshold rewards and rewards of the shop, which can be granted
 */
record KnownIds(List<String> moneyPurses, List<String> rewards, List<String> tiers, List<String> clubs) {
    static KnownIds of(ProgrammeDocument document) {
        Mechanics mechanics = document.mechanics();
        List<String> rewards = new ArrayList<>();
        document.thresholdRewards().stream().map(ThresholdReward::id).forEach(rewards::add);
        mechanics.shop().stream().map(ShopReward::id).forEach(rewards::add);
        return new KnownIds(
                mechanics.moneyPurses().stream()
                        .map(purse -> purse.purse().id())
                        .toList(),
                List.copyOf(rewards),
                mechanics.tiers() == null
                        ? List.of()
                        : mechanics.tiers().levels().stream().map(Tier::id).toList(),
                mechanics.clubs().stream().map(Club::id).toList());
    }
}
