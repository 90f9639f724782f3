package org.assidu.accrual.engine;

import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.ProgrammeDocument;

/** Names of the counters of shop and promo codes. */
final class ShopSlots {
    /** Level of the member's tier, from 1 as the version in force lists them; 0 = none. */
    static final String TIER_LEVEL = "tier/level";

    private ShopSlots() {}

    static void publish(ProgrammeDocument document, CounterSlots slots) {
        for (ShopReward reward : document.mechanics().shop()) {
            slots.publish(stock(reward.id()));
            slots.publish(had(reward.id()));
            slots.publish(unlocked(reward.id()));
        }
        for (PromoCode code : document.mechanics().promoCodes()) {
            slots.publish(promoUses(code.code()));
        }
        if (!document.mechanics().shop().isEmpty()) {
            slots.publish(TIER_LEVEL);
        }
    }

    /** Units taken over all members; of the programme. */
    static String stock(String reward) {
        return "shop/" + reward + "/taken";
    }

    /** Units that a member has had. */
    static String had(String reward) {
        return "shop/" + reward + "/had";
    }

    /** Units that a member may have without points. */
    static String unlocked(String reward) {
        return "shop/" + reward + "/unlocked";
    }

    /** Uses of a promo code: by a member, and of the programme over all. */
    static String promoUses(String code) {
        return "promo/" + code + "/uses";
    }
}
