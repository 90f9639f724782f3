package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.ProgrammeDocument.Measure;
import org.assidu.accrual.programme.ActRule;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.RewardRule;

/**
 * Gives members what acts are worth: points, which count towards threshold rewards like those of a receipt, and rewards, as
 * often as each act may be rewarded. After the programme's last day of earning nothing is given.
 */
final class Acts {
    private static final int POINTS = 0;

    private final Programmes programmes;
    private final Draft draft;
    private final Thresholds thresholds;
    private final ActTables tables;

    Acts(Programmes programmes, Draft draft, Thresholds thresholds, ActTables tables) {
        this.programmes = programmes;
        this.draft = draft;
        this.thresholds = thresholds;
        this.tables = tables;
    }

    ActTables tables() {
        return tables;
    }

    /** Gives all acts of a kind that the member has not had as often as may be. @return how many were given */
    int giveAll(long member, Programme programme, ActKind kind, int day) {
        int given = 0;
        for (ActRule act : tables.of(programme).acts) {
            given += act.kind() == kind && give(member, programme, act, day) ? 1 : 0;
        }
        return given;
    }

    /**
     * Gives an act's worth on a day, and tells which rewards can be used thanks to it.
     *
     * @return false when the member had it as often as may be, or the programme earns no more
     */
    boolean give(long member, Programme programme, ActRule act, int day) {
        long[] before = unlocked(member, programme);
        boolean given = give(member, programme, act, day, lot(programme, day));
        for (int i = 0; i < before.length; i++) {
            int slot = programmes.rewardSlot(programme, i);
            long now = draft.counter(member, Counters.unlocked(slot));
            long usable = now - draft.counter(member, Counters.reserved(slot));
            if (now > before[i] && usable > 0) {
                int rule = draft.ruleOf(programme.thresholdReward(i).id());
                draft.event(EventKind.REWARD_AVAILABLE, member, rule, usable, -1, 0);
            }
        }
        return given;
    }

    private long[] unlocked(long member, Programme programme) {
        long[] counts = new long[programme.thresholdRewards().size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = draft.counter(member, Counters.unlocked(programmes.rewardSlot(programme, i)));
        }
        return counts;
    }

    /** As above, without telling, into a lot of its own: what a receipt's own events tell. */
    boolean give(long member, Programme programme, ActRule act, int day, long lot) {
        int times = tables.of(programme).times(act);
        if (draft.counter(member, times) >= act.most() || isOver(programme, day)) {
            return false;
        }
        draft.change(member, times, 1);
        draft.move(member, POINTS, MovementKind.EARNED, act.pointsMicro(), act.rule(), programme.version(), lot);
        for (RewardRule reward : programme.thresholdRewards()) {
            if (counts(reward)) {
                thresholds.add(member, programme, reward, window(programme, reward, day), act.pointsMicro());
            }
        }
        grant(member, programme, act, 1);
        return true;
    }

    /** Takes back what {@link #give} gave on a receipt that was wholly returned. */
    void takeBack(long member, Programme programme, ActRule act, int day, long lot, Reversals reversals) {
        int times = tables.of(programme).times(act);
        draft.change(member, times, -Math.min(1, draft.counter(member, times)));
        reversals.addMovement(member, programme.version(), act.rule(), POINTS, -act.pointsMicro(), lot);
        for (RewardRule reward : programme.thresholdRewards()) {
            if (counts(reward)) {
                int window = window(programme, reward, day);
                reversals.addMeasure(member, programme.version(), reward, window, -act.pointsMicro());
            }
        }
        grant(member, programme, act, -1);
    }

    /** One more, or one fewer (-1), of the reward that an act grants. */
    private void grant(long member, Programme programme, ActRule act, long times) {
        if (act.threshold() != ActRule.NONE) {
            thresholds.grant(member, programme, programme.thresholdReward(act.threshold()), times);
        } else if (act.shopReward() != null) {
            draft.change(member, tables.of(programme).shopUnlocked(act), times);
        }
    }

    private static boolean counts(RewardRule reward) {
        return reward.measure() == Measure.POINTS && reward.countsAllCategories();
    }

    private static int window(Programme programme, RewardRule reward, int day) {
        return programme.window(reward, programme.startOfDayMillis(day));
    }

    static boolean isOver(Programme programme, int day) {
        var last = programme.document().mechanics().lastEarnDay();
        return last != null && day > last.toEpochDay();
    }

    /** Points of acts do not wait for returns. */
    long lot(Programme programme, int day) {
        return programmes.keepsLots(POINTS)
                ? programmes.purse(programme.version(), POINTS).lot(day, false)
                : LotKey.NONE;
    }
}
