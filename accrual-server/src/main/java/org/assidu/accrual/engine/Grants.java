package org.assidu.accrual.engine;

import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.programme.BonusRule;
import org.assidu.accrual.programme.Programme;

/**
 * Rewards and tags that bonuses give. A return takes a reward back as long as it is there; one that was used already is
 * owed, and the next one pays for it.
 */
final class Grants {
    private final Programmes programmes;
    private final Draft draft;
    private final UnlockedRewards rewards;

    Grants(Programmes programmes, Draft draft) {
        this.programmes = programmes;
        this.draft = draft;
        rewards = new UnlockedRewards(programmes, draft);
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
            int owed = slots.owed[rule.index()];
            long paid = Math.min(times, draft.counter(member, owed));
            draft.change(member, owed, -paid);
            unlock(programme, rule, slots, member, times - paid);
        }
    }

    void takeBack(Programme programme, BonusRule rule, BonusSlots slots, long member, long times) {
        if (rule.kind() == AwardKind.TAG) {
            int tag = slots.granted[rule.index()];
            draft.change(member, tag, -Math.min(times, Math.max(0, draft.counter(member, tag))));
        } else if (rule.kind() == AwardKind.REWARD) {
            int unlocked = unlocked(programme, rule, slots);
            long taken = Math.min(times, Math.max(0, draft.counter(member, unlocked)));
            unlock(programme, rule, slots, member, -taken);
            draft.change(member, slots.owed[rule.index()], times - taken);
        }
    }

    private void unlock(Programme programme, BonusRule rule, BonusSlots slots, long member, long times) {
        if (rule.target() < 0) {
            draft.change(member, slots.granted[rule.index()], times);
        } else {
            rewards.add(member, programme, rule.target(), times);
        }
    }

    private int unlocked(Programme programme, BonusRule rule, BonusSlots slots) {
        return rule.target() < 0
                ? slots.granted[rule.index()]
                : Counters.unlocked(programmes.rewardSlot(programme, rule.target()));
    }
}
