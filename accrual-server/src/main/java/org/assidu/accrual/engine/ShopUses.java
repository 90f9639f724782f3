package org.assidu.accrual.engine;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ShopRule;

/**
 * Rewards of the shop that a receipt uses: entries among its used rewards that name one. Units held for the receipt are used
 * first and stay paid as they are; what is held and not used is given back; the rest is bought now, in the same outcome. The
 * till has given the reward, so its price is debited in any case; what could not be had is told as unfunded.
 */
final class ShopUses {
    private final Shop shop;
    /** Held for this receipt, and used by it. */
    private final List<Reservation> kept = new ArrayList<>();
    /** Of each reward used: rule, micropoints, units counted, units without points. */
    private final List<long[]> taken = new ArrayList<>();

    ShopUses(Shop shop) {
        this.shop = shop;
    }

    /** Whether a used reward of a receipt is one of the shop. */
    static boolean isNamed(Programme programme, ReceiptColumns receipt, int used) {
        List<ShopRule> rewards = programme.shop();
        for (int i = 0; i < rewards.size(); i++) {
            if (rewards.get(i).isNamed(receipt, receipt.usedReward[used])) {
                return true;
            }
        }
        return false;
    }

    /** Gives back what was held for the receipt, but for reservations that it uses whole. */
    void release(ReceiptColumns receipt, long member) {
        kept.clear();
        List<Reservation> held = shop.heldFor(receipt);
        for (int i = 0; i < held.size(); i++) {
            Reservation reservation = held.get(i);
            long used = uses(receipt, reservation.reward) - kept(reservation.reward);
            if (reservation.memberKey == member && used >= reservation.units) {
                kept.add(reservation);
            } else {
                shop.giveBack(reservation);
            }
        }
    }

    private long kept(String reward) {
        long units = 0;
        for (int i = 0; i < kept.size(); i++) {
            units += kept.get(i).reward.equals(reward) ? kept.get(i).units : 0;
        }
        return units;
    }

    private static long uses(ReceiptColumns receipt, String reward) {
        long units = 0;
        for (int used = 0; used < receipt.usedRewards; used++) {
            boolean same = receipt.string(receipt.usedReward[used]).equals(reward);
            units += same ? Math.max(1, receipt.usedRewardCount[used]) : 0;
        }
        return units;
    }

    private static long uses(ReceiptColumns receipt, ShopRule reward) {
        long units = 0;
        for (int used = 0; used < receipt.usedRewards; used++) {
            boolean same = reward.isNamed(receipt, receipt.usedReward[used]);
            units += same ? Math.max(1, receipt.usedRewardCount[used]) : 0;
        }
        return units;
    }

    /** Debits the rewards used beyond what was held. @return false when one could not be had */
    boolean spend(Programme programme, ReceiptColumns receipt, long member) {
        boolean covered = true;
        taken.clear();
        List<ShopRule> rewards = programme.shop();
        for (int i = 0; i < rewards.size() && receipt.usedRewards > 0; i++) {
            ShopRule reward = rewards.get(i);
            long units = uses(receipt, reward);
            if (units > 0) {
                covered &= spend(programme, receipt, member, reward, units);
            }
        }
        return covered;
    }

    private boolean spend(Programme programme, ReceiptColumns receipt, long member, ShopRule reward, long units) {
        long keptUnits = 0;
        long micro = 0;
        long free = 0;
        for (int k = 0; k < kept.size(); k++) {
            Reservation held = kept.get(k);
            if (held.reward.equals(reward.id())) {
                keptUnits += held.units;
                micro += held.heldMicro();
                free += shop.free(held);
            }
        }
        boolean had = true;
        long counted = keptUnits;
        if (units > keptUnits) {
            Shop.Taken bought = shop.takeGiven(member, reward, units - keptUnits, programme, receipt);
            had = bought.had();
            counted += bought.units();
            micro += bought.priceMicro();
            free += bought.free();
        }
        if (programme.document().returnsRestoreRewards()) {
            taken.add(new long[] {reward.rule(), micro, counted, free});
        }
        return had;
    }

    /** Adds to the context what was taken, as {@link RewardReturns} reads it. */
    void note(OutcomeColumns out) {
        for (int i = 0; i < taken.size(); i++) {
            long[] of = taken.get(i);
            for (int part = 1; part < of.length; part++) {
                out.addContext((int) of[0], of[part]);
            }
        }
        taken.clear();
    }
}
