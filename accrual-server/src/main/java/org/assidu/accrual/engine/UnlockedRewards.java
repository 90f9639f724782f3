package org.assidu.accrual.engine;

import org.assidu.accrual.programme.Programme;

/**
 * Threshold rewards that a member has unlocked and not used. Where a version says how long they are valid, all of one id end
 * together, so many days after the newest one was unlocked: {@code reward/<id>/until} is their last day, 0 = never. A validity
 * that begins or becomes shorter never shortens what a member has.
 */
final class UnlockedRewards {
    private final Programmes programmes;
    private final Draft draft;

    UnlockedRewards(Programmes programmes, Draft draft) {
        this.programmes = programmes;
        this.draft = draft;
    }

    static String until(String reward) {
        return "reward/" + reward + "/until";
    }

    /** @param times below zero for what is used or taken back */
    void add(long member, Programme programme, int reward, long times) {
        int slot = programmes.rewardSlot(programme, reward);
        int unlocked = Counters.unlocked(slot);
        int until = programmes.untilCounter(slot);
        if (until == Programmes.NO_COUNTER || times == 0) {
            draft.change(member, unlocked, times);
            return;
        }
        long before = draft.counter(member, unlocked);
        draft.change(member, unlocked, times);
        long end = draft.counter(member, until);
        int validDays = programme.thresholdReward(reward).source().validDays();
        if (before + times <= 0) {
            draft.change(member, until, -end);
        } else if (times > 0 && before <= 0) {
            draft.change(member, until, (validDays == 0 ? 0 : draft.unlockDay() + validDays) - end);
        } else if (times > 0 && end != 0) {
            draft.change(member, until, (validDays == 0 ? 0 : Math.max(end, draft.unlockDay() + validDays)) - end);
        }
    }
}
