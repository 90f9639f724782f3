package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.Bonus.BonusLimits;
import org.assidu.accrual.model.Bonus.Combine;
import org.assidu.accrual.model.Bonus.When;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.MostAdvantage;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.jspecify.annotations.Nullable;

/** Compiles bonuses, the multipliers of tiers, the discounts of clubs and the guards of a document without problems. */
final class BonusCompiler {
    private static final int FACTOR_DECIMALS = 4;
    private static final int PERCENT_DECIMALS = 2;
    /** A percentage of so many decimals, times an amount in minor units, is millionths of a minor unit. */
    private static final int CASHBACK_DECIMALS = 4;

    private static final int MICRO_DECIMALS = 6;

    private final ProgrammeDocument document;
    private final Mechanics mechanics;
    private final int digits;
    private final List<BonusRule> rules = new ArrayList<>();
    private final List<@Nullable When> conditions = new ArrayList<>();
    private final List<String> exclusiveGroups = new ArrayList<>();

    BonusCompiler(ProgrammeDocument document, int currencyDigits) {
        this.document = document;
        mechanics = document.mechanics();
        digits = currencyDigits;
    }

    BonusTable compile() {
        mechanics.bonuses().forEach(this::add);
        addTiers();
        addClubs();
        Rounding[] moneyRounding = mechanics.moneyPurses().stream()
                .map(purse -> purse.purse().rounding())
                .toArray(Rounding[]::new);
        return new BonusTable(
                rules,
                exclusiveGroups.size(),
                1 + document.thresholdRewards().size(),
                new ConditionTable(conditions, mechanics.guards().neverPromote()),
                mechanics.bonuses(),
                guard(),
                moneyRounding,
                fees());
    }

    private void add(Bonus bonus) {
        BigDecimal least = bonus.when().amountAtLeast();
        add(
                bonus.id(),
                award(bonus),
                least == null ? Long.MIN_VALUE : whole(least, digits),
                terms(bonus),
                limit(bonus),
                bonus.when());
    }

    private void add(
            String id,
            BonusRule.Award award,
            long leastMinor,
            MemberTerms terms,
            BonusRule.Limit limit,
            @Nullable When when) {
        add(1 + document.thresholdRewards().size() + rules.size(), id, award, leastMinor, terms, limit, when);
    }

    private void add(
            int rule,
            String id,
            BonusRule.Award award,
            long leastMinor,
            MemberTerms terms,
            BonusRule.Limit limit,
            @Nullable When when) {
        boolean happyHour = when != null && (when.from() != null || when.to() != null);
        rules.add(new BonusRule(rules.size(), rule, id, award, leastMinor, terms, limit, happyHour));
        conditions.add(when);
    }

    private static long whole(BigDecimal value, int decimals) {
        return value.movePointRight(decimals).longValueExact();
    }

    private BonusRule.Award award(Bonus bonus) {
        AwardKind kind = bonus.award().kind();
        BigDecimal value = bonus.award().value();
        long compiled = switch (kind) {
            case EXTRA_RATE ->
                Rates.of(document.earning().basis(), value, digits).micro();
            case FIXED_POINTS -> whole(value, MICRO_DECIMALS);
            case MULTIPLIER -> 0;
            case CASHBACK_PERCENT -> whole(value, CASHBACK_DECIMALS);
            case CASHBACK_AMOUNT -> whole(value, digits + MICRO_DECIMALS);
            case MEMBER_PRICE_PERCENT -> whole(value, PERCENT_DECIMALS);
            case MEMBER_PRICE_AMOUNT -> whole(value, digits);
            case REWARD, TAG -> 1;
        };
        return kind == AwardKind.MULTIPLIER
                ? multiplier(value, group(bonus))
                : new BonusRule.Award(
                        kind, compiled, 1, 1, -1, target(bonus), bonus.award().target());
    }

    private static BonusRule.Award multiplier(BigDecimal value, int group) {
        BigInteger factor = BigInteger.valueOf(whole(value, FACTOR_DECIMALS));
        BigInteger divisor = BigInteger.TEN.pow(FACTOR_DECIMALS);
        BigInteger common = factor.gcd(divisor);
        return BonusRule.Award.multiplier(
                factor.divide(common).intValueExact(), divisor.divide(common).intValueExact(), group);
    }
    /** Index of an exclusive group; -1 for a multiplier that multiplies with all others. */
    private int group(Bonus bonus) {
        String group = bonus.group();
        if (group == null || bonus.combine() == Combine.PRODUCT) {
            return -1;
        }
        if (!exclusiveGroups.contains(group)) {
            exclusiveGroups.add(group);
        }
        return exclusiveGroups.indexOf(group);
    }

    private int target(Bonus bonus) {
        String target = bonus.award().target();
        if (target == null) {
            return -1;
        }
        return switch (bonus.award().kind()) {
            case CASHBACK_PERCENT, CASHBACK_AMOUNT -> moneyPurse(target);
            case REWARD -> thresholdReward(target);
            case EXTRA_RATE, FIXED_POINTS, MULTIPLIER, TAG, MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT -> -1;
        };
    }

