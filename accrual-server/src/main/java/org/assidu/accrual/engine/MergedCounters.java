package org.assidu.accrual.engine;

import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.RewardRule;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the counters of two members who are one person. What counts something is added: uses of a limit, visits,
 * units of a reward, times. What is a day is the later one. A count that belongs to a window or a day is added when both are of
 * the same one, else the newer one stands. Whatever has a name that no rule here knows is added.
 */
final class MergedCounters {
    private final Programmes programmes;
    private final CounterSlots slots;
    private final Draft draft;
    private final Thresholds thresholds;

    // The merge at hand
    private long from;
    private long to;

    MergedCounters(Programmes programmes, CounterSlots slots, Draft draft, Thresholds thresholds) {
        this.programmes = programmes;
        this.slots = slots;
        this.draft = draft;
        this.thresholds = thresholds;
    }

    /** Moves all counters of a member to another one. */
    void move(long absorbed, long survivor, Programme programme) {
        from = absorbed;
        to = survivor;
        add(draft.purseOwner(to), Counters.DEBT);
        for (int reward = 0; reward < programmes.rewardSlots(); reward++) {
            progress(programme, reward);
            unlocked(programme, reward);
            add(Counters.reserved(reward));
        }
        TierSlots tiers = programmes.tierSlots();
        if (tiers != null) {
            tier(tiers);
        }
        for (int slot = CounterSlots.FIRST; slot < CounterSlots.FIRST + slots.size(); slot++) {
            named(slot, slots.name(slot));
        }
    }

    /** Rewards that can be used: together they end on the later last day, none being the latest. */
    private void unlocked(Programme programme, int rewardSlot) {
        int unlocked = Counters.unlocked(rewardSlot);
        int until = programmes.untilCounter(rewardSlot);
        long theirs = draft.counter(from, unlocked);
        if (until != Programmes.NO_COUNTER) {
            long theirEnd = draft.counter(from, until);
            long ownEnd = draft.counter(to, until);
            boolean endless = (draft.counter(to, unlocked) > 0 && ownEnd == 0) || (theirs > 0 && theirEnd == 0);
            set(until, endless ? 0 : Math.max(theirEnd, ownEnd));
        }
        RewardRule reward = rewardOf(programme, rewardSlot);
        long paid = reward == null ? 0 : thresholds.payOwed(to, programme, reward, theirs);
        draft.change(to, unlocked, theirs - paid);
        clear(unlocked);
        if (until != Programmes.NO_COUNTER && draft.counter(to, unlocked) <= 0) {
            draft.change(to, until, -draft.counter(to, until));
        }
    }

    private void named(int slot, String name) {
        if (name.startsWith("reward/")) {
            return;
        }
        if (name.equals("time/settled") || name.endsWith("/given") || name.endsWith("/window")) {
            // Both are settled up to today; the others go with what they belong to.
            return;
        }
        if (name.startsWith("tier/")) {
            clear(slot);
        } else if (name.startsWith("purse/")) {
            purse(slot, name);
        } else if (name.startsWith("visits/")) {
            newer(slot, slots.find(name + "/window"));
        } else if (name.startsWith("bonus/") && slots.find(name + "/given") >= 0) {
            newer(slots.find(name + "/given"), slot);
        } else if (name.endsWith("/until")
                || name.endsWith("/first")
                || name.equals(Referrals.COMPLETED)
                || (name.startsWith("act/") && name.endsWith("/day"))
                || (name.startsWith("bonus/") && name.endsWith("/bought"))) {
            set(slot, Math.max(draft.counter(from, slot), draft.counter(to, slot)));
        } else if (name.endsWith("/since")) {
            long other = draft.counter(from, slot);
            long own = draft.counter(to, slot);
            set(slot, own == 0 || (other != 0 && other < own) ? other : own);
        } else if (name.startsWith("member/")) {
            long own = draft.counter(to, slot);
            set(slot, own == 0 ? draft.counter(from, slot) : own);
        } else if (name.equals(Referrals.BY)) {
            referrer(slot);
        } else {
            add(slot);
        }
    }

