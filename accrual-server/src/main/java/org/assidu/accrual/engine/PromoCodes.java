package org.assidu.accrual.engine;

import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/**
 * Uses of promo codes. USE_PROMO_CODE: {@code subject} the code, {@code idempotencyKey} the use, such as the receipt;
 * {@code memberKey} 0 when nobody is identified.
 */
final class PromoCodes {
    private final Draft draft;
    private final CounterSlots slots;

    PromoCodes(Draft draft, CounterSlots slots) {
        this.draft = draft;
        this.slots = slots;
    }

    OperationStatus use(Operation operation, Programme programme, long nowMillis) {
        if (operation.idempotencyKey().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        PromoCode code = find(programme, operation.subject());
        if (code == null) {
            return OperationStatus.CODE_UNKNOWN;
        }
        int day = programme.day(nowMillis);
        if (day < code.firstDay().toEpochDay() || day > code.lastDay().toEpochDay()) {
            return OperationStatus.TOO_LATE;
        }
        int uses = slots.slot(ShopSlots.promoUses(code.code()));
        if (code.uses() > 0 && draft.counter(Draft.PROGRAMME, uses) >= code.uses()) {
            return OperationStatus.CODE_USED_UP;
        }
        long member = operation.memberKey();
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

    private static @Nullable PromoCode find(Programme programme, String code) {
        for (PromoCode promo : programme.document().mechanics().promoCodes()) {
            if (promo.code().equals(code)) {
                return promo;
            }
        }
        return null;
    }
}
