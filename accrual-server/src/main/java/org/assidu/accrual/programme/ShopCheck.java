package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Mechanics.ShopKind;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.TierPrice;
import org.assidu.accrual.model.ProgrammeDocument;

/** Checks the shop and the promo codes. */
final class ShopCheck {
    private static final Pattern CODE = Pattern.compile("[A-Z0-9][A-Z0-9-]{1,31}");
    private static final long MOST_STOCK = 1_000_000_000_000L;
    private static final int MOST_TIMES = 1_000_000;

    private final ProgrammeDocument document;
    private final FieldChecks checks;
    private final KnownIds known;

    ShopCheck(ProgrammeDocument document, FieldChecks checks, KnownIds known) {
        this.document = document;
        this.checks = checks;
        this.known = known;
    }

    void shop(Set<String> ruleIds) {
        List<ShopReward> shop = document.mechanics().shop();
        checks.count("shop", shop, Limits.RULES);
        for (int i = 0; i < shop.size(); i++) {
            ShopReward reward = shop.get(i);
            String path = "shop[" + i + "]";
            checks.newId(path + ".id", reward.id(), "mug", ruleIds, "rule");
            value(path, reward);
            checks.points(path + ".price", reward.price(), false, FieldChecks.MOST_POINTS);
            tierPrices(path + ".tier_prices", reward.tierPrices());
            if (reward.stock() != null) {
                checks.range(path + ".stock", reward.stock(), 0, MOST_STOCK);
            }
            checks.range(path + ".per_member", reward.perMember(), 0, MOST_TIMES);
            checks.days(path, reward.firstDay(), reward.lastDay());
            checks.texts(path + ".stores", reward.stores());
            checks.amount(path + ".cost", reward.cost(), true);
            BonusCheck.fundedBy(checks, path + ".funded_by", reward.fundedBy());
        }
    }

    private void value(String path, ShopReward reward) {
        switch (reward.kind()) {
            case PERCENTAGE_OFF -> checks.percent(path + ".value", reward.value(), false);
            case FIXED_AMOUNT, GIFT_CARD, VOUCHER -> checks.amount(path + ".value", reward.value(), false);
            case DONATION, PARTNER -> checks.amount(path + ".value", reward.value(), true);
            case FREE_ARTICLE, EARLY_ACCESS, EVENT_SEAT -> {
                if (reward.value().signum() != 0) {
                    checks.problem(path + ".value", "has no meaning for " + reward.kind() + "; remove it");
                }
            }
        }
        String sku = reward.sku();
        if (reward.kind() == ShopKind.FREE_ARTICLE) {
            if (sku == null) {
                checks.problem(path + ".sku", "is missing; write the article's code, in quotes");
            } else {
                checks.text(path + ".sku", sku);
            }
        } else if (sku != null) {
            checks.problem(path + ".sku", "only a FREE_ARTICLE has an article code; remove it");
        }
    }

    private void tierPrices(String path, List<TierPrice> prices) {
        checks.unique(path, prices.stream().map(TierPrice::tier).toList());
        for (int i = 0; i < prices.size(); i++) {
            String at = path + "[" + i + "]";
            checks.known(at + ".tier", prices.get(i).tier(), known.tiers(), "tier", "tiers.levels");
            checks.points(at + ".price", prices.get(i).price(), false, FieldChecks.MOST_POINTS);
        }
    }

    void promoCodes() {
        List<PromoCode> codes = document.mechanics().promoCodes();
        checks.count("promo_codes", codes, Limits.RULES);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < codes.size(); i++) {
            PromoCode code = codes.get(i);
            String path = "promo_codes[" + i + "]";
            if (!CODE.matcher(code.code()).matches()) {
                checks.problem(
                        path + ".code",
                        "\"" + code.code() + "\" is no code; write 2 to 32 capitals, digits and -, such as HELLO10");
            } else if (!seen.add(code.code())) {
                checks.problem(path + ".code", "\"" + code.code() + "\" is listed twice; give each code its own name");
            }
            checks.days(path, code.firstDay(), code.lastDay());
            checks.texts(path + ".skus", code.skus());
            checks.texts(path + ".categories", code.categories());
            checks.texts(path + ".brands", code.brands());
            advantage(path, code.percent(), code.amount());
            checks.range(path + ".uses", code.uses(), 0, MOST_STOCK);
            checks.range(path + ".uses_per_member", code.usesPerMember(), 0, MOST_TIMES);
        }
    }

    private void advantage(String path, BigDecimal percent, BigDecimal amount) {
        if (percent.signum() == 0 && amount.signum() == 0) {
            checks.problem(path, "gives nothing; write percent, such as 10, or amount, such as 5");
        } else if (percent.signum() != 0 && amount.signum() != 0) {
            checks.problem(path + ".amount", "is given beside percent; write one of the two");
        } else {
            checks.percent(path + ".percent", percent, true);
            checks.amount(path + ".amount", amount, true);
        }
    }
}
