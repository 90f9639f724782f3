package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ReceiptStatus;
import org.jspecify.annotations.Nullable;

/** What members are told about themselves: as they are when settled up to the newest tick, whether they are yet or not. */
final class MemberViews {
    private final MemberPages members;
    private final Programmes programmes;
    private final Draft draft;
    private final OutcomeColumns unused = new OutcomeColumns();

    MemberViews(MemberPages members, Programmes programmes, Draft draft) {
        this.members = members;
        this.programmes = programmes;
        this.draft = draft;
    }

    /** @return 0 for a member unknown here */
    long balanceMicro(long member, int purse) {
        if (member == 0 || members.find(member) == MemberPages.NONE) {
            return 0;
        }
        read();
        return draft.balanceMicro(member, purse);
    }

    private void read() {
        unused.reset(ReceiptStatus.ACCRUED, 0);
        draft.start(unused, NegativePolicy.ALLOW);
    }

    @Nullable
    MemberView of(long member) {
        int row = members.find(member);
        if (row == MemberPages.NONE) {
            return null;
        }
        read();
        List<MemberView.PurseView> purses = new ArrayList<>();
        for (int slot = 0; slot < programmes.purseSlots(); slot++) {
            purses.add(purse(member, slot));
        }
        List<MemberView.UnlockedReward> rewards = new ArrayList<>();
        for (int slot = 0; slot < programmes.rewardSlots(); slot++) {
            long unlocked = draft.counter(member, Counters.unlocked(slot));
            if (unlocked > 0) {
                long reserved = draft.counter(member, Counters.reserved(slot));
                rewards.add(new MemberView.UnlockedReward(programmes.rewardId(slot), unlocked, reserved));
            }
        }
        return new MemberView(
                member,
                members.enrolledAtMillis(row),
                draft.balanceMicro(member),
                draft.counter(draft.purseOwner(member), Counters.DEBT),
                List.copyOf(purses),
                List.copyOf(rewards),
                members.receipts(row),
                members.firstSoldAtMillis(row),
                members.lastSoldAtMillis(row),
                members.lastPosition(row));
    }

    private MemberView.PurseView purse(long member, int slot) {
        long balance = draft.balanceMicro(member, slot);
        long available = draft.availableMicro(member, slot);
        LotList held = draft.lots(draft.purseOwner(member), slot);
        List<MemberView.Lot> lots = new ArrayList<>();
        for (int i = 0; i < held.live(); i++) {
            long lot = held.keys[i];
            lots.add(new MemberView.Lot(
                    held.micro[i], LotKey.expiryDay(lot), LotKey.cohortMonth(lot), LotKey.unlockDay(lot)));
        }
        return new MemberView.PurseView(
                programmes.purseId(slot),
                balance,
                balance - available,
                draft.counter(draft.purseOwner(member), programmes.debtCounter(slot)),
                List.copyOf(lots));
    }
}
