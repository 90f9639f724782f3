package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.Limits;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.PurseRule;

/**
 * Money purses that a receipt uses, in full or in part: entries among its used rewards that name a purse, with what the till
 * took off for it. The till has given that, so the purse is debited in any case; what it could not cover, or was too little to
 * be used at all, is told as unfunded.
 */
final class PurseUses {
    private final Programmes programmes;
    private final Draft draft;

    PurseUses(Programmes programmes, Draft draft) {
        this.programmes = programmes;
        this.draft = draft;
    }

    /** Whether a used reward of a receipt is a money purse. */
    static boolean isNamed(Programme programme, ReceiptColumns receipt, int used) {
        return purse(programme, receipt, used) > 0;
    }

    /** Index of the purse in the programme; 0 when it is none. */
    private static int purse(Programme programme, ReceiptColumns receipt, int used) {
        List<PurseRule> purses = programme.purses();
        for (int purse = 1; purse < purses.size(); purse++) {
            if (purses.get(purse).isNamed(receipt, receipt.usedReward[used])) {
                return purse;
            }
        }
        return 0;
    }

    /** Debits the purses used. @return false when one did not cover it */
    boolean spend(Programme programme, ReceiptColumns receipt, long member) {
        boolean covered = true;
        for (int used = 0; used < receipt.usedRewards && programme.purses().size() > 1; used++) {
            int purse = purse(programme, receipt, used);
            if (purse > 0) {
                covered &=
                        spend(programme, programme.purses().get(purse), member, receipt.usedRewardDiscountMinor[used]);
            }
        }
        return covered;
    }

    /** What a receipt takes from a purse in all. */
    static long usedMicro(PurseRule rule, ReceiptColumns receipt) {
        long minor = 0;
        for (int used = 0; used < receipt.usedRewards; used++) {
            long discount = receipt.usedRewardDiscountMinor[used];
            minor += rule.isNamed(receipt, receipt.usedReward[used]) && isValid(discount) ? discount : 0;
        }
        return minor * Points.MICRO;
    }

    private static boolean isValid(long minor) {
        return minor >= 0 && minor <= Limits.PURSE_MINOR;
    }

    private boolean spend(Programme programme, PurseRule rule, long member, long minor) {
        if (!isValid(minor)) {
            return false;
        }
        int slot = programmes.purseSlot(rule.id());
        long micro = minor * Points.MICRO;
        boolean covered = micro == 0 || draft.availableMicro(member, slot) >= Math.max(micro, rule.minimumMicro());
        draft.move(member, slot, MovementKind.SPENT, -micro, Programme.NO_RULE, programme.version(), LotKey.NONE);
        return covered;
    }
}
