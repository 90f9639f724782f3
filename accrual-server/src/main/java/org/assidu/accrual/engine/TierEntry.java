package org.assidu.accrual.engine;

import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.programme.ActRule;
import org.assidu.accrual.programme.Programme;

/** What reaching a tier is worth, for whoever decides that a member reaches it. */
final class TierEntry {
    private final Acts acts;

    TierEntry(Acts acts) {
        this.acts = acts;
    }

    /**
     * Gives the acts of reaching levels, those that are passed on the way among them, as often as each may be.
     *
     * @param from level held before, counted from 1; 0 = none
     * @param to level reached
     * @param day on which it is reached
     */
    void reached(long member, Programme programme, int from, int to, int day) {
        Mechanics.Tiers tiers = programme.document().mechanics().tiers();
        for (int level = from; level < to && tiers != null; level++) {
            reached(member, programme, tiers.levels().get(level).id(), day);
        }
    }

    private void reached(long member, Programme programme, String tierId, int day) {
        for (ActRule act : acts.tables().of(programme).acts) {
            if (act.kind() == ActKind.TIER_ENTRY && tierId.equals(act.code())) {
                // The receipt that reaches it tells by itself which rewards can be used.
                acts.give(member, programme, act, day, acts.lot(programme, day));
            }
        }
    }
}
