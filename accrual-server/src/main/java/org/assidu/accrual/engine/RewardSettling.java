package org.assidu.accrual.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/**
 * Takes unlocked rewards off on the day after their last one, and tells members before it what is about to end: unlocked
 * rewards, rewards of the shop that they may have without points, and codes bought with points. What an open receipt holds is
 * left to it.
 */
final class RewardSettling implements Settling {
    /** What a version reminds of. @param until counter of the last day; @param lastDay of all of them, if there is one */
    private record Reminder(int version, String id, int unlocked, int until, int lastDay, List<Integer> days) {}

    private final Programmes programmes;
    private final CounterSlots slots;
    private final ValueCodes codes;
    private final List<Reminder> reminders = new ArrayList<>();
    /** Versions whose reminders are known. */
    private int known;

    RewardSettling(Programmes programmes, CounterSlots slots, ValueCodes codes) {
        this.programmes = programmes;
        this.slots = slots;
        this.codes = codes;
    }

    private List<Reminder> reminders() {
        for (; known < programmes.size(); known++) {
            Programme programme = programmes.ofVersion(known + 1);
            if (programme != null) {
                addReminders(programme);
            }
        }
        return reminders;
    }

    private void addReminders(Programme programme) {
        int lastBurnDay = lastDay(programme.document().mechanics().lastBurnDay());
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            ThresholdReward reward = programme.thresholdReward(i).source();
            int slot = programmes.rewardSlot(programme, i);
            add(new Reminder(
                    programme.version(),
                    reward.id(),
                    Counters.unlocked(slot),
                    programmes.untilCounter(slot),
                    lastBurnDay,
                    reward.reminderDays()));
        }
        for (ShopReward reward : programme.document().mechanics().shop()) {
            add(new Reminder(
                    programme.version(),
                    reward.id(),
                    slots.slot(ShopSlots.unlocked(reward.id())),
                    Programmes.NO_COUNTER,
                    Math.min(lastBurnDay, lastDay(reward.lastDay())),
                    reward.reminderDays()));
        }
    }

    private void add(Reminder reminder) {
        if (!reminder.days.isEmpty()) {
            reminders.add(reminder);
        }
    }

    private static int lastDay(@Nullable LocalDate day) {
        return day == null ? NEVER : (int) day.toEpochDay();
    }

    @Override
    public int nextDue(long member, int row, int afterDay, Draft draft) {
        int next = NEVER;
        for (int slot = 0; slot < programmes.rewardSlots(); slot++) {
            int end = end(member, programmes.untilCounter(slot), draft);
            if (end != NEVER && free(member, slot, draft) > 0) {
                next = Math.min(next, Math.max(end, afterDay) + 1);
            }
        }
        List<Reminder> all = reminders();
        for (int i = 0; i < all.size(); i++) {
            Reminder reminder = all.get(i);
            if (draft.counter(member, reminder.unlocked) > 0) {
                int end = Math.min(reminder.lastDay, end(member, reminder.until, draft));
                next = Math.min(next, nextDay(reminder.version, end, reminder.days, afterDay));
            }
        }
        List<ValueCodes.Owned> owned = codes.of(member);
        for (int i = 0; i < owned.size(); i++) {
            next = Math.min(next, nextReminder(owned.get(i), afterDay));
        }
        return next;
    }

    /** Last day of what is unlocked; {@link #NEVER} = none. */
    private static int end(long member, int until, Draft draft) {
        long end = until == Programmes.NO_COUNTER ? 0 : draft.counter(member, until);
        return end == 0 ? NEVER : (int) end;
    }

    /** Unlocked and not held by an open receipt. */
    private static long free(long member, int slot, Draft draft) {
        return draft.counter(member, Counters.unlocked(slot)) - draft.counter(member, Counters.reserved(slot));
    }

    private int nextDay(int version, int end, List<Integer> days, int afterDay) {
        int next = NEVER;
        for (int i = 0; i < days.size() && end != NEVER; i++) {
            int day = end - days.get(i);
            if (day > afterDay && day < next && programmes.versionOn(day) == version) {
                next = day;
            }
        }
        return next;
    }

    private int nextReminder(ValueCodes.Owned code, int afterDay) {
        int next = NEVER;
        for (int version = 1; version <= programmes.size(); version++) {
            next = Math.min(next, nextDay(version, lastDay(code, version), remindersOf(code, version), afterDay));
        }
        return next;
    }

    private int lastDay(ValueCodes.Owned code, int version) {
        Programme programme = programmes.ofVersion(version);
        return programme == null ? NEVER : programme.day(code.endsAtMillis() - 1);
    }

    private List<Integer> remindersOf(ValueCodes.Owned code, int version) {
        Programme programme = programmes.ofVersion(version);
        for (int i = 0; programme != null && i < programme.shop().size(); i++) {
            if (programme.shop().get(i).id().equals(code.reward())) {
                return programme.shop().get(i).source().reminderDays();
            }
        }
        return List.of();
    }

    @Override
    public void settle(long member, int row, int fromDay, int toDay, Draft draft) {
        for (int slot = 0; slot < programmes.rewardSlots(); slot++) {
            int until = programmes.untilCounter(slot);
            if (end(member, until, draft) < toDay) {
                lapse(member, slot, until, draft);
            }
        }
        int version = programmes.versionOn(toDay);
        List<Reminder> all = reminders();
        for (int i = 0; i < all.size(); i++) {
            Reminder reminder = all.get(i);
            int end = Math.min(reminder.lastDay, end(member, reminder.until, draft));
            boolean due = reminder.version == version && isDue(end, reminder.days, toDay);
            if (due && draft.counter(member, reminder.unlocked) > 0) {
                tell(member, reminder.id, end, draft);
            }
        }
        List<ValueCodes.Owned> owned = codes.of(member);
        for (int i = 0; i < owned.size(); i++) {
            ValueCodes.Owned code = owned.get(i);
            int end = lastDay(code, version);
            if (codes.leftMinor(code.code()) > 0 && isDue(end, remindersOf(code, version), toDay)) {
                tell(member, code.reward(), end, draft);
            }
        }
    }

    private static void lapse(long member, int slot, int until, Draft draft) {
        long free = free(member, slot, draft);
        if (free > 0) {
            draft.change(member, Counters.unlocked(slot), -free);
        }
        if (draft.counter(member, Counters.unlocked(slot)) <= 0) {
            draft.change(member, until, -draft.counter(member, until));
        }
    }

    private static boolean isDue(int end, List<Integer> days, int toDay) {
        return end != NEVER && days.contains(end - toDay);
    }

    private static void tell(long member, String reward, int end, Draft draft) {
        draft.event(EventKind.REWARD_EXPIRING, member, draft.ruleOf(reward), end, -1, 0);
    }
}
