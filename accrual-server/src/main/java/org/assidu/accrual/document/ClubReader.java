package org.assidu.accrual.document;

import java.math.BigDecimal;
import java.util.List;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.ClubAccess;
import org.assidu.accrual.model.Mechanics.Downgrade;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.TierMeasure;
import org.assidu.accrual.model.Mechanics.TierWindow;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.jspecify.annotations.Nullable;

/** Reads status levels and clubs. */
final class ClubReader {
    private static final int YEAR = 12;

    private ClubReader() {}

    static @Nullable Tiers tiers(Fields root) {
        if (!root.has("tiers")) {
            return null;
        }
        Fields fields = root.mapping("tiers");
        fields.require("measure", "what qualifies: SPEND or POINTS_EARNED");
        fields.require("window", "LIFETIME, ROLLING_MONTHS or CALENDAR_YEAR");
        fields.require("levels", "a list of levels, lowest first");
        Tiers read = new Tiers(
                fields.choice("measure", TierMeasure.SPEND, Fields.all(TierMeasure.values())),
                fields.choice("window", TierWindow.ROLLING_MONTHS, Fields.all(TierWindow.values())),
                fields.integer("months", YEAR),
                fields.integer("grace_days", 0),
                List.copyOf(fields.integers("reminder_days")),
                fields.choice("downgrade", Downgrade.ONE_DOWN, Fields.all(Downgrade.values())),
                fields.mappings("levels").stream().map(ClubReader::level).toList());
        fields.end();
        return read;
    }

    private static Tier level(Fields fields) {
        String id = fields.id("silver");
        Fields.Name name = fields.name(id);
        fields.require("reaches", "the measure that qualifies, such as 500");
        Tier read = new Tier(
                id,
                name.en(),
                name.fr(),
                fields.decimal("reaches", BigDecimal.ONE),
                fields.decimal("multiplier", BigDecimal.ONE),
                List.copyOf(fields.texts("perks")));
        fields.end();
        return read;
    }

    static Club club(Fields fields) {
        String id = fields.id("wine");
        Fields.Name name = fields.name(id);
        Club read = new Club(
                id,
                name.en(),
                name.fr(),
                fields.text("sku"),
                fields.decimal("fee", BigDecimal.ZERO),
                fields.integer("months", 0),
                List.copyOf(fields.integers("reminder_days")),
                fields.decimal("first_purchase_percent", BigDecimal.ZERO),
                List.copyOf(fields.texts("perks")),
                access(fields.mapping("access")));
        fields.end();
        return read;
    }

    private static ClubAccess access(Fields fields) {
        ClubAccess read = new ClubAccess(
                fields.plainDecimal("average_basket"),
                fields.integer("purchases", 0),
                fields.plainDecimal("spend"),
                fields.text("tag"));
        fields.end();
        return read;
    }
}
