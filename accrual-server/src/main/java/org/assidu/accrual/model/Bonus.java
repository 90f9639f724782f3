package org.assidu.accrual.model;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.jspecify.annotations.Nullable;

/**
 * A bonus as its owner wrote it: when all conditions hold, something is awarded, within limits. Bonuses apply in the order
 * of the document.
 *
 * @param group name of a stacking group of multipliers; null = on its own
 * @param combine how multipliers of one group combine
 * @param exclusion programme that the bonus belongs to among those that exclude each other; null = it adds to all others
 * @param fundedBy who pays; shares in percent that add up to 100; empty = the chain
 * @param controlPercent share of members, drawn by hash of member and bonus, who do not get it
 */
public record Bonus(
        String id,
        String nameEn,
        String nameFr,
        When when,
        Award award,
        BonusLimits limits,
        @Nullable String group,
        Combine combine,
        @Nullable Exclusion exclusion,
        List<FundingShare> fundedBy,
        BigDecimal controlPercent) {

    /** A bonus that adds to all others. */
    public Bonus(
            String id,
            String nameEn,
            String nameFr,
            When when,
            Award award,
            BonusLimits limits,
            @Nullable String group,
            Combine combine,
            List<FundingShare> fundedBy,
            BigDecimal controlPercent) {
        this(id, nameEn, nameFr, when, award, limits, group, combine, null, fundedBy, controlPercent);
    }

    /** PRODUCT: multipliers of a group multiply. BEST: the largest counts. */
    public enum Combine {
        PRODUCT,
        BEST
    }

    /**
     * Programmes of one group never both reward a line.
     *
     * @param programme name of a set of bonuses that do add to each other
     */
    public record Exclusion(String group, String programme) {}

    /** Who pays. */
    public enum Funder {
        CHAIN,
        STORE,
        SUPPLIER
    }

    /** Part of a bonus's cost. */
    public record FundingShare(Funder funder, BigDecimal percent) {}

    /**
     * Conditions, of which all must hold; an empty list or null is no condition. Conditions on articles select lines, all
     * others the receipt or the member. Days and hours are those of the programme's zone at sold-at.
     *
     * @param from start of the time window, inclusive; null = the day's start
     * @param to end of the time window, exclusive; null = the day's end; before {@code from} the window spans midnight
     * @param firstDay first day, inclusive
     * @param lastDay last day, inclusive
     * @param amountAtLeast the receipt's eligible amount, currency units
     * @param firstPurchase only a member's first closed receipt
     * @param unboughtDays the line's category ({@link #categories}) was not bought by the member for more than so many days
     * @param dormantDays the member bought nothing for more than so many days
     */
    public record When(
            List<String> stores,
            List<String> banners,
            List<Channel> channels,
            List<String> skus,
            List<String> categories,
            List<String> brands,
            List<DayOfWeek> weekdays,
            @Nullable LocalTime from,
            @Nullable LocalTime to,
            @Nullable LocalDate firstDay,
            @Nullable LocalDate lastDay,
            List<String> tiers,
            List<String> clubs,
            @Nullable BigDecimal amountAtLeast,
            boolean firstPurchase,
            @Nullable NthVisit nthVisit,
            @Nullable Integer unboughtDays,
            @Nullable BirthdayWindow birthday,
            @Nullable Integer dormantDays,
            List<String> tags) {

        /** No condition at all. */
        public static final When ALWAYS = new When(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null, null, null,
                List.of(), List.of(), null, false, null, null, null, null, List.of());
    }

    /** Every n-th closed receipt of a member in a window. */
    public record NthVisit(int n, Window window) {}

    /** From so many days before a birthday to so many after it. */
    public record BirthdayWindow(int daysBefore, int daysAfter) {}

    /** What a bonus gives. */
    public enum AwardKind {
        /** Points per 1.00 of eligible amount, or per article, on each matching line. */
        EXTRA_RATE,
        /** Points once a receipt. */
        FIXED_POINTS,
        /** Factor on the running result of each matching line. */
        MULTIPLIER,
        /** Percent of the eligible amount of each matching line, into a money purse. */
        CASHBACK_PERCENT,
        /** An amount once a receipt, into a money purse. */
        CASHBACK_AMOUNT,
        /** One unit of a reward of the programme, once a receipt. */
        REWARD,
        /** A segment tag, once a receipt. */
        TAG,
        /** Percent off each matching line, told to the till. */
        MEMBER_PRICE_PERCENT,
        /** An amount off each article of matching lines, told to the till. */
        MEMBER_PRICE_AMOUNT
    }

    /**
     * @param value points, factor, percent or currency units; 1 for REWARD and TAG
     * @param target purse id (CASHBACK), reward id (REWARD) or tag (TAG); null otherwise
     */
    public record Award(
            AwardKind kind, BigDecimal value, @Nullable String target) {}

    /**
     * Most that a bonus gives, in the unit of its award: points, currency units, or times for REWARD and TAG; null = no limit.
     *
     * @param budget over all members, never exceeded
     */
    public record BonusLimits(
            @Nullable BigDecimal perReceipt,
            @Nullable BigDecimal perMemberDay,
            @Nullable BigDecimal perMember,
            @Nullable BigDecimal budget) {

        /** No limit at all. */
        public static final BonusLimits NONE = new BonusLimits(null, null, null, null);
    }
}
