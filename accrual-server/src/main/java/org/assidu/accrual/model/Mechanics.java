package org.assidu.accrual.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.assidu.accrual.model.Bonus.FundingShare;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a programme beyond its base: money purses, bonuses, acts, tiers, clubs, the shop, promo codes, guards,
 * objectives and the rules of change.
 *
 * @param noticeDays days that a version which is worse for members must be announced before it takes effect
 * @param lastEarnDay last day on which the programme earns; null = open
 * @param lastBurnDay last day on which rewards can be used; null = open
 */
public record Mechanics(
        List<MoneyPurse> moneyPurses,
        List<Bonus> bonuses,
        List<Act> acts,
        @Nullable Tiers tiers,
        List<Club> clubs,
        List<ShopReward> shop,
        List<PromoCode> promoCodes,
        Guards guards,
        List<Objective> objectives,
        Desk desk,
        int noticeDays,
        @Nullable LocalDate lastEarnDay,
        @Nullable LocalDate lastBurnDay) {

    /** A programme of base and threshold rewards only. */
    public static final Mechanics NONE = new Mechanics(
            List.of(),
            List.of(),
            List.of(),
            null,
            List.of(),
            List.of(),
            List.of(),
            Guards.NONE,
            List.of(),
            Desk.DEFAULT,
            0,
            null,
            null);

    /**
     * A cashback purse (cagnotte), in the programme's currency.
     *
     * @param minimumToSpend least balance that can be used, currency units
     * @param pointsPerUnit points that one currency unit costs when points are converted; null = they cannot be
     */
    public record MoneyPurse(
            Purse purse,
            BigDecimal minimumToSpend,
            @Nullable BigDecimal pointsPerUnit) {

        /** A purse that points cannot be converted into. */
        public MoneyPurse(Purse purse, BigDecimal minimumToSpend) {
            this(purse, minimumToSpend, null);
        }
    }

    /** What an act is. */
    public enum ActKind {
        WELCOME,
        PROFILE_COMPLETED,
        /** For the member who referred, when the referred member's first receipt closes. */
        REFERRER,
        /** For the referred member, when its first receipt closes. */
        REFERRED,
        REVIEW,
        /** A survey answered, with a score from 0 to 10. */
        SURVEY,
        /** Anything else, by code. */
        CUSTOM,
        /** By tick, on the birthday. */
        BIRTHDAY,
        /** By tick, every so many months since enrolment. */
        EVERY_MONTHS,
        /** When a tier is reached. */
        TIER_ENTRY,
        /** By tick, after so many days without a purchase. */
        DORMANT
    }

    /**
     * Something other than a purchase that is rewarded.
     *
     * @param code of a CUSTOM act, or tier id of TIER_ENTRY; null otherwise
     * @param number months (EVERY_MONTHS) or days (DORMANT); 0 otherwise
     * @param points credited; 0 = none
     * @param reward id of a reward granted; null = none
     * @param times most times for one member; 0 = no limit
     */
    public record Act(
            String id,
            ActKind kind,
            @Nullable String code,
            int number,
            BigDecimal points,
            @Nullable String reward,
            int times) {}

    /** What qualifies for a tier; never a balance, so that spending does not demote. */
    public enum TierMeasure {
        SPEND,
        POINTS_EARNED
    }

    /** Over which time a tier's measure runs. */
    public enum TierWindow {
        LIFETIME,
        ROLLING_MONTHS,
        CALENDAR_YEAR
    }

    /** What happens at review to a member who no longer qualifies. */
    public enum Downgrade {
        /** One level down. */
        ONE_DOWN,
        /** To the level that the measure qualifies for. */
        REQUALIFY
    }

    /**
     * Status levels, lowest first; a member below the first has none.
     *
     * @param months length of ROLLING_MONTHS, and how long a tier is held before its review; 12 for CALENDAR_YEAR
     * @param graceDays days after a period's end before its review
     * @param reminderDays days before a review at which a member who would lose the level is told
     */
    public record Tiers(
            TierMeasure measure,
            TierWindow window,
            int months,
            int graceDays,
            List<Integer> reminderDays,
            Downgrade downgrade,
            List<Tier> levels) {}

    /**
     * @param reaches measure that qualifies: currency units or points
     * @param multiplier factor on earned points; 1 = none
     * @param perks told to tills and members, such as free-delivery
     */
    public record Tier(
            String id, String nameEn, String nameFr, BigDecimal reaches, BigDecimal multiplier, List<String> perks) {}

    /**
     * A club or paid card.
     *
     * @param sku article whose sale joins or renews; null = by enrolment only
     * @param fee currency units; 0 = free
     * @param months duration of a membership; 0 = until left
     * @param reminderDays days before its end at which a member is told
     * @param firstPurchasePercent immediate discount on the first receipt as a member of the club, told to the till
     */
    public record Club(
            String id,
            String nameEn,
            String nameFr,
            @Nullable String sku,
            BigDecimal fee,
            int months,
            List<Integer> reminderDays,
            BigDecimal firstPurchasePercent,
            List<String> perks,
            ClubAccess access) {}

    /**
     * Who may join; all that is given must hold.
     *
     * @param averageBasket currency units
     * @param spend lifetime, currency units
     * @param tag invitation
     */
    public record ClubAccess(
            @Nullable BigDecimal averageBasket,
            int purchases,
            @Nullable BigDecimal spend,
            @Nullable String tag) {
        /** Open to all. */
        public static final ClubAccess OPEN = new ClubAccess(null, 0, null, null);
    }

    /** Kinds of rewards that points buy. */
    public enum ShopKind {
        PERCENTAGE_OFF,
        FIXED_AMOUNT,
        FREE_ARTICLE,
        GIFT_CARD,
        VOUCHER,
        EARLY_ACCESS,
        EVENT_SEAT,
        DONATION,
        PARTNER
    }

    /**
     * A reward of the shop.
     *
     * @param value percent or currency units; 0 where the kind has none
     * @param sku of a FREE_ARTICLE; null otherwise
     * @param price points
     * @param tierPrices points by tier, where a tier pays another price
     * @param stock units over all members; null = unlimited
     * @param perMember most units for one member; 0 = no limit
     * @param validDays days for which the code of a GIFT_CARD or VOUCHER can be used; 0 = for ever
     * @param reminderDays days before the last one, of a code or of what can be had without points, at which its owner is told
     * @param cost to the chain, currency units a unit
     */
    public record ShopReward(
            String id,
            String nameEn,
            String nameFr,
            ShopKind kind,
            BigDecimal value,
            @Nullable String sku,
            BigDecimal price,
            List<TierPrice> tierPrices,
            @Nullable Long stock,
            int perMember,
            @Nullable LocalDate firstDay,
            @Nullable LocalDate lastDay,
            List<String> stores,
            int validDays,
            List<Integer> reminderDays,
            BigDecimal cost,
            List<FundingShare> fundedBy) {}

    /** Price of a reward for members of a tier, points. */
    public record TierPrice(String tier, BigDecimal price) {}

    /**
     * A code that a customer says.
     *
     * @param percent off the selected lines; 0 where {@code amount} is given
     * @param amount off, currency units
     * @param uses most uses over all customers; 0 = no limit
     * @param usesPerMember most uses by one member; 0 = no limit
     */
    public record PromoCode(
            String code,
            LocalDate firstDay,
            LocalDate lastDay,
            List<String> skus,
            List<String> categories,
            List<String> brands,
            BigDecimal percent,
            BigDecimal amount,
            long uses,
            int usesPerMember) {}

    /**
     * Categories that the law or the owner protects, and what use of a card is watched.
     *
     * @param neverEarn such as tobacco
     * @param neverPromote no bonus applies, such as infant formula
     * @param mostAdvantage greatest total advantage, such as 5 % on books
     * @param receiptsADay most receipts of a member and day that are usual: one more is told; 0 = not watched
     */
    public record Guards(
            List<String> neverEarn, List<String> neverPromote, List<MostAdvantage> mostAdvantage, int receiptsADay) {
        /** No guard. */
        public static final Guards NONE = new Guards(List.of(), List.of(), List.of(), 0);
    }

    /**
     * @param percent of the line's amount that member prices and money awards may reach together
     */
    public record MostAdvantage(String category, BigDecimal percent) {}

    /** What an objective measures. */
    public enum ObjectiveMetric {
        RETENTION_PERCENT,
        REPURCHASE_PERCENT,
        AVERAGE_BASKET,
        COST_CEILING
    }

    /** A target for a period, for reports to compare with. */
    public record Objective(
            String id, ObjectiveMetric metric, BigDecimal target, LocalDate firstDay, LocalDate lastDay) {}

    /**
     * What people at the desk may do.
     *
     * @param adjustmentLimit most points that one person may credit or debit at once
     * @param approvalAbove beyond so many points a second person approves
     * @param claimDays days after the sale within which an unidentified receipt can be claimed; 0 = never
     */
    public record Desk(BigDecimal adjustmentLimit, BigDecimal approvalAbove, int claimDays) {
        /** 10,000 points, a second approval above 1,000, claims for 30 days. */
        public static final Desk DEFAULT = new Desk(BigDecimal.valueOf(10_000), BigDecimal.valueOf(1_000), 30);
    }
}
