package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.programme.Programme;

/** Counts a member's receipts of a day where a programme says how many are usual, and tells the first one beyond. */
final class CardWatch {
    /** Newest day on which the member bought, since 1970-01-01; the receipts of that day are in the slot of {@link #RECEIPTS}. */
    private static final String DAY = "member/day";

    private static final String RECEIPTS = "member/day/receipts";

    private final Draft draft;
    private final CounterSlots slots;

    CardWatch(Draft draft, CounterSlots slots) {
        this.draft = draft;
        this.slots = slots;
    }

    /** Gives its counters a place where a version asks for it. */
    void published(Programme programme) {
        if (programme.document().mechanics().guards().receiptsADay() > 0) {
            slots.publish(DAY);
            slots.publish(RECEIPTS);
        }
    }

    /** A receipt closes. @param day on which it was sold; one of an earlier day than the newest is not counted */
    void receipt(Programme programme, long member, int day, OutcomeColumns out) {
        int most = programme.document().mechanics().guards().receiptsADay();
        if (most == 0) {
            return;
        }
        int dayCounter = slots.find(DAY);
        int receipts = slots.find(RECEIPTS);
        long newest = draft.counter(member, dayCounter);
        if (day < newest) {
            return;
        }
        long before = day == newest ? draft.counter(member, receipts) : 0;
        draft.change(member, dayCounter, day - newest);
        draft.change(member, receipts, before + 1 - draft.counter(member, receipts));
        if (before == most) {
            out.addEvent(EventKind.UNUSUAL_USE, member, Programme.NO_RULE, before + 1);
        }
    }
}