    private int moneyPurse(String id) {
        for (int i = 0; i < mechanics.moneyPurses().size(); i++) {
            if (mechanics.moneyPurses().get(i).purse().id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private int thresholdReward(String id) {
        for (int i = 0; i < document.thresholdRewards().size(); i++) {
            if (document.thresholdRewards().get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private MemberTerms terms(Bonus bonus) {
        When when = bonus.when();
        long tiers = 0;
        for (String tier : when.tiers()) {
            tiers |= 1L << level(tier);
        }
        return new MemberTerms(
                tiers,
                List.copyOf(when.clubs()),
                when.firstPurchase(),
                when.nthVisit() == null ? 0 : when.nthVisit().n(),
                when.nthVisit() == null ? Window.LIFETIME : when.nthVisit().window(),
                when.unboughtDays() == null ? -1 : when.unboughtDays(),
                when.birthday() == null ? -1 : when.birthday().daysBefore(),
                when.birthday() == null ? -1 : when.birthday().daysAfter(),
                when.dormantDays() == null ? -1 : when.dormantDays(),
                List.copyOf(when.tags()),
                -1,
                (int) whole(bonus.controlPercent(), PERCENT_DECIMALS));
    }

    /** Level of a tier, from 1; 0 for a tier that is not there. */
    private int level(String tier) {
        List<Tier> levels =
                mechanics.tiers() == null ? List.of() : mechanics.tiers().levels();
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).id().equals(tier)) {
                return i + 1;
            }
        }
        return 0;
    }

    private BonusRule.Limit limit(Bonus bonus) {
        BonusLimits limits = bonus.limits();
        AwardKind kind = bonus.award().kind();
        return new BonusRule.Limit(
                limit(kind, limits.perReceipt()),
                limit(kind, limits.perMemberDay()),
                limit(kind, limits.perMember()),
                limit(kind, limits.budget()));
    }

    private long limit(AwardKind kind, @Nullable BigDecimal most) {
        if (most == null) {
            return BonusRule.NO_LIMIT;
        }
        return switch (kind) {
            case EXTRA_RATE, FIXED_POINTS, MULTIPLIER -> whole(most, MICRO_DECIMALS);
            case CASHBACK_PERCENT, CASHBACK_AMOUNT -> whole(most, digits + MICRO_DECIMALS);
            case MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT -> whole(most, digits);
            case REWARD, TAG -> whole(most, 0);
        };
    }

    /** Where a tier multiplies, all tiers are rules; one of factor 1 never applies. */
    private void addTiers() {
        List<Tier> levels =
                mechanics.tiers() == null ? List.of() : mechanics.tiers().levels();
        if (levels.stream().noneMatch(BonusCompiler::multiplies)) {
            return;
        }
        for (int i = 0; i < levels.size(); i++) {
            Tier tier = levels.get(i);
            add(
                    tier.id(),
                    multiplier(tier.multiplier(), -1),
                    Long.MIN_VALUE,
                    MemberTerms.ofLevel(i + 1),
                    BonusRule.Limit.NONE,
                    multiplies(tier) ? When.ALWAYS : null);
        }
    }

    /** Where a club has a discount on the first purchase, all clubs are rules; one without never applies. */
    private void addClubs() {
        List<Club> clubs = mechanics.clubs();
        if (clubs.stream().noneMatch(club -> club.firstPurchasePercent().signum() > 0)) {
            return;
        }
        int first = new RuleIds(document).first(RuleKind.CLUB);
        for (int i = 0; i < clubs.size(); i++) {
            long percent = whole(clubs.get(i).firstPurchasePercent(), PERCENT_DECIMALS);
            add(
                    first + i,
                    clubs.get(i).id(),
                    new BonusRule.Award(AwardKind.MEMBER_PRICE_PERCENT, percent, 1, 1, -1, -1, null),
                    Long.MIN_VALUE,
                    MemberTerms.newIn(i),
                    BonusRule.Limit.NONE,
                    percent > 0 ? When.ALWAYS : null);
        }
    }

    private byte[][] fees() {
        return mechanics.clubs().stream()
                .map(Club::sku)
                .filter(Objects::nonNull)
                .map(RewardRule::bytes)
                .toArray(byte[][]::new);
    }

    private static boolean multiplies(Tier tier) {
        return tier.multiplier().compareTo(BigDecimal.ONE) != 0;
    }

    private AdvantageGuard guard() {
        List<MostAdvantage> most = mechanics.guards().mostAdvantage();
        byte[][] categories = new byte[most.size()][];
        long[] percents = new long[most.size()];
        for (int i = 0; i < percents.length; i++) {
            categories[i] = RewardRule.bytes(most.get(i).category());
            percents[i] = whole(most.get(i).percent(), PERCENT_DECIMALS);
        }
        return new AdvantageGuard(categories, percents);
    }
}
