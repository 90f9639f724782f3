package org.assidu.accrual.reference;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.jspecify.annotations.Nullable;

/** Rewards that end, and the reminders before. */
final class Ends {
    private final State state;
    private final Posting posting;

    Ends(State state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    /** A day has begun for a member. @param by in force on it */
    void day(long key, Version by, LocalDate day) {
        Member member = state.member(key);
        member.rewards.values().forEach(progress -> lapse(progress, day));
        LocalDate lastBurnDay = by.mechanics.lastBurnDay();
        for (ThresholdReward reward : by.document.thresholdRewards()) {
            Member.Progress progress = member.reward(reward.id());
            if (progress.unlocked > 0) {
                remind(key, reward.id(), first(progress.until, lastBurnDay), reward.reminderDays(), day);
            }
        }
        for (ShopReward reward : by.mechanics.shop()) {
            if (member.free.getOrDefault(reward.id(), Exact.ZERO).signum() > 0) {
                remind(key, reward.id(), first(reward.lastDay(), lastBurnDay), reward.reminderDays(), day);
            }
        }
        for (Codes.Code code : state.codes.all()) {
            ShopReward reward = Shop.reward(by, code.reward);
            if (code.owner == key && code.endsAtMillis != 0 && code.left.signum() > 0 && reward != null) {
                remind(key, code.reward, by.day(code.endsAtMillis - 1), reward.reminderDays(), day);
            }
        }
    }

    /** What an open receipt holds is left to it. */
    private static void lapse(Member.Progress progress, LocalDate day) {
        if (progress.until != null && progress.until.isBefore(day)) {
            progress.unlocked = Math.min(progress.unlocked, Math.max(0, progress.reserved));
            progress.until = progress.unlocked <= 0 ? null : progress.until;
        }
    }

    private static @Nullable LocalDate first(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private void remind(long key, String reward, @Nullable LocalDate last, List<Integer> days, LocalDate today) {
        if (last != null && days.contains((int) ChronoUnit.DAYS.between(today, last))) {
            posting.event(EventKind.REWARD_EXPIRING, key, reward, last.toEpochDay());
        }
    }
}
