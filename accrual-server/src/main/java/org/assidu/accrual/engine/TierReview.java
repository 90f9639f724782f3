package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.TierLadder;
import org.jspecify.annotations.Nullable;

/** Reviews levels on the day after their period and its grace, and tells members before who would lose theirs. */
final class TierReview implements Settling {
    private final Programmes programmes;

    TierReview(Programmes programmes) {
        this.programmes = programmes;
    }

    @Override
    public int nextDue(long member, int row, int afterDay, Draft draft) {
        TierSlots slots = programmes.tierSlots();
        int review = slots == null ? 0 : (int) draft.counter(member, slots.review);
        if (review == 0) {
            return NEVER;
        }
        // A review that should have been already is on the next day that is looked at.
        int next = Math.max(review, afterDay + 1);
        for (int version = 1; version <= programmes.size(); version++) {
            TierLadder ladder = ladder(version);
            for (int i = 0; ladder != null && i < ladder.reminderDays().size(); i++) {
                int day = review - ladder.reminderDays().get(i);
                if (day > afterDay && day < next && programmes.versionOn(day) == version) {
                    next = day;
                }
            }
        }
        return next;
    }

    private @Nullable TierLadder ladder(int version) {
        Programme programme = programmes.ofVersion(version);
        return programme == null ? null : programme.tiers();
    }

    @Override
    public void settle(long member, int row, int fromDay, int toDay, Draft draft) {
        TierSlots slots = programmes.tierSlots();
        TierLadder ladder = ladder(programmes.versionOn(toDay));
        int review = slots == null ? 0 : (int) draft.counter(member, slots.review);
        if (slots == null || ladder == null || review == 0) {
            return;
        }
        int level = (int) draft.counter(member, slots.level);
        if (toDay >= review) {
            review(member, level, toDay, ladder, slots, draft);
        } else if (ladder.reminderDays().contains(review - toDay)
                && found(member, review, ladder, slots, draft) < level) {
            draft.event(EventKind.TIER_AT_RISK, member, draft.ruleOfTier(level), review);
        }
    }

    /** Level that a review on a day finds if nothing more happens. */
    private static int found(long member, int day, TierLadder ladder, TierSlots slots, Draft draft) {
        return ladder.levelOf(Tiers.units(member, slots, ladder.period(day), ladder.reviewedBefore(), draft));
    }

    private static void review(long member, int level, int day, TierLadder ladder, TierSlots slots, Draft draft) {
        int found = found(member, day, ladder, slots, draft);
        int next = found >= level ? level : ladder.goesOneDown() ? Math.max(level - 1, found) : found;
        if (next < level) {
            draft.change(member, slots.level, next - level);
            draft.event(EventKind.TIER_LOST, member, draft.ruleOfTier(level), next);
        }
        int again = next == 0 ? 0 : ladder.nextReview(day);
        if (again == 0 && next > found) {
            again = ladder.reviewAfterReturn(day);
        }
        draft.change(member, slots.review, again - draft.counter(member, slots.review));
    }
}
