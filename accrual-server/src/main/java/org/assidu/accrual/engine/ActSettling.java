package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.programme.ActRule;
import org.assidu.accrual.programme.Anniversaries;
import org.assidu.accrual.programme.Programme;

/**
 * Acts that days bring about, while the version that has them is in force: birthdays and their announcement, every so many months
 * since enrolment, days without a purchase, and what is asked of members some days after a purchase or their enrolment.
 */
final class ActSettling implements Settling {
    /** A birthday that is corrected after it was celebrated is not celebrated twice within so many days. */
    private static final int DAYS_BETWEEN_BIRTHDAYS = 300;

    private final MemberPages members;
    private final Programmes programmes;
    private final CounterSlots slots;
    private final Acts acts;
    private final Households households;

    ActSettling(MemberPages members, Programmes programmes, CounterSlots slots, Acts acts, Households households) {
        this.members = members;
        this.programmes = programmes;
        this.slots = slots;
        this.acts = acts;
        this.households = households;
    }

    @Override
    public int nextDue(long member, int row, int afterDay, Draft draft) {
        if (row == MemberPages.NONE || !households.isPerson(member)) {
            return NEVER;
        }
        int next = NEVER;
        List<ActTable> versions = acts.tables().all();
        for (int v = 0; v < versions.size(); v++) {
            ActTable table = versions.get(v);
            if (table.byTime.isEmpty()) {
                continue;
            }
            int after = Math.max(afterDay, programmes.firstDay(v + 1) - 1);
            int last = programmes.lastDay(v + 1);
            for (int a = 0; a < table.byTime.size(); a++) {
                int due = next(table, table.byTime.get(a), member, row, after, draft);
                next = due <= last ? Math.min(next, due) : next;
            }
        }
        return next;
    }

    private int next(ActTable table, ActRule act, long member, int row, int after, Draft draft) {
        Programme programme = table.programme;
        return switch (act.kind()) {
            case BIRTHDAY -> nextBirthday(birthday(member, draft), act.number(), after);
            case EVERY_MONTHS ->
                Anniversaries.nextEvery(act.number(), programme.day(members.enrolledAtMillis(row)), after);
            case DORMANT -> later(sinceSale(programme, row, act), after);
            case REVIEW ->
                draft.counter(member, table.times(act)) < act.most()
                        ? later(sinceSale(programme, row, act), after)
                        : NEVER;
            case PROFILE_COMPLETED ->
                draft.counter(member, slots.find(PersonFacts.PROFILE)) == 0
                        ? later(programme.day(members.enrolledAtMillis(row)) + act.number(), after)
                        : NEVER;
            case WELCOME, REFERRER, REFERRED, SURVEY, CUSTOM, TIER_ENTRY -> NEVER;
        };
    }

    private long birthday(long member, Draft draft) {
        return draft.counter(member, slots.find(BonusSlots.BIRTHDAY));
    }

    private static int nextBirthday(long monthAndDay, int daysBefore, int after) {
        int next = Anniversaries.nextBirthday(monthAndDay, after);
        if (daysBefore == 0 || next == Anniversaries.NEVER) {
            return next;
        }
        int announced = Anniversaries.nextBirthday(monthAndDay, after + daysBefore);
        return announced == Anniversaries.NEVER ? next : Math.min(next, announced - daysBefore);
    }

    /** Who never bought anything is neither dormant nor asked for a review. */
    private int sinceSale(Programme programme, int row, ActRule act) {
        long last = members.lastSoldAtMillis(row);
        return last == 0 ? NEVER : programme.day(last) + act.number();
    }

    private static int later(int day, int after) {
        return day > after ? day : NEVER;
    }

    @Override
    public void settle(long member, int row, int fromDay, int toDay, Draft draft) {
        int version = programmes.versionOn(toDay);
        if (row == MemberPages.NONE
                || !households.isPerson(member)
                || toDay < programmes.firstDay(version)
                || toDay > programmes.lastDay(version)) {
            return;
        }
        ActTable table = acts.tables().all().get(version - 1);
        boolean told = false;
        for (ActRule act : table.byTime) {
            if (next(table, act, member, row, toDay - 1, draft) == toDay) {
                told = settle(table, act, member, toDay, told, draft);
            }
        }
    }

    /** @return whether the birthday is told */
    private boolean settle(ActTable table, ActRule act, long member, int day, boolean told, Draft draft) {
        Programme programme = table.programme;
        switch (act.kind()) {
            case BIRTHDAY -> {
                int birthday = Anniversaries.nextBirthday(birthday(member, draft), day - 1);
                if (!told) {
                    draft.event(EventKind.BIRTHDAY, member, draft.ruleOf(act.id()), birthday, -1, 0);
                }
                if (birthday == day) {
                    celebrate(table, act, member, day, draft);
                }
                return true;
            }
            case EVERY_MONTHS -> acts.give(member, programme, act, day);
            case DORMANT -> {
                draft.event(EventKind.DORMANT, member, draft.ruleOf(act.id()), act.number(), -1, 0);
                acts.give(member, programme, act, day);
            }
            case REVIEW -> draft.event(EventKind.REVIEW_ASKED, member, draft.ruleOf(act.id()), act.number(), -1, 0);
            case PROFILE_COMPLETED ->
                draft.event(EventKind.ENROLMENT_UNFINISHED, member, draft.ruleOf(act.id()), act.number(), -1, 0);
            case WELCOME, REFERRER, REFERRED, SURVEY, CUSTOM, TIER_ENTRY ->
                throw new IllegalStateException(act.kind() + " is not brought about by time");
        }
        return told;
    }

    private void celebrate(ActTable table, ActRule act, long member, int day, Draft draft) {
        long last = draft.counter(member, table.lastDay(act));
        if ((last == 0 || day - last >= DAYS_BETWEEN_BIRTHDAYS) && acts.give(member, table.programme, act, day)) {
            draft.change(member, table.lastDay(act), day - last);
        }
    }
}
