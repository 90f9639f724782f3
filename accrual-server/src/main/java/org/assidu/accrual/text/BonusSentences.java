package org.assidu.accrual.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.Award;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.Bonus.BirthdayWindow;
import org.assidu.accrual.model.Bonus.BonusLimits;
import org.assidu.accrual.model.Bonus.Combine;
import org.assidu.accrual.model.Bonus.Exclusion;
import org.assidu.accrual.model.Bonus.FundingShare;
import org.assidu.accrual.model.Bonus.NthVisit;
import org.assidu.accrual.model.Bonus.When;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammePart;
import org.jspecify.annotations.Nullable;

/** What bonuses say. */
final class BonusSentences {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final ProgrammeDocument document;
    private final Phrases phrases;
    private final ProgrammeNames names;

    BonusSentences(ProgrammeDocument document, Phrases phrases, ProgrammeNames names) {
        this.document = document;
        this.phrases = phrases;
        this.names = names;
    }

    PartText of(Bonus bonus) {
        List<String> members = new ArrayList<>();
        members.add(phrases.say("bonus", names.of(bonus.nameEn(), bonus.nameFr()), offer(bonus)));
        limits(bonus, members);
        if (bonus.award().kind() == AwardKind.TAG) {
            members.add(phrases.say("bonus.tag"));
        }
        if (bonus.limits().budget() != null) {
            members.add(phrases.say("bonus.budget"));
        }
        if (bonus.group() != null && bonus.combine() == Combine.BEST) {
            members.add(phrases.say("bonus.best", bonus.group()));
        }
        Exclusion exclusion = bonus.exclusion();
        if (exclusion != null) {
            members.add(phrases.say("bonus.exclusive", exclusion.group(), exclusion.programme()));
        }
        if (bonus.controlPercent().signum() != 0) {
            members.add(phrases.say("bonus.control", phrases.number(HUNDRED.subtract(bonus.controlPercent()))));
        }
        return new PartText(new ProgrammePart("bonuses", bonus.id()), members, owner(bonus));
    }

    private List<String> owner(Bonus bonus) {
        List<String> owner = new ArrayList<>();
        BigDecimal budget = bonus.limits().budget();
        if (budget != null) {
            owner.add(phrases.say("owner.budget", unit(bonus.award().kind(), budget)));
        }
        if (bonus.group() != null) {
            String combine = bonus.combine() == Combine.BEST ? "owner.combine.best" : "owner.combine.product";
            owner.add(phrases.say("owner.group", bonus.group(), phrases.say(combine)));
        }
        if (bonus.controlPercent().signum() != 0) {
            owner.add(phrases.say("owner.control", phrases.number(bonus.controlPercent())));
        }
        funded(phrases, bonus.fundedBy(), owner);
        return owner;
    }

    static void funded(Phrases phrases, List<FundingShare> shares, List<String> owner) {
        if (!shares.isEmpty()) {
            List<String> each = shares.stream()
                    .map(share -> phrases.say(
                            "owner.share",
                            phrases.say("funder." + key(share.funder())),
                            phrases.number(share.percent())))
                    .toList();
            owner.add(phrases.say("owner.funded", phrases.list(each)));
        }
    }

    private String offer(Bonus bonus) {
        List<String> conditions = new ArrayList<>();
        String articles = articles(phrases, bonus.when(), bonus.award().kind());
        occasion(bonus.when(), conditions);
        moment(bonus.when(), conditions);
        members(bonus.when(), conditions);
        place(bonus.when(), conditions);
        String offer = award(bonus.award()) + (articles == null ? "" : " " + articles);
        if (conditions.isEmpty()) {
            return offer;
        }
        boolean brief = articles == null && !offer.contains(", ");
        return offer + (brief ? " " : ", ") + String.join(", ", conditions);
    }

    private String award(Award award) {
        String value = phrases.number(award.value());
        return switch (award.kind()) {
            case EXTRA_RATE ->
                document.earning().basis() == Basis.ARTICLE
                        ? phrases.say("award.extra_rate.article", phrases.points(award.value()))
                        : phrases.say("award.extra_rate.amount", phrases.points(award.value()), document.currency());
            case FIXED_POINTS -> phrases.say("award.fixed_points", phrases.points(award.value()));
            case MULTIPLIER -> phrases.say("award.multiplier", value);
            case CASHBACK_PERCENT -> phrases.say("award.cashback_percent", value, target(award));
            case CASHBACK_AMOUNT -> phrases.say("award.cashback_amount", money(award.value()), target(award));
            case REWARD -> phrases.say("award.reward", names.reward(target(award)));
            case TAG -> phrases.say("award.tag", target(award));
            case MEMBER_PRICE_PERCENT -> phrases.say("award.member_price_percent", value);
            case MEMBER_PRICE_AMOUNT -> phrases.say("award.member_price_amount", money(award.value()));
        };
    }

    private static String target(Award award) {
        return award.target() == null ? "" : award.target();
    }

    private String money(BigDecimal amount) {
        return phrases.money(amount, document.currency());
    }

