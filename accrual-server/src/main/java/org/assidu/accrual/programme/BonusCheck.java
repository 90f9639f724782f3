package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.Award;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.Bonus.BirthdayWindow;
import org.assidu.accrual.model.Bonus.BonusLimits;
import org.assidu.accrual.model.Bonus.Combine;
import org.assidu.accrual.model.Bonus.Exclusion;
import org.assidu.accrual.model.Bonus.Funder;
import org.assidu.accrual.model.Bonus.FundingShare;
import org.assidu.accrual.model.Bonus.When;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.jspecify.annotations.Nullable;

/** Checks the bonuses of a document one by one: conditions, award, limits, who pays. */
final class BonusCheck {
    private static final BigDecimal MOST_FACTOR = BigDecimal.valueOf(1_000);
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_VISITS = 1_000;
    private static final int MOST_BIRTHDAY_DAYS = 90;

    private final ProgrammeDocument document;
    private final FieldChecks checks;
    private final KnownIds known;
    private final Map<String, Combine> groups = new HashMap<>();
    /** Group of each programme that excludes others. */
    private final Map<String, String> exclusiveGroups = new HashMap<>();

    BonusCheck(ProgrammeDocument document, FieldChecks checks, KnownIds known) {
        this.document = document;
        this.checks = checks;
        this.known = known;
    }

    void check(Set<String> ruleIds) {
        List<Bonus> bonuses = document.mechanics().bonuses();
        checks.count("bonuses", bonuses, Limits.BONUSES);
        for (int i = 0; i < bonuses.size(); i++) {
            Bonus bonus = bonuses.get(i);
            String path = "bonuses[" + i + "]";
            checks.newId(path + ".id", bonus.id(), "gold-tuesday", ruleIds, "rule");
            receipt(path + ".when", bonus.when());
            time(path + ".when", bonus.when());
            member(path + ".when", bonus.when());
            award(path + ".award", bonus.award());
            limits(path + ".limits", bonus.award(), bonus.limits());
            group(path, bonus);
            exclusion(path, bonus);
            fundedBy(checks, path + ".funded_by", bonus.fundedBy());
            if (bonus.controlPercent().compareTo(BigDecimal.valueOf(100)) >= 0) {
                checks.problem(
                        path + ".control_percent",
                        "is " + bonus.controlPercent().toPlainString()
                                + "; nobody would get the bonus: write less than 100, such as 10");
            } else {
                checks.percent(path + ".control_percent", bonus.controlPercent(), true);
            }
        }
    }

    private void receipt(String path, When when) {
        checks.texts(path + ".stores", when.stores());
        checks.texts(path + ".banners", when.banners());
        checks.texts(path + ".skus", when.skus());
        checks.texts(path + ".categories", when.categories());
        checks.texts(path + ".brands", when.brands());
        checks.amount(path + ".amount_at_least", when.amountAtLeast(), false);
    }

    private void time(String path, When when) {
        checks.days(path, when.firstDay(), when.lastDay());
        if (when.from() != null && when.from().equals(when.to())) {
            checks.problem(
                    path + ".to", "is the same as from = " + when.from() + "; write a later time, or remove both");
        }
    }

    private void member(String path, When when) {
        checks.unique(path + ".tiers", when.tiers());
        for (int i = 0; i < when.tiers().size(); i++) {
            checks.known(path + ".tiers[" + i + "]", when.tiers().get(i), known.tiers(), "tier", "tiers.levels");
        }
        checks.unique(path + ".clubs", when.clubs());
        for (int i = 0; i < when.clubs().size(); i++) {
            checks.known(path + ".clubs[" + i + "]", when.clubs().get(i), known.clubs(), "club", "clubs");
        }
        checks.tags(path + ".tags", when.tags());
        if (when.nthVisit() != null) {
            checks.range(path + ".nth_visit.n", when.nthVisit().n(), 2, MOST_VISITS);
        }
        if (when.unboughtDays() != null) {
            checks.range(path + ".unbought_days", when.unboughtDays(), 1, MOST_DAYS);
            if (when.categories().isEmpty()) {
                checks.problem(
                        path + ".unbought_days",
                        "says for how long the line's category was not bought; write categories beside it");
            }
        }
        BirthdayWindow birthday = when.birthday();
        if (birthday != null) {
            checks.range(path + ".birthday.days_before", birthday.daysBefore(), 0, MOST_BIRTHDAY_DAYS);
            checks.range(path + ".birthday.days_after", birthday.daysAfter(), 0, MOST_BIRTHDAY_DAYS);
        }
        if (when.dormantDays() != null) {
            checks.range(path + ".dormant_days", when.dormantDays(), 1, MOST_DAYS);
        }
        if (when.firstPurchase() && when.dormantDays() != null) {
            checks.problem(
                    path + ".first_purchase",
                    "a member who never bought was never dormant, so this never holds; remove one of the two");
        }
        if (when.firstPurchase() && when.nthVisit() != null) {
            checks.problem(
                    path + ".first_purchase", "the first purchase is no later visit, so this never holds; remove one");
        }
    }

