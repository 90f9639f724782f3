package org.assidu.accrual.engine;

import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.Programme;

/**
 * Two memberships of one person become one. Every lot moves with its own expiry, as two movements that add up to zero; what no
 * lot holds and what is missing moves too; counters follow by {@link MergedCounters}. Claims, held rewards, adjustments that
 * wait and receipts that tills have open are the survivor's from then on, and so are returns of old receipts: the old key leads
 * to the survivor for ever. Who shares the purse of a household other than the survivor's leaves it first.
 *
 * <p>MERGE: {@code memberKey} the survivor, {@code otherMemberKey} who is absorbed; {@code author}, {@code reason}.
 */
final class Merges {
    private final MemberPages members;
    private final MemberLots lots;
    private final Programmes programmes;
    private final Draft draft;
    private final Survivors survivors;
    private final Households households;
    private final MergedCounters counters;
    private final Claims claims;
    private final OpenReceipts open;
    private final Reservations reservations;

    Merges(
            MemberPages members,
            MemberLots lots,
            Programmes programmes,
            Draft draft,
            Survivors survivors,
            Households households,
            MergedCounters counters,
            Claims claims,
            OpenReceipts open,
            Reservations reservations) {
        this.members = members;
        this.lots = lots;
        this.programmes = programmes;
        this.draft = draft;
        this.survivors = survivors;
        this.households = households;
        this.counters = counters;
        this.claims = claims;
        this.open = open;
        this.reservations = reservations;
    }

    OperationStatus decide(Operation operation, Programme programme) {
        long survivor = operation.memberKey();
        long absorbed = operation.otherMemberKey();
        if (absorbed == 0 || operation.author().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        if (survivors.isMerged(absorbed)) {
            return survivors.of(absorbed) == survivor ? OperationStatus.ALREADY_DONE : OperationStatus.NOT_ALLOWED;
        }
        if (survivors.isMerged(survivor) || absorbed == survivor) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (members.find(absorbed) == MemberPages.NONE) {
            return OperationStatus.MEMBER_UNKNOWN;
        }
        long household = households.of(absorbed);
        boolean shared = household != 0 && household == households.of(survivor);
        if ((household != 0 && !shared) || households.size(absorbed) != 0 || households.size(survivor) != 0) {
            return OperationStatus.NOT_ALLOWED;
        }
        for (int purse = 0; purse < programmes.purseSlots() && !shared; purse++) {
            movePurse(absorbed, draft.purseOwner(survivor), purse, programme.version());
        }
        counters.move(absorbed, survivor, programme);
        return OperationStatus.DONE;
    }

    /** Moves all of a purse from one member to another. */
    void movePurse(long from, long to, int purse, int version) {
        LotList held = draft.lots(from, purse);
        int size = held.live();
        long[] keys = java.util.Arrays.copyOf(held.keys, size);
        long[] micro = java.util.Arrays.copyOf(held.micro, size);
        for (int i = 0; i < size; i++) {
            record(from, purse, -micro[i], version, keys[i]);
            draft.move(to, purse, MovementKind.TRANSFERRED, micro[i], Programme.NO_RULE, version, keys[i]);
        }
        long unheld = draft.balanceMicro(from, purse);
        if (unheld == 0) {
            return;
        }
        record(from, purse, -unheld, version, LotKey.NONE);
        if (unheld > 0 && !programmes.keepsLots(purse)) {
            draft.move(to, purse, MovementKind.TRANSFERRED, unheld, Programme.NO_RULE, version, LotKey.NONE);
        } else if (unheld > 0) {
            // From before the purse kept lots: they have none to go to.
            record(to, purse, unheld, version, LotKey.NONE);
        } else {
            takeMissing(to, purse, -unheld, version);
        }
    }

    /** What was missing there is taken here, and is missing here as far as there is nothing to take. */
    private void takeMissing(long to, int purse, long micro, int version) {
        long covered = Math.min(micro, Math.max(0, draft.balanceMicro(to, purse)));
        draft.move(to, purse, MovementKind.TRANSFERRED, -covered, Programme.NO_RULE, version, LotKey.NONE);
        if (micro > covered) {
            record(to, purse, covered - micro, version, LotKey.NONE);
        }
    }

    private void record(long member, int purse, long micro, int version, long lot) {
        draft.record(member, purse, MovementKind.TRANSFERRED, micro, Programme.NO_RULE, version, lot);
    }

    /** What a key held in the shop is another one's. */
    void followReservations(long from, long to) {
        reservations.follow(from, to);
    }

    void apply(Operation operation, PendingAdjustments pending) {
        long survivor = operation.memberKey();
        long absorbed = operation.otherMemberKey();
        int from = members.find(absorbed);
        int to = members.find(survivor);
        survivors.put(absorbed, survivor);
        members.absorb(from, to);
        lots.absorbExpired(from, members.find(households.purseOwner(survivor)));
        households.leave(absorbed);
        claims.follow(absorbed, survivor);
        open.follow(absorbed, survivor);
        reservations.follow(absorbed, survivor);
        pending.follow(absorbed, survivor);
    }
}