    /** The articles it is about; null = all. */
    private static @Nullable String articles(Phrases phrases, When when, AwardKind kind) {
        String key = isOnLines(kind) ? "on" : "buying";
        String articles = articles(phrases, "articles." + key, when.skus(), when.categories(), when.brands());
        if (articles == null) {
            return null;
        }
        String unbought = when.unboughtDays() == null
                ? ""
                : " " + phrases.say("articles.unbought", phrases.count("days", when.unboughtDays()));
        return phrases.say(key, articles + unbought);
    }

    /**
     * Null when all articles are meant.
     *
     * @param general phrase for articles of any code
     */
    static @Nullable String articles(
            Phrases phrases, String general, List<String> skus, List<String> categories, List<String> brands) {
        if (skus.isEmpty() && categories.isEmpty() && brands.isEmpty()) {
            return null;
        }
        StringBuilder text =
                new StringBuilder(skus.isEmpty() ? phrases.say(general) : phrases.items("articles.skus", skus));
        if (!categories.isEmpty()) {
            text.append(' ').append(phrases.items("articles.categories", categories));
        }
        if (!brands.isEmpty()) {
            text.append(' ').append(phrases.items("articles.brands", brands));
        }
        return text.toString();
    }

    private static boolean isOnLines(AwardKind kind) {
        return switch (kind) {
            case EXTRA_RATE, MULTIPLIER, CASHBACK_PERCENT, MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT -> true;
            case FIXED_POINTS, CASHBACK_AMOUNT, REWARD, TAG -> false;
        };
    }

    private void occasion(When when, List<String> conditions) {
        if (when.amountAtLeast() != null) {
            conditions.add(phrases.say("when.amount", money(when.amountAtLeast())));
        }
        if (when.firstPurchase()) {
            conditions.add(phrases.say("when.first_purchase"));
        }
        NthVisit visit = when.nthVisit();
        if (visit != null) {
            conditions.add(phrases.say("when.nth_visit." + key(visit.window()), phrases.ordinal(visit.n())));
        }
        if (when.dormantDays() != null) {
            conditions.add(phrases.say("when.dormant", phrases.count("days", when.dormantDays())));
        }
        BirthdayWindow birthday = when.birthday();
        if (birthday != null) {
            conditions.add(
                    birthday.daysBefore() == 0 && birthday.daysAfter() == 0
                            ? phrases.say("when.birthday")
                            : phrases.say(
                                    "when.birthday.around",
                                    phrases.count("days", birthday.daysBefore()),
                                    phrases.count("days", birthday.daysAfter())));
        }
    }

    private void moment(When when, List<String> conditions) {
        if (!when.weekdays().isEmpty()) {
            conditions.add(phrases.say(
                    "when.weekdays",
                    phrases.list(when.weekdays().stream()
                            .map(day -> phrases.say("weekday." + key(day)))
                            .toList())));
        }
        if (when.from() != null && when.to() != null) {
            conditions.add(phrases.say("when.hours", phrases.time(when.from()), phrases.time(when.to())));
        } else if (when.from() != null) {
            conditions.add(phrases.say("when.hours.from", phrases.time(when.from())));
        } else if (when.to() != null) {
            conditions.add(phrases.say("when.hours.to", phrases.time(when.to())));
        }
        String days = phrases.days(when.firstDay(), when.lastDay());
        if (days != null) {
            conditions.add(days);
        }
    }

    private void members(When when, List<String> conditions) {
        if (!when.tiers().isEmpty()) {
            conditions.add(phrases.items("when.tiers", names.levels(when.tiers())));
        }
        if (!when.clubs().isEmpty()) {
            conditions.add(phrases.items("when.clubs", names.clubs(when.clubs())));
        }
        if (!when.tags().isEmpty()) {
            conditions.add(phrases.say("when.tags", phrases.list(when.tags())));
        }
    }

    private void place(When when, List<String> conditions) {
        if (!when.stores().isEmpty()) {
            conditions.add(phrases.items("when.stores", when.stores()));
        }
        if (!when.banners().isEmpty()) {
            conditions.add(phrases.items("when.banners", when.banners()));
        }
        if (!when.channels().isEmpty()) {
            conditions.add(phrases.say(
                    "when.channels",
                    phrases.list(when.channels().stream()
                            .map(channel -> phrases.say("channel." + key(channel)))
                            .toList())));
        }
    }

    private void limits(Bonus bonus, List<String> members) {
        BonusLimits limits = bonus.limits();
        List<String> each = new ArrayList<>();
        limit("limit.per_receipt", bonus, limits.perReceipt(), each);
        limit("limit.per_member_day", bonus, limits.perMemberDay(), each);
        limit("limit.per_member", bonus, limits.perMember(), each);
        if (!each.isEmpty()) {
            members.add(phrases.say("limits", phrases.list(each)));
        }
    }

    private void limit(String key, Bonus bonus, @Nullable BigDecimal limit, List<String> each) {
        if (limit != null) {
            each.add(phrases.say(key, unit(bonus.award().kind(), limit)));
        }
    }

    private String unit(AwardKind kind, BigDecimal value) {
        return switch (kind) {
            case EXTRA_RATE, FIXED_POINTS, MULTIPLIER -> phrases.points(value);
            case CASHBACK_PERCENT, CASHBACK_AMOUNT, MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT -> money(value);
            case REWARD, TAG -> phrases.count("limit.times", value);
        };
    }

    static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