    private void award(String path, Award award) {
        String value = path + ".value";
        switch (award.kind()) {
            case EXTRA_RATE -> extraRate(value, award.value());
            case FIXED_POINTS -> checks.points(value, award.value(), false, FieldChecks.MOST_POINTS);
            case MULTIPLIER -> {
                if (checks.decimal(value, award.value(), false, 4, MOST_FACTOR, "a factor")
                        && award.value().compareTo(BigDecimal.ONE) <= 0) {
                    checks.problem(
                            value,
                            "is " + award.value().toPlainString() + "; a bonus multiplies by more than 1, such as 1.5");
                }
            }
            case CASHBACK_PERCENT -> {
                checks.decimal(value, award.value(), false, 4, BigDecimal.valueOf(100), "percent");
                purse(path, award.target());
            }
            case CASHBACK_AMOUNT -> {
                onceAmount(value, award.value());
                purse(path, award.target());
            }
            case REWARD -> {
                once(value, award.value());
                if (award.target() == null) {
                    checks.problem(path + ".target", "is missing; write the id of the reward");
                } else {
                    checks.known(
                            path + ".target", award.target(), known.rewards(), "reward", "threshold_rewards or shop");
                }
            }
            case TAG -> {
                once(value, award.value());
                if (award.target() == null) {
                    checks.problem(path + ".target", "is missing; write the tag");
                } else {
                    checks.tag(path + ".target", award.target());
                }
            }
            case MEMBER_PRICE_PERCENT -> checks.percent(value, award.value(), false);
            case MEMBER_PRICE_AMOUNT -> onceAmount(value, award.value());
        }
        if (award.target() != null && !hasTarget(award.kind())) {
            checks.problem(path + ".target", award.kind() + " goes to the points purse or the till; remove it");
        }
    }

    private static boolean hasTarget(AwardKind kind) {
        return switch (kind) {
            case CASHBACK_PERCENT, CASHBACK_AMOUNT, REWARD, TAG -> true;
            case EXTRA_RATE, FIXED_POINTS, MULTIPLIER, MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT -> false;
        };
    }

    private void extraRate(String path, BigDecimal points) {
        Basis basis = document.earning().basis();
        if (basis == Basis.VISIT) {
            checks.problem(
                    path, "under basis VISIT articles earn nothing that could be raised; use FIXED_POINTS instead");
            return;
        }
        Rates.Rate rate = Rates.of(basis, points, checks.currencyDigits());
        if (rate.problem() != null) {
            checks.problem(path, rate.problem());
        }
    }

    /** An amount small enough to be multiplied by the largest quantity. */
    private void onceAmount(String path, BigDecimal amount) {
        int digits = checks.currencyDigits();
        BigDecimal most = BigDecimal.valueOf(FieldChecks.MOST_POINTS, digits);
        checks.decimal(path, amount, false, digits, most, checks.currency());
    }

    private void once(String path, BigDecimal value) {
        if (value.compareTo(BigDecimal.ONE) != 0) {
            checks.problem(path, "is " + value.toPlainString() + "; one is given each time: remove it");
        }
    }

    private void purse(String path, @Nullable String target) {
        if (target == null) {
            checks.problem(path + ".target", "is missing; write the id of the money purse");
        } else {
            checks.known(path + ".target", target, known.moneyPurses(), "money purse", "money_purses");
        }
    }

