package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.programme.ActRule;
import org.assidu.accrual.programme.Programme;

/** The acts of one programme version with their counters. Counters belong to an act's id: what was given counts on over versions. */
final class ActTable {
    private static final int NONE = -1;

    final Programme programme;
    final List<ActRule> acts;
    /** Those that time gives or asks for. */
    final List<ActRule> byTime;
    /** By act: how often the member had it. */
    private final int[] times;
    /** By act: rewards of the shop that can be used without points. */
    private final int[] shopUnlocked;
    /** By act: day on which a birthday was last celebrated. */
    private final int[] lastDay;

    ActTable(Programme programme, CounterSlots counters) {
        this.programme = programme;
        acts = ActRule.of(programme);
        byTime = acts.stream().filter(ActRule::isByTime).toList();
        times = new int[acts.size()];
        shopUnlocked = new int[acts.size()];
        lastDay = new int[acts.size()];
        for (ActRule act : acts) {
            int i = act.index();
            String name = "act/" + act.id();
            String shopReward = act.shopReward();
            times[i] = counters.publish(name + "/times");
            shopUnlocked[i] = shopReward == null ? NONE : counters.publish(ShopSlots.unlocked(shopReward));
            lastDay[i] = act.kind() == ActKind.BIRTHDAY ? counters.publish(name + "/day") : NONE;
        }
        if (has(ActKind.BIRTHDAY)) {
            counters.publish(BonusSlots.BIRTHDAY);
        }
        if (has(ActKind.PROFILE_COMPLETED)) {
            counters.publish(PersonFacts.PROFILE);
        }
    }

    private boolean has(ActKind kind) {
        return acts.stream().anyMatch(act -> act.kind() == kind);
    }

    int times(ActRule act) {
        return times[act.index()];
    }

    int shopUnlocked(ActRule act) {
        return shopUnlocked[act.index()];
    }

    int lastDay(ActRule act) {
        return lastDay[act.index()];
    }
}
