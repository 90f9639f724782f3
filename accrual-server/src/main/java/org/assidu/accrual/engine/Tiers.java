package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Mechanics.TierWindow;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.TierLadder;
import org.jspecify.annotations.Nullable;

/**
 * Levels of members: what a receipt adds to the measure, and the promotion when it closes. The receipt itself is decided under
 * the level held before. A return lowers the measure at once and the level at its next review only.
 */
final class Tiers {
    private final Programmes programmes;
    private final Draft draft;
    private final TierEntry entry;

    // Members whose measure the receipt changes
    private int touched;
    private long[] member = new long[4];
    /** Whether the measure reached the member's level before a return lowered it. */
    private boolean[] deserved = new boolean[4];
    /** Whether the member bought something: only that promotes. */
    private boolean[] bought = new boolean[4];

    Tiers(Programmes programmes, Draft draft, TierEntry entry) {
        this.programmes = programmes;
        this.draft = draft;
        this.entry = entry;
    }

    /** A receipt begins. */
    void begin() {
        touched = 0;
    }

    /** Counts what a sale gives, and a return without original takes. */
    void add(long ofMember, Programme programme, int day, long units) {
        count(ofMember, programme, day, units, true);
    }

    /** Counts what returns take. @param programme that decided the sale @param day of the sale */
    void takeBack(long ofMember, Programme programme, int day, long units) {
        count(ofMember, programme, day, units, false);
    }

    private void count(long ofMember, Programme programme, int day, long units, boolean sale) {
        TierSlots slots = programmes.tierSlots();
        TierLadder ladder = programme.tiers();
        if (units == 0 || slots == null || ladder == null) {
            return;
        }
        int at = touch(ofMember);
        bought[at] |= sale && units > 0;
        deserved[at] |= units < 0 && deserves(ofMember, ladder, slots);
        int period = ladder.period(day);
        int newest = (int) draft.counter(ofMember, slots.newest);
        if (period <= newest - slots.periods()) {
            return;
        }
        for (int p = Math.max(newest + 1, period - slots.periods() + 1); p <= period; p++) {
            draft.change(ofMember, slots.units(p), -draft.counter(ofMember, slots.units(p)));
        }
        draft.change(ofMember, slots.newest, Math.max(0, period - newest));
        draft.change(ofMember, slots.units(period), units);
    }

    private int touch(long ofMember) {
        for (int i = 0; i < touched; i++) {
            if (member[i] == ofMember) {
                return i;
            }
        }
        if (touched == member.length) {
            member = Arrays.copyOf(member, touched * 2);
            deserved = Arrays.copyOf(deserved, touched * 2);
            bought = Arrays.copyOf(bought, touched * 2);
        }
        member[touched] = ofMember;
        deserved[touched] = false;
        bought[touched] = false;
        return touched++;
    }

    /** Whether the measure reaches the level held. */
    private boolean deserves(long ofMember, TierLadder ladder, TierSlots slots) {
        int newest = (int) draft.counter(ofMember, slots.newest);
        long units = units(ofMember, slots, newest, ladder.periodsBefore(), draft);
        return ladder.levelOf(units) >= draft.counter(ofMember, slots.level);
    }

    /** Sum of the periods up to the last one. */
    static long units(long ofMember, TierSlots slots, int last, int before, Draft draft) {
        int newest = (int) draft.counter(ofMember, slots.newest);
        long sum = 0;
        int first = Math.max(0, Math.max(last - before, newest - slots.periods() + 1));
        for (int p = first; p <= Math.min(last, newest); p++) {
            sum += draft.counter(ofMember, slots.units(p));
        }
        return sum;
    }

    /**
     * The receipt closes: who reaches a level has it from the next receipt on.
     *
     * @param programme in force for the receipt
     * @param day of the receipt
     */
    void close(@Nullable Programme programme, int day) {
        TierSlots slots = programmes.tierSlots();
        TierLadder ladder = programme == null ? null : programme.tiers();
        for (int i = 0; i < touched && slots != null && programme != null && ladder != null; i++) {
            if (!bought[i] || !promote(member[i], programme, ladder, slots, day)) {
                confirm(member[i], deserved[i], ladder, slots, day);
            }
        }
        touched = 0;
    }

    private boolean promote(long ofMember, Programme programme, TierLadder ladder, TierSlots slots, int day) {
        int newest = (int) draft.counter(ofMember, slots.newest);
        int before = ladder.periodsBefore();
        // A late sale counts in its own time too.
        long units = Math.max(
                units(ofMember, slots, newest, before, draft),
                units(ofMember, slots, ladder.period(day), before, draft));
        int reached = ladder.levelOf(units);
        int level = (int) draft.counter(ofMember, slots.level);
        if (reached <= level) {
            return false;
        }
        draft.change(ofMember, slots.level, reached - level);
        review(ofMember, slots, ladder.firstReview(day));
        draft.event(EventKind.TIER_REACHED, ofMember, draft.ruleOfTier(reached), reached);
        entry.reached(ofMember, programme, level, reached, day);
        return true;
    }

    /** A level that is no longer deserved is at risk; over a lifetime one that is deserved again is so no more. */
    private void confirm(long ofMember, boolean deservedBefore, TierLadder ladder, TierSlots slots, int day) {
        int level = (int) draft.counter(ofMember, slots.level);
        boolean deserves = deserves(ofMember, ladder, slots);
        if (level > 0 && deservedBefore && !deserves) {
            atRisk(ofMember, level, ladder, slots, day);
        } else if (deserves && ladder.window() == TierWindow.LIFETIME) {
            review(ofMember, slots, 0);
        }
    }

    private void atRisk(long ofMember, int level, TierLadder ladder, TierSlots slots, int day) {
        long review = draft.counter(ofMember, slots.review);
        if (review == 0) {
            review = ladder.reviewAfterReturn(day);
            review(ofMember, slots, (int) review);
        }
        draft.event(EventKind.TIER_AT_RISK, ofMember, draft.ruleOfTier(level), review);
    }

    private void review(long ofMember, TierSlots slots, int day) {
        draft.change(ofMember, slots.review, day - draft.counter(ofMember, slots.review));
    }
}