    private void add(int slot) {
        add(to, slot);
    }

    private void add(long target, int slot) {
        draft.change(target, slot, draft.counter(from, slot));
        clear(slot);
    }

    /** Who referred the person: nobody refers themselves. */
    private void referrer(int slot) {
        long own = draft.counter(to, slot);
        long by = own == 0 || own == from ? draft.counter(from, slot) : own;
        set(slot, by == to ? 0 : by);
    }

    /** What belongs to a purse, which may be that of a household. */
    private void purse(int slot, String name) {
        long owner = draft.purseOwner(to);
        if (name.endsWith("/renewed")) {
            draft.change(owner, slot, Math.max(0, draft.counter(from, slot) - draft.counter(owner, slot)));
            clear(slot);
        } else {
            add(owner, slot);
        }
    }

    private void clear(int slot) {
        draft.change(from, slot, -draft.counter(from, slot));
    }

    private void set(int slot, long value) {
        draft.change(to, slot, value - draft.counter(to, slot));
        clear(slot);
    }

    /** A count, and the number of the window or day that it belongs to. */
    private void newer(int count, int number) {
        long theirs = draft.counter(from, number);
        long own = draft.counter(to, number);
        if (theirs > own) {
            draft.change(to, number, theirs - own);
            draft.change(to, count, draft.counter(from, count) - draft.counter(to, count));
        } else if (theirs == own) {
            draft.change(to, count, draft.counter(from, count));
        }
        clear(count);
        clear(number);
    }

    /** Progress towards a threshold reward: together it may reach what neither did. */
    private void progress(Programme programme, int rewardSlot) {
        RewardRule reward = rewardOf(programme, rewardSlot);
        if (reward == null) {
            newer(Counters.progress(rewardSlot), Counters.window(rewardSlot));
            return;
        }
        int window = (int) draft.counter(from, Counters.window(rewardSlot));
        thresholds.add(to, programme, reward, window, draft.counter(from, Counters.progress(rewardSlot)));
        clear(Counters.progress(rewardSlot));
        clear(Counters.window(rewardSlot));
    }

    private @Nullable RewardRule rewardOf(Programme programme, int rewardSlot) {
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            if (programmes.rewardSlot(programme, i) == rewardSlot) {
                return programme.thresholdReward(i);
            }
        }
        return null;
    }

    /** The higher level, with its review; of what was done in each period, the sum. */
    private void tier(TierSlots tiers) {
        int theirNewest = (int) draft.counter(from, tiers.newest);
        int ownNewest = (int) draft.counter(to, tiers.newest);
        int newest = Math.max(theirNewest, ownNewest);
        for (int period = Math.max(0, newest - tiers.periods() + 1); period <= newest; period++) {
            long units = units(from, theirNewest, period, tiers) + units(to, ownNewest, period, tiers);
            int slot = tiers.units(period);
            draft.change(to, slot, units - draft.counter(to, slot));
        }
        draft.change(to, tiers.newest, newest - ownNewest);
        long theirLevel = draft.counter(from, tiers.level);
        long ownLevel = draft.counter(to, tiers.level);
        long theirReview = draft.counter(from, tiers.review);
        long ownReview = draft.counter(to, tiers.review);
        draft.change(to, tiers.level, Math.max(0, theirLevel - ownLevel));
        if (theirLevel > ownLevel) {
            draft.change(to, tiers.review, theirReview - ownReview);
        } else if (theirLevel == ownLevel && theirLevel > 0) {
            // No review is the latest of all.
            long later = ownReview == 0 || theirReview == 0 ? 0 : Math.max(ownReview, theirReview);
            draft.change(to, tiers.review, later - ownReview);
        }
    }

    private long units(long member, int newest, int period, TierSlots tiers) {
        return period > newest || period <= newest - tiers.periods() ? 0 : draft.counter(member, tiers.units(period));
    }
}
