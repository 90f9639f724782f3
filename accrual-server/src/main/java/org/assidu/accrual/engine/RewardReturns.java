package org.assidu.accrual.engine;

import java.util.List;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.RecordedReceipt;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.PurseRule;
import org.assidu.accrual.programme.RewardRule;
import org.assidu.accrual.programme.ShopRule;

/**
 * Rewards that a receipt used, given back once all of it has come back, where the programme that priced it says so. What the
 * receipt's outcome debited goes back to the lots it came from; what it did not debit itself (a reservation held for it, a
 * debt) is credited to a lot of the receipt's day. The context of the receipt says what its movements cannot: for a threshold
 * reward, uses that nothing covered; for a reward of the shop, in this order, micropoints, units counted, units without points; without
 * rule, for each promo code, uses counted.
 */
final class RewardReturns {
    private static final int POINTS = 0;

    private final Programmes programmes;
    private final Draft draft;
    private final Thresholds thresholds;
    private final CounterSlots slots;
    private final Survivors survivors;
    private final PromoCodes promoCodes;

    RewardReturns(
            Programmes programmes,
            Draft draft,
            Thresholds thresholds,
            CounterSlots slots,
            Survivors survivors,
            PromoCodes promoCodes) {
        this.programmes = programmes;
        this.draft = draft;
        this.thresholds = thresholds;
        this.slots = slots;
        this.survivors = survivors;
        this.promoCodes = promoCodes;
    }

    /** Gives back what the receipt used if its last article comes back now. */
    void restore(RecordedReceipt recorded, long[] before, long[] after) {
        ReceiptColumns sold = recorded.receipt();
        Programme programme = programmes.ofVersion(recorded.outcome().programmeVersion);
        long member = survivors.of(Facts.participant(sold));
        if (sold.usedRewards == 0
                || programme == null
                || !programme.document().returnsRestoreRewards()
                || isWhole(sold, before)
                || !isWhole(sold, after)) {
            return;
        }
        promoCodes.restore(programme, sold, recorded.outcome(), member);
        if (member == 0) {
            return;
        }
        long payer = payer(recorded.outcome(), member);
        movements(recorded.outcome(), payer);
        thresholdRewards(programme, recorded, member, payer);
        shop(programme, recorded, member, payer);
        money(programme, recorded, payer);
    }

    private static boolean isWhole(ReceiptColumns sold, long[] returned) {
        for (int line = 0; line < sold.lines; line++) {
            if (!sold.isReturn(line) && returned[line] < sold.quantityThousandths[line]) {
                return false;
            }
        }
        return true;
    }

    /** Whose purse paid: the member's, or that of the household that the member was in. */
    private long payer(OutcomeColumns out, long member) {
        for (int m = 0; m < out.movements; m++) {
            if (out.movementKind[m] == MovementKind.SPENT) {
                return survivors.of(out.movementMember[m]);
            }
        }
        return member;
    }

    /** What a use took, less what was forgiven of it: that follows at once. */
    private void movements(OutcomeColumns out, long payer) {
        for (int m = 0; m < out.movements; m++) {
            if (out.movementKind[m] != MovementKind.SPENT) {
                continue;
            }
            boolean forgiven = m + 1 < out.movements
                    && out.movementKind[m + 1] == MovementKind.FORGIVEN
                    && out.movementPurse[m + 1] == out.movementPurse[m]
                    && out.movementRule[m + 1] == out.movementRule[m];
            long micro = -out.movementMicro[m] - (forgiven ? out.movementMicro[m + 1] : 0);
            give(payer, out.movementPurse[m], micro, out.movementRule[m], out.movementVersion[m], out.movementLot[m]);
        }
    }

    private void give(long payer, int purse, long micro, int rule, int version, long lot) {
        draft.move(payer, purse, MovementKind.RESTORED, micro, rule, version, lot);
    }

    /** What a use cost beyond what the receipt's outcome debited for it. */
    private void undebited(Programme programme, RecordedReceipt recorded, long payer, int purse, int rule, long cost) {
        OutcomeColumns out = recorded.outcome();
        long micro = cost;
        for (int m = 0; m < out.movements; m++) {
            boolean same = out.movementKind[m] == MovementKind.SPENT
                    && out.movementPurse[m] == purse
                    && out.movementRule[m] == rule;
            micro += same ? out.movementMicro[m] : 0;
        }
        int version = programme.version();
        long lot = programmes.keepsLots(purse)
                ? programmes.purse(version, purse).lot(programme.businessDay(recorded.receipt()), false)
                : LotKey.NONE;
        give(payer, purse, Math.max(0, micro), rule, version, lot);
    }

    private void thresholdRewards(Programme programme, RecordedReceipt recorded, long member, long payer) {
        for (int i = 0; i < programme.thresholdRewards().size(); i++) {
            RewardRule reward = programme.thresholdReward(i);
            long uses = 0;
            for (int used = 0; used < recorded.receipt().usedRewards; used++) {
                boolean same = reward.isNamed(recorded.receipt(), recorded.receipt().usedReward[used]);
                uses += same ? Math.max(1, recorded.receipt().usedRewardCount[used]) : 0;
            }
            if (uses > 0) {
                long unfunded = context(recorded.outcome(), reward.rule(), 0);
                undebited(programme, recorded, payer, POINTS, reward.rule(), reward.costMicro() * uses);
                thresholds.grant(member, programme, reward, uses - unfunded);
                int window = programme.window(reward, recorded.receipt().soldAtMillis);
                thresholds.add(member, programme, reward, window, unfunded * reward.reachesUnits());
            }
        }
    }

    private void shop(Programme programme, RecordedReceipt recorded, long member, long payer) {
        List<ShopRule> rewards = programme.shop();
        for (int i = 0; i < rewards.size(); i++) {
            ShopRule reward = rewards.get(i);
            OutcomeColumns out = recorded.outcome();
            undebited(programme, recorded, payer, POINTS, reward.rule(), context(out, reward.rule(), 0));
            long units = context(out, reward.rule(), 1);
            draft.change(Draft.PROGRAMME, slots.slot(ShopSlots.stock(reward.id())), -units);
            draft.change(member, slots.slot(ShopSlots.had(reward.id())), -units);
            draft.change(member, slots.slot(ShopSlots.unlocked(reward.id())), context(out, reward.rule(), 2));
        }
    }

    private void money(Programme programme, RecordedReceipt recorded, long payer) {
        for (int purse = 1; purse < programme.purses().size(); purse++) {
            PurseRule rule = programme.purses().get(purse);
            long used = PurseUses.usedMicro(rule, recorded.receipt());
            undebited(programme, recorded, payer, programmes.purseSlot(rule.id()), Programme.NO_RULE, used);
        }
    }

    /** The n-th number that the context has for a rule; 0 = none. */
    static long context(OutcomeColumns out, int rule, int nth) {
        int seen = 0;
        for (int c = 0; c < out.contexts; c++) {
            if (out.contextRule[c] == rule && seen++ == nth) {
                return out.contextHeadroom[c];
            }
        }
        return 0;
    }
}
