package org.assidu.accrual.engine;

import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.RewardRule;
import org.jspecify.annotations.Nullable;

/**
 * What a closed receipt gives a CRM to act on: a member's first record and first purchase, and rewards that can be used
 * from the next visit on. That a threshold was reached is noted where it is counted, by {@link Thresholds}.
 */
final class ReceiptEvents {
    private final MemberPages members;
    private final Programmes programmes;
    private final Draft draft;

    ReceiptEvents(MemberPages members, Programmes programmes, Draft draft) {
        this.members = members;
        this.programmes = programmes;
        this.draft = draft;
    }

    /**
     * Adds the events of a receipt whose outcome is finished.
     *
     * @param uses of each reward on the receipt
     * @param unfunded uses that nothing covered
     */
    void add(
            @Nullable Programme programme,
            ReceiptColumns receipt,
            long member,
            int[] uses,
            long[] unfunded,
            OutcomeColumns out) {
        if (member == 0) {
            return;
        }
        welcome(members, member, out);
        int row = members.find(member);
        if (row == MemberPages.NONE || members.receipts(row) == 0) {
            out.addEvent(EventKind.FIRST_PURCHASE, member, Programme.NO_RULE, receipt.totalMinor());
        }
        if (programme == null) {
            return;
        }
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            RewardRule reward = programme.thresholdReward(i);
            int slot = programmes.rewardSlot(programme, i);
            long before = row == MemberPages.NONE ? 0 : members.counter(row, Counters.unlocked(slot));
            long after = draft.counter(member, Counters.unlocked(slot));
            boolean more = after - before + uses[i] - unfunded[i] > 0;
            long usable = after - draft.counter(member, Counters.reserved(slot));
            if (more && usable > 0) {
                out.addEvent(EventKind.REWARD_AVAILABLE, member, reward.rule(), usable);
            }
        }
    }

    /** The first record that names a member welcomes it. */
    static void welcome(MemberPages members, long member, OutcomeColumns out) {
        if (member != 0 && members.find(member) == MemberPages.NONE) {
            out.addEvent(EventKind.WELCOME, member, Programme.NO_RULE, 0);
        }
    }
}
