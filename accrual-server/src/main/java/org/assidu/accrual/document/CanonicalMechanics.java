package org.assidu.accrual.document;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.assidu.accrual.model.Bonus.FundingShare;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Act;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.ClubAccess;
import org.assidu.accrual.model.Mechanics.Desk;
import org.assidu.accrual.model.Mechanics.Guards;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.Mechanics.Objective;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.Validity;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of what goes beyond base and threshold rewards. A section that says nothing is left out, so that the
 * text of a programme without it, and with the text its hash, is the same as before there was such a section.
 */
final class CanonicalMechanics {
    private CanonicalMechanics() {}

    static void put(Map<String, Object> tree, Mechanics mechanics) {
        given(tree, "money_purses", trees(mechanics.moneyPurses(), CanonicalMechanics::moneyPurse));
        given(tree, "bonuses", trees(mechanics.bonuses(), CanonicalBonus::tree));
        given(tree, "acts", trees(mechanics.acts(), CanonicalMechanics::act));
        Tiers tiers = mechanics.tiers();
        given(tree, "tiers", tiers == null ? null : tiers(tiers));
        given(tree, "clubs", trees(mechanics.clubs(), CanonicalMechanics::club));
        given(tree, "shop", trees(mechanics.shop(), CanonicalMechanics::shopReward));
        given(tree, "promo_codes", trees(mechanics.promoCodes(), CanonicalMechanics::promoCode));
        if (!mechanics.guards().equals(Guards.NONE)) {
            tree.put("guards", guards(mechanics.guards()));
        }
        given(tree, "objectives", trees(mechanics.objectives(), CanonicalMechanics::objective));
        if (!mechanics.desk().equals(Desk.DEFAULT)) {
            tree.put("desk", desk(mechanics.desk()));
        }
        if (mechanics.noticeDays() != 0) {
            tree.put("notice_days", number(mechanics.noticeDays()));
        }
        given(tree, "last_earn_day", text(mechanics.lastEarnDay()));
        given(tree, "last_burn_day", text(mechanics.lastBurnDay()));
    }

    /** Puts what says something: neither null nor empty. */
    static void given(Map<String, Object> tree, String key, @Nullable Object value) {
        boolean empty = value == null
                || (value instanceof Collection<?> items && items.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        if (!empty) {
            tree.put(key, value);
        }
    }

    static <T> List<Map<String, Object>> trees(List<T> items, Function<T, Map<String, Object>> tree) {
        return items.stream().map(tree).toList();
    }

    static BigDecimal number(long value) {
        return BigDecimal.valueOf(value);
    }

    static @Nullable BigDecimal plain(@Nullable BigDecimal value) {
        return value == null ? null : Canonical.plain(value);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    static Map<String, Object> name(String english, String french) {
        return Map.of("en", english, "fr", french);
    }

    static Map<String, Object> purse(Purse purse) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("id", purse.id());
        tree.put("rounding", purse.rounding().name());
        tree.put("negative", purse.negative().name());
        Validity validity = purse.validity();
        if (validity != null) {
            tree.put(
                    "validity",
                    Map.of(
                            "length", number(validity.length()),
                            "unit", validity.unit().name(),
                            "end", validity.end().name(),
                            "renewed_by_activity", validity.renewedByActivity()));
        }
        if (purse.pendingDays() != 0) {
            tree.put("pending_days", number(purse.pendingDays()));
        }
        given(
                tree,
                "reminder_days",
                purse.reminderDays().stream().map(CanonicalMechanics::number).toList());
        return tree;
    }

    private static Map<String, Object> moneyPurse(MoneyPurse purse) {
        Map<String, Object> tree = purse(purse.purse());
        tree.put("minimum_to_spend", Canonical.plain(purse.minimumToSpend()));
        given(tree, "points_per_unit", plain(purse.pointsPerUnit()));
        return tree;
    }

    /** Key of an act's number; null when it has none. */
    private static @Nullable String counted(ActKind kind) {
        return switch (kind) {
            case EVERY_MONTHS -> "months";
            case DORMANT, PROFILE_COMPLETED, REVIEW -> "days";
            case BIRTHDAY -> "days_before";
            case WELCOME, REFERRER, REFERRED, SURVEY, CUSTOM, TIER_ENTRY -> null;
        };
    }

    private static Map<String, Object> act(Act act) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("id", act.id());
        tree.put("act", act.kind().name());
        given(tree, act.kind() == ActKind.TIER_ENTRY ? "tier" : "code", act.code());
        String counted = counted(act.kind());
        boolean required = act.kind() == ActKind.EVERY_MONTHS || act.kind() == ActKind.DORMANT;
        if (counted != null && (required || act.number() != 0)) {
            tree.put(counted, number(act.number()));
        }
        tree.put("points", Canonical.plain(act.points()));
        given(tree, "reward", act.reward());
        tree.put("times", number(act.times()));
        return tree;
    }

