package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.programme.BonusRule;

/**
 * Limits of bonuses: what a receipt may still get when it arrives, and what it used of them. The day of a limit is the day of
 * the sale; what a return takes back is free again.
 */
final class Allowances {
    private static final int NEARLY_PERCENT = 90;

    private final Draft draft;

    Allowances(Draft draft) {
        this.draft = draft;
    }

    /** Most that a bonus may give to a receipt now; {@link BonusRule#NO_LIMIT} without limits. */
    long headroom(BonusRule rule, BonusSlots slots, long member, int day) {
        if (!rule.isLimited()) {
            return BonusRule.NO_LIMIT;
        }
        int i = rule.index();
        long least = rule.perReceipt();
        if (slots.member[i] != BonusSlots.NONE) {
            least = Math.min(least, rule.perMember() - draft.counter(member, slots.member[i]));
        }
        if (slots.budget[i] != BonusSlots.NONE) {
            least = Math.min(least, rule.budget() - draft.counter(Draft.PROGRAMME, slots.budget[i]));
        }
        if (slots.day[i] != null) {
            least = Math.min(least, ofDay(rule, slots.day[i], member, day));
        }
        return Math.max(0, least);
    }

    private long ofDay(BonusRule rule, int[] cells, long member, int day) {
        int cell = Math.floorMod(day, BonusSlots.DAYS) * 2;
        long known = draft.counter(member, cells[cell]);
        if (known > day) {
            return 0;
        }
        return known == day ? rule.perMemberDay() - draft.counter(member, cells[cell + 1]) : rule.perMemberDay();
    }

    /** Counts what a receipt gave or, negative, what a return took back. */
    void use(BonusRule rule, BonusSlots slots, long member, int day, long given) {
        if (!rule.isLimited() || given == 0) {
            return;
        }
        int i = rule.index();
        if (slots.member[i] != BonusSlots.NONE) {
            draft.change(member, slots.member[i], given);
        }
        if (slots.budget[i] != BonusSlots.NONE) {
            draft.change(Draft.PROGRAMME, slots.budget[i], given);
        }
        if (slots.day[i] != null) {
            useDay(slots.day[i], member, day, given);
        }
    }

    private void useDay(int[] cells, long member, int day, long given) {
        int cell = Math.floorMod(day, BonusSlots.DAYS) * 2;
        long known = draft.counter(member, cells[cell]);
        if (known < day) {
            draft.change(member, cells[cell], day - known);
            draft.change(member, cells[cell + 1], given - draft.counter(member, cells[cell + 1]));
        } else if (known == day) {
            draft.change(member, cells[cell + 1], given);
        }
    }

    /** Says that a bonus gave less than it would have, and that its budget comes to an end. */
    void tell(BonusRule rule, BonusSlots slots, long member, long given, long withheld, OutcomeColumns out) {
        if (withheld > 0) {
            out.addEvent(EventKind.AWARD_LIMITED, member, rule.rule(), withheld);
        }
        int slot = slots.budget[rule.index()];
        if (slot != BonusSlots.NONE && given > 0) {
            long used = draft.counter(Draft.PROGRAMME, slot);
            long nearly = rule.budget() - rule.budget() / 100 * (100 - NEARLY_PERCENT);
            if (used >= nearly && used - given < nearly) {
                out.addEvent(EventKind.BUDGET_NEARLY_USED, Draft.PROGRAMME, rule.rule(), used);
            }
        }
    }
}
