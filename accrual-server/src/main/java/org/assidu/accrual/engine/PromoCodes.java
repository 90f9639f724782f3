package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/**
 * Uses of promo codes, by operations or among the used rewards of a receipt. USE_PROMO_CODE: {@code subject} the code, {@code idempotencyKey} the use, such as the receipt;
 * {@code memberKey} 0 when nobody is identified.
 */
final class PromoCodes {
    private final Draft draft;
    private final CounterSlots slots;
    /** Of each promo code among the used rewards of the receipt at hand: uses counted. */
    private final List<Long> counted = new ArrayList<>();

    PromoCodes(Draft draft, CounterSlots slots) {
        this.draft = draft;
        this.slots = slots;
    }

    OperationStatus use(Operation operation, Programme programme, long nowMillis) {
        if (operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        PromoCode code = find(programme, operation.subject());
        return code == null ? OperationStatus.CODE_UNKNOWN : use(code, operation.memberKey(), programme.day(nowMillis));
    }

    private OperationStatus use(PromoCode code, long member, int day) {
        if (day < code.firstDay().toEpochDay() || day > code.lastDay().toEpochDay()) {
            return OperationStatus.TOO_LATE;
        }
        int uses = slots.slot(ShopSlots.promoUses(code.code()));
        if (code.uses() > 0 && draft.counter(Draft.PROGRAMME, uses) >= code.uses()) {
            return OperationStatus.CODE_USED_UP;
        }
        if (code.usesPerMember() > 0) {
            if (member == 0) {
                return OperationStatus.MEMBER_UNKNOWN;
            }
            if (draft.counter(member, uses) >= code.usesPerMember()) {
                return OperationStatus.LIMIT_EXCEEDED;
            }
        }
        draft.change(Draft.PROGRAMME, uses, 1);
        if (member != 0) {
            draft.change(member, uses, 1);
        }
        return OperationStatus.DONE;
    }

    /** Whether a used reward of a receipt is a promo code. */
    static boolean isNamed(Programme programme, ReceiptColumns receipt, int used) {
        return !programme.document().mechanics().promoCodes().isEmpty()
                && find(programme, receipt.string(receipt.usedReward[used])) != null;
    }

    /**
     * Counts the promo codes among the used rewards of a receipt, each as often as it says and its limits allow.
     *
     * @param member 0 when nobody is identified
     * @return false when a use was beyond the code's days or limits: the till has given it, and it is not counted
     */
    boolean spend(Programme programme, ReceiptColumns receipt, long member) {
        boolean covered = true;
        counted.clear();
        if (programme.document().mechanics().promoCodes().isEmpty()) {
            return true;
        }
        for (int used = 0; used < receipt.usedRewards; used++) {
            PromoCode code = find(programme, receipt.string(receipt.usedReward[used]));
            long times = code == null ? 0 : Math.max(1, receipt.usedRewardCount[used]);
            long done = 0;
            while (code != null
                    && done < times
                    && use(code, member, programme.day(receipt.soldAtMillis)) == OperationStatus.DONE) {
                done++;
            }
            covered &= done == times;
            if (code != null) {
                counted.add(done);
            }
        }
        return covered;
    }

    /** Adds to the context what was counted, entry by entry, as {@link #restore} reads it. */
    void note(OutcomeColumns out) {
        for (int i = 0; i < counted.size(); i++) {
            out.addContext(Programme.NO_RULE, counted.get(i));
        }
        counted.clear();
    }

    /** Takes off the uses that a recorded receipt counted. @param member 0 when nobody was identified */
    void restore(Programme programme, ReceiptColumns sold, OutcomeColumns recorded, long member) {
        int entry = 0;
        for (int used = 0; used < sold.usedRewards; used++) {
            PromoCode code = find(programme, sold.string(sold.usedReward[used]));
            if (code == null) {
                continue;
            }
            long uses = RewardReturns.context(recorded, Programme.NO_RULE, entry++);
            int slot = slots.slot(ShopSlots.promoUses(code.code()));
            draft.change(Draft.PROGRAMME, slot, -uses);
            if (member != 0) {
                draft.change(member, slot, -uses);
            }
        }
    }

    private static @Nullable PromoCode find(Programme programme, String code) {
        for (PromoCode promo : programme.document().mechanics().promoCodes()) {
            if (promo.code().equals(code)) {
                return promo;
            }
        }
        return null;
    }
}
