package org.assidu.accrual.engine;

import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.programme.BonusRule;
import org.assidu.accrual.programme.Programme;

/**
 * Rewards and tags that bonuses give. A return takes a reward back; one that was used already is owed: of a threshold reward as
 * progress below zero, of a reward of the shop as units below zero, which the next ones pay for.
 */
final class Grants {
    private final Draft draft;
    private final Thresholds thresholds;

    Grants(Draft draft, Thresholds thresholds) {
        this.draft = draft;
        this.thresholds = thresholds;
    }

    void give(Programme programme, BonusRule rule, BonusSlots slots, long member, long times, OutcomeColumns out) {
        if (rule.kind() == AwardKind.TAG) {
            int tag = slots.granted[rule.index()];
            if (draft.counter(member, tag) <= 0) {
                out.addEvent(EventKind.TAGGED, member, rule.rule(), times);
            }
        }
        give(programme, rule, slots, member, times);
    }

    /** As {@link #give}, and tells nobody: a return of an amount below zero can make a receipt deserve more. */
    void give(Programme programme, BonusRule rule, BonusSlots slots, long member, long times) {
        if (rule.kind() == AwardKind.TAG) {
            draft.change(member, slots.granted[rule.index()], times);
        } else if (rule.kind() == AwardKind.REWARD) {
            change(programme, rule, slots, member, times);
        }
    }

    void takeBack(Programme programme, BonusRule rule, BonusSlots slots, long member, long times) {
        if (rule.kind() == AwardKind.TAG) {
            int tag = slots.granted[rule.index()];
            draft.change(member, tag, -Math.min(times, Math.max(0, draft.counter(member, tag))));
        } else if (rule.kind() == AwardKind.REWARD) {
            change(programme, rule, slots, member, -times);
        }
    }

    private void change(Programme programme, BonusRule rule, BonusSlots slots, long member, long times) {
        if (rule.target() < 0) {
            draft.change(member, slots.granted[rule.index()], times);
        } else {
            thresholds.grant(member, programme, programme.thresholdReward(rule.target()), times);
        }
    }
}
