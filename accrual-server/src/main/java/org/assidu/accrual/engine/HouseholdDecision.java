package org.assidu.accrual.engine;

import java.util.Arrays;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.Programme;

/**
 * Members of a household earn into and spend from the purses of the household; levels, limits, progress and receipts stay each
 * one's own. Who joins brings all purses in, lots with their expiry. Who leaves takes the share that was agreed of every lot,
 * none by default; the last one takes everything, and the household is over. What its receipts earned is taken back from where
 * it was credited, also after that.
 *
 * <ul>
 *   <li>JOIN_HOUSEHOLD: {@code memberKey}; {@code otherMemberKey} the household, a key that nobody has for a new one
 *   <li>LEAVE_HOUSEHOLD: {@code memberKey}; {@code otherMemberKey} the household; {@code amount} the share, 1/10,000
 * </ul>
 */
final class HouseholdDecision {
    static final int WHOLE = 10_000;

    private final MemberPages members;
    private final MemberLots lots;
    private final Programmes programmes;
    private final Draft draft;
    private final Households households;
    private final Survivors survivors;
    private final Merges merges;

    HouseholdDecision(
            MemberPages members,
            MemberLots lots,
            Programmes programmes,
            Draft draft,
            Households households,
            Survivors survivors,
            Merges merges) {
        this.members = members;
        this.lots = lots;
        this.programmes = programmes;
        this.draft = draft;
        this.households = households;
        this.survivors = survivors;
        this.merges = merges;
    }

    OperationStatus join(Operation operation, Programme programme) {
        long member = operation.memberKey();
        long household = operation.otherMemberKey();
        if (household == 0 || household == member || operation.author().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        if (households.of(member) != 0) {
            return households.of(member) == household ? OperationStatus.ALREADY_DONE : OperationStatus.NOT_ALLOWED;
        }
        long size = households.size(household);
        boolean taken = members.find(household) != MemberPages.NONE || survivors.isMerged(household);
        if ((size == 0 && taken) || survivors.isMerged(member) || households.size(member) != 0) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (size >= Households.MOST_MEMBERS) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        draft.apart(member);
        moveAll(member, household, programme);
        return OperationStatus.DONE;
    }

    private void moveAll(long from, long to, Programme programme) {
        for (int purse = 0; purse < programmes.purseSlots(); purse++) {
            merges.movePurse(from, to, purse, programme.version());
            int debt = programmes.debtCounter(purse);
            long owed = draft.counter(from, debt);
            draft.change(to, debt, owed);
            draft.change(from, debt, -owed);
            int renewed = programmes.renewedCounter(purse);
            if (renewed != Programmes.NO_COUNTER) {
                draft.change(to, renewed, Math.max(0, draft.counter(from, renewed) - draft.counter(to, renewed)));
            }
        }
    }

    OperationStatus leave(Operation operation, Programme programme) {
        long member = operation.memberKey();
        long household = households.of(member);
        if (operation.author().isEmpty() || operation.amount() < 0 || operation.amount() > WHOLE) {
            return OperationStatus.MALFORMED;
        }
        if (household == 0 || household != operation.otherMemberKey()) {
            return OperationStatus.NOTHING_TO_DO;
        }
        draft.apart(member);
        if (households.size(household) == 1) {
            moveAll(household, member, programme);
            return OperationStatus.DONE;
        }
        for (int purse = 0; purse < programmes.purseSlots(); purse++) {
            moveShare(household, member, purse, operation.amount(), programme.version());
        }
        return OperationStatus.DONE;
    }

    /** Of every lot, and of what no lot holds, rounded down to the micropoint; of what is missing nothing. */
    private void moveShare(long from, long to, int purse, long share, int version) {
        LotList held = draft.lots(from, purse);
        int size = held.live();
        long[] keys = Arrays.copyOf(held.keys, size);
        long[] micro = Arrays.copyOf(held.micro, size);
        long unheld = draft.balanceMicro(from, purse);
        for (int i = 0; i < size; i++) {
            unheld -= micro[i];
            transfer(from, to, purse, part(micro[i], share), version, keys[i]);
        }
        transfer(from, to, purse, part(Math.max(0, unheld), share), version, LotKey.NONE);
    }

    private static long part(long micro, long share) {
        return micro / WHOLE * share + micro % WHOLE * share / WHOLE;
    }

    private void transfer(long from, long to, int purse, long micro, int version, long lot) {
        if (micro != 0) {
            int rule = Programme.NO_RULE;
            draft.record(from, purse, MovementKind.TRANSFERRED, -micro, rule, version, lot);
            draft.record(to, purse, MovementKind.TRANSFERRED, micro, rule, version, lot);
        }
    }

    void apply(Operation operation) {
        long member = operation.memberKey();
        long household = operation.otherMemberKey();
        int own = members.find(member);
        int shared = members.intern(household, operation.atMillis());
        switch (operation.kind()) {
            case JOIN_HOUSEHOLD -> {
                households.join(member, household);
                // Returns of what was bought before look among the household's lots.
                lots.absorbExpired(own, shared);
            }
            case LEAVE_HOUSEHOLD -> {
                boolean last = households.size(household) == 1;
                households.leave(member);
                if (last) {
                    lots.absorbExpired(shared, own);
                    survivors.put(household, member);
                    merges.followReservations(household, member);
                }
            }
            default -> throw new IllegalArgumentException(operation.kind() + " is none of a household's operations");
        }
    }
}
