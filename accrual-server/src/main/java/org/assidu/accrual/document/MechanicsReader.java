package org.assidu.accrual.document;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Act;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.Mechanics.Desk;
import org.assidu.accrual.model.Mechanics.Guards;
import org.assidu.accrual.model.Mechanics.MostAdvantage;
import org.assidu.accrual.model.Mechanics.Objective;
import org.assidu.accrual.model.Mechanics.ObjectiveMetric;
import org.jspecify.annotations.Nullable;

/** Reads everything of a programme beyond base, threshold rewards and cards. */
final class MechanicsReader {
    private MechanicsReader() {}

    static Mechanics read(Fields root) {
        return new Mechanics(
                root.mappings("money_purses").stream().map(PurseReader::money).toList(),
                root.mappings("bonuses").stream().map(BonusReader::read).toList(),
                root.mappings("acts").stream().map(MechanicsReader::act).toList(),
                ClubReader.tiers(root),
                root.mappings("clubs").stream().map(ClubReader::club).toList(),
                root.mappings("shop").stream().map(ShopReader::reward).toList(),
                root.mappings("promo_codes").stream().map(ShopReader::promoCode).toList(),
                guards(root.mapping("guards")),
                root.mappings("objectives").stream()
                        .map(MechanicsReader::objective)
                        .toList(),
                desk(root.mapping("desk")),
                root.integer("notice_days", 0),
                root.date("last_earn_day"),
                root.date("last_burn_day"));
    }

    private static Act act(Fields fields) {
        String id = fields.id("welcome");
        fields.require("act", "what is rewarded, such as WELCOME");
        ActKind kind = fields.choice("act", Fields.all(ActKind.values()));
        if (kind == null) {
            // The keys depend on the kind: which of them are missing cannot be said.
            fields.text("code");
            fields.text("tier");
            fields.integer("months", 0);
            fields.integer("days", 0);
            fields.integer("days_before", 0);
        }
        Act read = new Act(
                id,
                kind == null ? ActKind.WELCOME : kind,
                kind == null ? null : code(fields, kind),
                kind == null ? 0 : number(fields, kind),
                fields.decimal("points", BigDecimal.ZERO),
                fields.text("reward"),
                fields.integer("times", 0));
        fields.end();
        return read;
    }

    private static @Nullable String code(Fields fields, ActKind kind) {
        return switch (kind) {
            case CUSTOM -> required(fields, "code", "the code that the event carries, such as app");
            case TIER_ENTRY -> required(fields, "tier", "the id of the tier that is reached");
            case WELCOME, PROFILE_COMPLETED, REFERRER, REFERRED, REVIEW, SURVEY, BIRTHDAY, EVERY_MONTHS, DORMANT ->
                null;
        };
    }

    private static @Nullable String required(Fields fields, String key, String what) {
        fields.require(key, what);
        return fields.text(key);
    }

    private static int number(Fields fields, ActKind kind) {
        return switch (kind) {
            case EVERY_MONTHS -> {
                fields.require("months", "how many months since enrolment, such as 12");
                yield fields.integer("months", 0);
            }
            case DORMANT -> {
                fields.require("days", "how many days without a purchase, such as 90");
                yield fields.integer("days", 0);
            }
            case BIRTHDAY -> fields.integer("days_before", 0);
            case PROFILE_COMPLETED, REVIEW -> fields.integer("days", 0);
            case WELCOME, REFERRER, REFERRED, SURVEY, CUSTOM, TIER_ENTRY -> 0;
        };
    }

    private static Guards guards(Fields fields) {
        Guards read = new Guards(
                List.copyOf(fields.texts("never_earn")),
                List.copyOf(fields.texts("never_promote")),
                fields.mappings("most_advantage").stream()
                        .map(MechanicsReader::mostAdvantage)
                        .toList(),
                fields.integer("receipts_a_day", 0));
        fields.end();
        return read;
    }

    private static MostAdvantage mostAdvantage(Fields fields) {
        fields.require("category", "a category such as books");
        fields.require("percent", "the greatest total advantage, such as 5");
        MostAdvantage read = new MostAdvantage(
                fields.text("category", "missing-" + fields.at("category").replaceAll("[^0-9]", "")),
                fields.decimal("percent", BigDecimal.ONE));
        fields.end();
        return read;
    }

    private static Objective objective(Fields fields) {
        String id = fields.id("retention-2026");
        fields.require("metric", "what is measured, such as RETENTION_PERCENT");
        fields.require("target", "the figure to reach, such as 75");
        fields.require("first_day", "the first day, such as 2026-01-01");
        fields.require("last_day", "the last day, such as 2026-12-31");
        ObjectiveMetric metric = fields.choice("metric", Fields.all(ObjectiveMetric.values()));
        LocalDate firstDay = fields.date("first_day");
        LocalDate lastDay = fields.date("last_day");
        LocalDate anyDay = firstDay == null ? lastDay == null ? LocalDate.EPOCH : lastDay : firstDay;
        Objective read = new Objective(
                id,
                metric == null ? ObjectiveMetric.AVERAGE_BASKET : metric,
                fields.decimal("target", BigDecimal.ONE),
                firstDay == null ? anyDay : firstDay,
                lastDay == null ? anyDay : lastDay);
        fields.end();
        return read;
    }

    private static Desk desk(Fields fields) {
        Desk read = new Desk(
                fields.decimal("adjustment_limit", Desk.DEFAULT.adjustmentLimit()),
                fields.decimal("approval_above", Desk.DEFAULT.approvalAbove()),
                fields.integer("claim_days", Desk.DEFAULT.claimDays()));
        fields.end();
        return read;
    }
}
