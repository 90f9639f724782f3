package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.Programme;

/**
 * Who referred whom. REFER: {@code memberKey} the referred member, who has no closed receipt yet, {@code otherMemberKey} the
 * member who referred it. A member is referred once; two members cannot refer each other.
 */
final class Referrals {
    /** Key of the member by whom a member was referred; 0 = by nobody. */
    static final String BY = "referral/by";

    /** 1 when the referral was completed by a purchase that was not wholly returned. */
    static final String COMPLETED = "referral/completed";

    private final MemberPages members;
    private final Draft draft;
    private final CounterSlots slots;

    Referrals(MemberPages members, Draft draft, CounterSlots slots) {
        this.members = members;
        this.draft = draft;
        this.slots = slots;
    }

    OperationStatus refer(Operation operation) {
        long referred = operation.memberKey();
        long referrer = operation.otherMemberKey();
        int row = members.find(referred);
        if (row == MemberPages.NONE || members.find(referrer) == MemberPages.NONE) {
            return OperationStatus.MEMBER_UNKNOWN;
        }
        int by = slots.slot(BY);
        long before = draft.counter(referred, by);
        if (before != 0 && before == referrer) {
            return OperationStatus.NOTHING_TO_DO;
        }
        if (before != 0 || referred == referrer || draft.counter(referrer, by) == referred) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (members.receipts(row) > 0) {
            return OperationStatus.TOO_LATE;
        }
        draft.change(referred, by, referrer);
        draft.event(EventKind.REFERRAL_INVITED, referrer, Programme.NO_RULE, 0, -1, 0);
        return OperationStatus.DONE;
    }

    /** Gives the counters of referrals their place. */
    void apply() {
        slots.publish(BY);
        slots.publish(COMPLETED);
    }

    /** Who referred a member whose referral no purchase has completed; 0 = nobody. */
    long openReferrerOf(long member) {
        int by = slots.find(BY);
        int completed = slots.find(COMPLETED);
        return by < 0 || completed < 0 || draft.counter(member, completed) != 0 ? 0 : draft.counter(member, by);
    }

    /** @param by 1 for completed, -1 for open again */
    void close(long member, int by) {
        draft.change(member, slots.slot(COMPLETED), by);
    }
}
