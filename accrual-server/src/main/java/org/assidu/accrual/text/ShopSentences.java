package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.TierPrice;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammePart;

/** What the shop and promo codes say. */
final class ShopSentences {
    private final ProgrammeDocument document;
    private final Phrases phrases;
    private final ProgrammeNames names;

    ShopSentences(ProgrammeDocument document, Phrases phrases, ProgrammeNames names) {
        this.document = document;
        this.phrases = phrases;
        this.names = names;
    }

    PartText reward(ShopReward reward) {
        List<String> members = new ArrayList<>();
        members.add(phrases.say(
                "shop", phrases.points(reward.price()), names.of(reward.nameEn(), reward.nameFr()), what(reward)));
        for (TierPrice price : reward.tierPrices()) {
            members.add(phrases.say("shop.tier_price", names.level(price.tier()), phrases.points(price.price())));
        }
        List<String> offered = new ArrayList<>();
        String days = phrases.days(reward.firstDay(), reward.lastDay());
        if (days != null) {
            offered.add(days);
        }
        if (!reward.stores().isEmpty()) {
            offered.add(phrases.items("when.stores", reward.stores()));
        }
        if (!offered.isEmpty()) {
            members.add(phrases.say("shop.offered", String.join(", ", offered)));
        }
        validity(phrases, reward.validDays(), reward.reminderDays(), "shop.valid", members);
        if (reward.perMember() != 0) {
            members.add(phrases.count("shop.per_member", reward.perMember()));
        }
        if (reward.stock() != null) {
            members.add(phrases.say("shop.stock"));
        }
        List<String> owner = new ArrayList<>();
        if (reward.stock() != null) {
            owner.add(phrases.say("owner.stock", reward.stock()));
        }
        if (reward.cost().signum() != 0) {
            owner.add(phrases.say("owner.cost", money(reward.cost())));
        }
        BonusSentences.funded(phrases, reward.fundedBy(), owner);
        return new PartText(new ProgrammePart("shop", reward.id()), members, owner);
    }

    /** How long a reward can be used, and when its owner is told. */
    static void validity(Phrases phrases, int validDays, List<Integer> reminderDays, String key, List<String> to) {
        if (validDays != 0) {
            to.add(phrases.say(key, phrases.count("days", validDays)));
        }
        if (!reminderDays.isEmpty()) {
            List<String> days =
                    reminderDays.stream().map(day -> phrases.count("days", day)).toList();
            to.add(phrases.say("reward.reminder", phrases.list(days)));
        }
    }

    private String what(ShopReward reward) {
        String key = "shop." + BonusSentences.key(reward.kind());
        return switch (reward.kind()) {
            case PERCENTAGE_OFF -> phrases.say(key, phrases.number(reward.value()));
            case FIXED_AMOUNT, GIFT_CARD, VOUCHER -> phrases.say(key, money(reward.value()));
            case FREE_ARTICLE -> phrases.say(key, reward.sku() == null ? "" : reward.sku());
            case EARLY_ACCESS, EVENT_SEAT -> phrases.say(key);
            case DONATION, PARTNER ->
                reward.value().signum() == 0 ? phrases.say(key) : phrases.say(key + ".value", money(reward.value()));
        };
    }

    private String money(BigDecimal amount) {
        return phrases.money(amount, document.currency());
    }

    PartText promoCode(PromoCode code) {
        List<String> says = new ArrayList<>();
        String advantage = code.percent().signum() != 0
                ? phrases.say("promo.percent", phrases.number(code.percent()))
                : phrases.say("promo.amount", money(code.amount()));
        String articles =
                BonusSentences.articles(phrases, "articles.on", code.skus(), code.categories(), code.brands());
        says.add(articles == null ? advantage : phrases.say("promo.articles", advantage, articles));
        String days = phrases.days(code.firstDay(), code.lastDay());
        if (days != null) {
            says.add(days);
        }
        if (code.usesPerMember() != 0) {
            says.add(phrases.count("promo.uses_per_member", code.usesPerMember()));
        }
        List<String> members = new ArrayList<>();
        List<String> owner = new ArrayList<>();
        members.add(phrases.say("promo", code.code(), String.join(", ", says)));
        if (code.uses() != 0) {
            members.add(phrases.say("promo.uses"));
            owner.add(phrases.count("owner.uses", code.uses()));
        }
        return new PartText(new ProgrammePart("promo_codes", code.code()), members, owner);
    }
}