    private void limits(String path, Award award, BonusLimits limits) {
        String[] names = {".per_receipt", ".per_member_day", ".per_member", ".budget"};
        BigDecimal[] values = {limits.perReceipt(), limits.perMemberDay(), limits.perMember(), limits.budget()};
        BigDecimal largest = null;
        String ofLargest = "";
        for (int i = 0; i < names.length; i++) {
            BigDecimal value = values[i];
            if (value == null) {
                continue;
            }
            limit(path + names[i], award.kind(), value);
            if (largest != null && value.compareTo(largest) < 0) {
                checks.problem(
                        path + names[i],
                        "is " + value.toPlainString() + ", below" + ofLargest.replace('.', ' ') + " = "
                                + largest.toPlainString() + ", which could then never be reached; exchange them or"
                                + " remove one");
            }
            if (largest == null || value.compareTo(largest) > 0) {
                largest = value;
                ofLargest = names[i];
            }
        }
    }

    private void limit(String path, AwardKind kind, BigDecimal value) {
        switch (kind) {
            case EXTRA_RATE, FIXED_POINTS, MULTIPLIER ->
                checks.points(path, value, false, FieldChecks.MOST_LIMIT_POINTS);
            case CASHBACK_PERCENT, CASHBACK_AMOUNT, MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT ->
                checks.decimal(
                        path,
                        value,
                        false,
                        checks.currencyDigits(),
                        BigDecimal.valueOf(FieldChecks.MOST_LIMIT_POINTS, checks.currencyDigits()),
                        checks.currency());
            case REWARD, TAG ->
                checks.decimal(path, value, false, 0, BigDecimal.valueOf(FieldChecks.MOST_POINTS), "times");
        }
    }

    private void group(String path, Bonus bonus) {
        String group = bonus.group();
        if (group == null) {
            if (bonus.combine() == Combine.BEST) {
                checks.problem(
                        path + ".combine",
                        "BEST chooses among the multipliers of a group; write group: and a name, or remove it");
            }
            return;
        }
        checks.id(path + ".group", group, "multipliers");
        if (bonus.award().kind() != AwardKind.MULTIPLIER) {
            checks.problem(
                    path + ".group",
                    "groups are for multipliers, and this gives "
                            + bonus.award().kind() + "; remove it");
        }
        Combine first = groups.putIfAbsent(group, bonus.combine());
        if (first != null && first != bonus.combine()) {
            checks.problem(
                    path + ".combine",
                    "is " + bonus.combine() + ", but an earlier bonus of group " + group + " says " + first
                            + "; write the same for the whole group");
        }
    }

    private void exclusion(String path, Bonus bonus) {
        Exclusion exclusion = bonus.exclusion();
        if (exclusion == null) {
            return;
        }
        checks.id(path + ".exclusive_group", exclusion.group(), "cards");
        checks.id(path + ".programme", exclusion.programme(), "gold-card");
        String first = exclusiveGroups.putIfAbsent(exclusion.programme(), exclusion.group());
        if (first != null && !first.equals(exclusion.group())) {
            checks.problem(
                    path + ".exclusive_group",
                    "is " + exclusion.group() + ", but an earlier bonus of programme " + exclusion.programme()
                            + " says " + first + "; write the same for the whole programme");
        }
    }

    static void fundedBy(FieldChecks checks, String path, List<FundingShare> shares) {
        if (shares.isEmpty()) {
            return;
        }
        BigDecimal sum = BigDecimal.ZERO;
        Set<Funder> seen = EnumSet.noneOf(Funder.class);
        for (int i = 0; i < shares.size(); i++) {
            FundingShare share = shares.get(i);
            checks.percent(path + "[" + i + "].percent", share.percent(), false);
            if (!seen.add(share.funder())) {
                checks.problem(path + "[" + i + "].funder", share.funder() + " is listed twice; add its shares up");
            }
            sum = sum.add(share.percent());
        }
        if (sum.compareTo(BigDecimal.valueOf(100)) != 0) {
            checks.problem(
                    path,
                    "adds up to " + Exact.plain(sum).toPlainString() + " percent; write shares that add up to 100");
        }
    }
}
