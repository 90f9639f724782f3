package org.assidu.accrual.document;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Mechanics.ShopKind;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.TierPrice;
import org.jspecify.annotations.Nullable;

/** Reads what points and codes buy. */
final class ShopReader {
    private ShopReader() {}

    static ShopReward reward(Fields fields) {
        String id = fields.id("mug");
        Fields.Name name = fields.name(id);
        fields.require("kind", "what it is, such as FREE_ARTICLE");
        fields.require("price", "its price in points, such as 500");
        ShopKind kind = fields.choice("kind", Fields.all(ShopKind.values()));
        if (kind != null && hasValue(kind)) {
            fields.require("value", kind == ShopKind.PERCENTAGE_OFF ? "percent, such as 10" : "an amount such as 5");
        }
        if (kind == ShopKind.FREE_ARTICLE) {
            fields.require("sku", "the article's code, in quotes");
        }
        BigDecimal value = fields.decimal("value", BigDecimal.ZERO);
        String sku = fields.text("sku");
        ShopReward read = new ShopReward(
                id,
                name.en(),
                name.fr(),
                // Of an unknown kind nothing can be said about value and article.
                kind == null ? ShopKind.PARTNER : kind,
                kind == null ? BigDecimal.ZERO : value,
                kind == null ? null : sku,
                fields.decimal("price", BigDecimal.ONE),
                fields.mappings("tier_prices").stream()
                        .map(ShopReader::tierPrice)
                        .toList(),
                stock(fields),
                fields.integer("per_member", 0),
                fields.date("first_day"),
                fields.date("last_day"),
                List.copyOf(fields.texts("stores")),
                fields.integer("valid_days", 0),
                List.copyOf(fields.integers("reminder_days")),
                fields.decimal("cost", BigDecimal.ZERO),
                BonusReader.fundedBy(fields));
        fields.end();
        return read;
    }

    private static boolean hasValue(ShopKind kind) {
        return switch (kind) {
            case PERCENTAGE_OFF, FIXED_AMOUNT, GIFT_CARD, VOUCHER -> true;
            case FREE_ARTICLE, EARLY_ACCESS, EVENT_SEAT, DONATION, PARTNER -> false;
        };
    }

    private static @Nullable Long stock(Fields fields) {
        return fields.has("stock") ? Long.valueOf(fields.number("stock", 0, Long.MIN_VALUE, Long.MAX_VALUE)) : null;
    }

    private static TierPrice tierPrice(Fields fields) {
        fields.require("tier", "the id of a tier");
        fields.require("price", "its price in points, such as 400");
        TierPrice read = new TierPrice(fields.text("tier", ""), fields.decimal("price", BigDecimal.ONE));
        fields.end();
        return read;
    }

    static PromoCode promoCode(Fields fields) {
        fields.require("code", "what the customer says, such as HELLO10");
        fields.require("first_day", "the first day, such as 2026-01-01");
        fields.require("last_day", "the last day, such as 2026-12-31");
        LocalDate firstDay = fields.date("first_day");
        LocalDate lastDay = fields.date("last_day");
        LocalDate anyDay = firstDay == null ? lastDay == null ? LocalDate.EPOCH : lastDay : firstDay;
        PromoCode read = new PromoCode(
                fields.text("code", "MISSING" + fields.at("code").replaceAll("[^0-9]", "")),
                firstDay == null ? anyDay : firstDay,
                lastDay == null ? anyDay : lastDay,
                List.copyOf(fields.texts("skus")),
                List.copyOf(fields.texts("categories")),
                List.copyOf(fields.texts("brands")),
                fields.decimal("percent", BigDecimal.ZERO),
                fields.decimal("amount", BigDecimal.ZERO),
                fields.number("uses", 0, Long.MIN_VALUE, Long.MAX_VALUE),
                fields.integer("uses_per_member", 0));
        fields.end();
        return read;
    }
}
