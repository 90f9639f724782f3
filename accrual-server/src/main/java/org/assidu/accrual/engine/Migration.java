package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OpeningLot;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.PurseRule;
import org.assidu.accrual.programme.TierLadder;

/**
 * Members of another system, with what they had there: one operation a member, so that each is in effect whole or not at all.
 * A lot whose last day is over is credited and expires in the same outcome or, where no day has begun yet, with the first one.
 *
 * <p>MIGRATE: {@code memberKey}; {@code idempotencyKey} id in the other system; {@code atMillis} when the member joined there;
 * {@code subject} tier, empty = none; {@code amount} epoch day of the tier's next review, 0 = as if reached today; {@code details}
 * the lots, as {@link OpeningLot#detail} writes them.
 */
final class Migration {
    /** A billion points: sums of all lots of a member fit a long. */
    private static final long MOST_MICRO = 1_000_000_000_000_000L;

    private static final int MOST_LOTS = 500;
    private static final int LAST_DAY = LotKey.NEVER - 1;

    private final MemberPages members;
    private final Programmes programmes;
    private final Draft draft;

    Migration(MemberPages members, Programmes programmes, Draft draft) {
        this.members = members;
        this.programmes = programmes;
        this.draft = draft;
    }

    OperationStatus decide(Operation operation, Programme programme, long nowMillis) {
        List<String> lots = operation.details();
        if (operation.memberKey() == 0 || operation.idempotencyKey().isEmpty() || lots.size() > MOST_LOTS) {
            return OperationStatus.MALFORMED;
        }
        OperationStatus tier = openTier(operation, programme, programme.day(nowMillis));
        if (tier != OperationStatus.DONE) {
            return tier;
        }
        for (String detail : lots) {
            OperationStatus status = credit(operation.memberKey(), OpeningLot.of(detail), programme);
            if (status != OperationStatus.DONE) {
                return status;
            }
        }
        return OperationStatus.DONE;
    }

    private OperationStatus credit(long member, OpeningLot lot, Programme programme) {
        if (!programme.purseIds().contains(lot.purseId())) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        int slot = programmes.purseSlot(lot.purseId());
        PurseRule purse = programmes.purse(programme.version(), slot);
        boolean dated = lot.lastDay() != OpeningLot.BY_PURSE;
        if (lot.micro() <= 0
                || lot.micro() > MOST_MICRO
                || lot.earnedDay() < 0
                || lot.earnedDay() > LAST_DAY
                || lot.lastDay() > LAST_DAY
                || (dated && (lot.lastDay() < lot.earnedDay() || !purse.keepsLots()))) {
            return OperationStatus.MALFORMED;
        }
        long key = purse.lot(lot.earnedDay(), false);
        if (dated) {
            key = LotKey.of(lot.lastDay(), LotKey.cohortMonth(key), 0);
        }
        draft.move(member, slot, MovementKind.MIGRATED, lot.micro(), Programme.NO_RULE, programme.version(), key);
        return OperationStatus.DONE;
    }

    /** Gives the level that the other system gave, and the day on which it is looked at again. */
    private OperationStatus openTier(Operation operation, Programme programme, int today) {
        if (operation.subject().isEmpty()) {
            return OperationStatus.DONE;
        }
        TierLadder ladder = programme.tiers();
        TierSlots slots = programmes.tierSlots();
        if (ladder == null || slots == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        int level = ladder.levels();
        while (level > 0 && !ladder.level(level).id().equals(operation.subject())) {
            level--;
        }
        if (level == 0) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        if (operation.amount() < 0 || operation.amount() > LAST_DAY) {
            return OperationStatus.MALFORMED;
        }
        long member = operation.memberKey();
        long review = operation.amount() == 0 ? ladder.firstReview(today) : operation.amount();
        draft.change(member, slots.level, level - draft.counter(member, slots.level));
        draft.change(member, slots.review, review - draft.counter(member, slots.review));
        return OperationStatus.DONE;
    }

    void apply(Operation operation) {
        int row = members.intern(operation.memberKey(), operation.atMillis());
        members.enrolledAt(row, operation.atMillis());
    }
}