    private static Map<String, Object> tiers(Tiers tiers) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("measure", tiers.measure().name());
        tree.put("window", tiers.window().name());
        tree.put("months", number(tiers.months()));
        tree.put("grace_days", number(tiers.graceDays()));
        given(tree, "reminder_days", numbers(tiers.reminderDays()));
        tree.put("downgrade", tiers.downgrade().name());
        tree.put("levels", trees(tiers.levels(), CanonicalMechanics::tier));
        return tree;
    }

    private static List<BigDecimal> numbers(List<Integer> values) {
        return values.stream().map(CanonicalMechanics::number).toList();
    }

    private static Map<String, Object> tier(Tier tier) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("id", tier.id());
        tree.put("name", name(tier.nameEn(), tier.nameFr()));
        tree.put("reaches", Canonical.plain(tier.reaches()));
        tree.put("multiplier", Canonical.plain(tier.multiplier()));
        tree.put("perks", tier.perks());
        return tree;
    }

    private static Map<String, Object> club(Club club) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("id", club.id());
        tree.put("name", name(club.nameEn(), club.nameFr()));
        given(tree, "sku", club.sku());
        tree.put("fee", Canonical.plain(club.fee()));
        tree.put("months", number(club.months()));
        given(tree, "reminder_days", numbers(club.reminderDays()));
        tree.put("first_purchase_percent", Canonical.plain(club.firstPurchasePercent()));
        tree.put("perks", club.perks());
        ClubAccess access = club.access();
        Map<String, Object> conditions = new TreeMap<>();
        given(conditions, "average_basket", plain(access.averageBasket()));
        given(conditions, "purchases", access.purchases() == 0 ? null : number(access.purchases()));
        given(conditions, "spend", plain(access.spend()));
        given(conditions, "tag", access.tag());
        given(tree, "access", conditions);
        return tree;
    }

    private static Map<String, Object> shopReward(ShopReward reward) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("id", reward.id());
        tree.put("name", name(reward.nameEn(), reward.nameFr()));
        tree.put("kind", reward.kind().name());
        tree.put("value", Canonical.plain(reward.value()));
        given(tree, "sku", reward.sku());
        tree.put("price", Canonical.plain(reward.price()));
        tree.put(
                "tier_prices",
                trees(
                        reward.tierPrices(),
                        price -> Map.of("tier", price.tier(), "price", Canonical.plain(price.price()))));
        given(tree, "stock", reward.stock() == null ? null : number(reward.stock()));
        tree.put("per_member", number(reward.perMember()));
        given(tree, "first_day", text(reward.firstDay()));
        given(tree, "last_day", text(reward.lastDay()));
        tree.put("stores", reward.stores());
        validity(tree, reward.validDays(), reward.reminderDays());
        tree.put("cost", Canonical.plain(reward.cost()));
        tree.put("funded_by", trees(reward.fundedBy(), CanonicalMechanics::fundingShare));
        return tree;
    }

    /** How long a reward can be used; nothing when that is for ever, as in documents of before there was a choice. */
    static void validity(Map<String, Object> tree, int validDays, List<Integer> reminderDays) {
        given(tree, "valid_days", validDays == 0 ? null : number(validDays));
        given(tree, "reminder_days", numbers(reminderDays));
    }

    static Map<String, Object> fundingShare(FundingShare share) {
        return Map.of("funder", share.funder().name(), "percent", Canonical.plain(share.percent()));
    }

    private static Map<String, Object> promoCode(PromoCode code) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("code", code.code());
        tree.put("first_day", code.firstDay().toString());
        tree.put("last_day", code.lastDay().toString());
        tree.put("skus", code.skus());
        tree.put("categories", code.categories());
        tree.put("brands", code.brands());
        tree.put("percent", Canonical.plain(code.percent()));
        tree.put("amount", Canonical.plain(code.amount()));
        tree.put("uses", number(code.uses()));
        tree.put("uses_per_member", number(code.usesPerMember()));
        return tree;
    }

    private static Map<String, Object> guards(Guards guards) {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("never_earn", guards.neverEarn());
        tree.put("never_promote", guards.neverPromote());
        tree.put(
                "most_advantage",
                trees(
                        guards.mostAdvantage(),
                        most -> Map.of("category", most.category(), "percent", Canonical.plain(most.percent()))));
        if (guards.receiptsADay() != 0) {
            tree.put("receipts_a_day", number(guards.receiptsADay()));
        }
        return tree;
    }

    private static Map<String, Object> objective(Objective objective) {
        return Map.of(
                "id", objective.id(),
                "metric", objective.metric().name(),
                "target", Canonical.plain(objective.target()),
                "first_day", objective.firstDay().toString(),
                "last_day", objective.lastDay().toString());
    }

    private static Map<String, Object> desk(Desk desk) {
        return Map.of(
                "adjustment_limit", Canonical.plain(desk.adjustmentLimit()),
                "approval_above", Canonical.plain(desk.approvalAbove()),
                "claim_days", number(desk.claimDays()));
    }
}
