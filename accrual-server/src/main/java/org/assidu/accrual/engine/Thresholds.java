package org.assidu.accrual.engine;

import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.RewardRule;

/**
 * Progress towards threshold rewards. Reaching the threshold unlocks one reward for each time it is reached; falling below
 * what unlocked a reward that is not used yet takes it back, so that a sale and its return leave no trace. Progress below
 * zero, after a reward was used, is earned again before the next one counts.
 */
final class Thresholds {
    private final Draft draft;
    private final Programmes programmes;
    private final UnlockedRewards rewards;

    Thresholds(Draft draft, Programmes programmes) {
        this.draft = draft;
        this.programmes = programmes;
        rewards = new UnlockedRewards(programmes, draft);
    }

    /** @param window of the sale that the units come from: a newer one starts the progress afresh, an older one is over */
    void add(long member, Programme programme, RewardRule reward, int window, long units) {
        if (units == 0) {
            return;
        }
        int slot = programmes.rewardSlot(programme, reward.index());
        long currentWindow = draft.counter(member, Counters.window(slot));
        if (window < currentWindow) {
            return;
        }
        long before = draft.counter(member, Counters.progress(slot));
        long progress = window > currentWindow ? units : before + units;
        long unlockedBefore = draft.counter(member, Counters.unlocked(slot));
        long unlocked = unlockedBefore;
        long reaches = reward.reachesUnits();
        if (progress >= reaches) {
            unlocked += progress / reaches;
            reached(member, programme, reward, progress / reaches);
            progress = reward.keepsSurplus() ? progress % reaches : 0;
        } else if (progress < 0 && window == currentWindow) {
            long revoked = Math.min(unlocked, -Math.floorDiv(progress, reaches));
            unlocked -= revoked;
            reached(member, programme, reward, -revoked);
            progress += revoked * reaches;
        }
        draft.change(member, Counters.window(slot), window - currentWindow);
        draft.change(member, Counters.progress(slot), progress - before);
        rewards.add(member, programme, reward.index(), unlocked - unlockedBefore);
    }

    /**
     * Gives rewards beside those that the measure unlocks, or takes them back (times below zero). Both are one account: of what is
     * taken back, what was used already is progress below zero, and progress below zero is paid first by what is given. So it
     * makes no difference in which order a return takes back units and rewards.
     */
    void grant(long member, Programme programme, RewardRule reward, long times) {
        int slot = programmes.rewardSlot(programme, reward.index());
        long unlocked = Math.max(0, draft.counter(member, Counters.unlocked(slot)));
        if (times > 0) {
            rewards.add(member, programme, reward.index(), times - payOwed(member, programme, reward, times));
        } else {
            long gone = Math.min(0, times + unlocked);
            draft.change(member, Counters.progress(slot), gone * reward.reachesUnits());
            rewards.add(member, programme, reward.index(), times - gone);
        }
    }

    /** Pays progress below zero with rewards. @return how many that took */
    long payOwed(long member, Programme programme, RewardRule reward, long times) {
        int progress = Counters.progress(programmes.rewardSlot(programme, reward.index()));
        long owed = Math.max(0, -Math.floorDiv(draft.counter(member, progress), reward.reachesUnits()));
        long paid = Math.min(times, owed);
        draft.change(member, progress, paid * reward.reachesUnits());
        return paid;
    }

    /** Under the version that prices the receipt, as all events are: a return counts under that of its original. */
    private void reached(long member, Programme programme, RewardRule reward, long times) {
        Programme inForce = programmes.ofVersion(draft.version());
        if (inForce == programme) {
            draft.reached(member, reward.rule(), times);
            return;
        }
        String id = reward.source().id();
        for (int i = 0; inForce != null && i < inForce.thresholdRewards().size(); i++) {
            RewardRule same = inForce.thresholdReward(i);
            if (same.source().id().equals(id)) {
                draft.reached(member, same.rule(), times);
            }
        }
    }
}
