package org.assidu.accrual.model;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loyalty programme as its owner wrote it, syntax removed and defaults filled in. Values are not yet checked against
 * each other: the compiler does that and reports every problem at once.
 *
 * @param id stable id of the programme
 * @param nameEn name shown to members, English
 * @param nameFr name shown to members, French
 * @param effectiveFromMillis start of validity; a version prices the receipts sold from then until the next one
 * @param timeZone IANA zone in which days, months and hours are counted
 * @param currency ISO 4217 code that receipts must carry
 * @param numbering whether the business date is part of a receipt's identity
 * @param acceptedPastDays older receipts are recorded and earn nothing
 * @param acceptedAheadMinutes how far a till's clock may be ahead
 * @param returnWindowDays how long originals of returns stay readable
 * @param returnsRestoreRewards whether rewards used on a receipt are given back once all of it has come back
 * @param openReceiptTimeoutMinutes an open receipt untouched for so long is abandoned
 * @param largestAmountMinor largest absolute amount of a line or receipt, minor units
 * @param purse the points purse
 * @param earning the earning basis
 * @param thresholdRewards rewards unlocked by reaching a measure
 * @param cards card ranges
 * @param mechanics everything beyond base, threshold rewards and cards
 */
public record ProgrammeDocument(
        String id,
        String nameEn,
        String nameFr,
        long effectiveFromMillis,
        String timeZone,
        String currency,
        Numbering numbering,
        int acceptedPastDays,
        int acceptedAheadMinutes,
        int returnWindowDays,
        boolean returnsRestoreRewards,
        int openReceiptTimeoutMinutes,
        long largestAmountMinor,
        Purse purse,
        Earning earning,
        List<ThresholdReward> thresholdRewards,
        List<CardRange> cards,
        Mechanics mechanics) {

    /** CONTINUOUS: numbers never restart within a series. DAILY: they restart each business date. */
    public enum Numbering {
        CONTINUOUS,
        DAILY
    }

    /** How a receipt's total becomes what the purse is credited. */
    public enum Rounding {
        CARRY,
        FLOOR_PER_RECEIPT,
        HALF_UP_PER_RECEIPT
    }

    /** What happens when a return takes more than the purse holds. */
    public enum NegativePolicy {
        ALLOW,
        FLOOR_AT_ZERO,
        DEBT
    }

    /**
     * The points purse.
     *
     * @param validity how long its lots live; null = for ever
     * @param pendingDays days from the sale until its points can be spent; 0 = at once
     * @param reminderDays days before a lot's expiry at which its owner is reminded
     */
    public record Purse(
            String id,
            Rounding rounding,
            NegativePolicy negative,
            @Nullable Validity validity,
            int pendingDays,
            List<Integer> reminderDays) {

        /** A purse whose points never expire and can be spent at once. */
        public static Purse everlasting(String id, Rounding rounding, NegativePolicy negative) {
            return new Purse(id, rounding, negative, null, 0, List.of());
        }
    }

    /** Unit of a validity. */
    public enum ValidityUnit {
        DAYS,
        MONTHS
    }

    /** Where an expiry day is moved to. */
    public enum ValidityEnd {
        EXACT_DAY,
        END_OF_MONTH,
        END_OF_YEAR
    }

    /**
     * How long points live, from the business date of the sale.
     *
     * @param renewedByActivity each later sale of the member moves the expiry of all its lots forward
     */
    public record Validity(int length, ValidityUnit unit, ValidityEnd end, boolean renewedByActivity) {}

    /** What earns. */
    public enum Basis {
        AMOUNT,
        ARTICLE,
        VISIT
    }

    /** Whether VAT counts. */
    public enum Tax {
        INCLUDED,
        EXCLUDED
    }

    /** How a weighed line counts under ARTICLE. */
    public enum WeighedGoods {
        PER_LINE,
        PER_UNIT
    }

    /**
     * The earning basis and its options.
     *
     * @param points per 1.00 of currency (AMOUNT), per article (ARTICLE) or per visit (VISIT)
     * @param excludedCategories a category and everything below it ("a/b" is below "a")
     * @param excludedTenders amounts paid so reduce the lines in proportion (AMOUNT)
     * @param promotedArticlesEarn no effect under VISIT
     */
    public record Earning(
            Basis basis,
            BigDecimal points,
            Tax tax,
            List<String> excludedCategories,
            List<String> excludedStores,
            List<TenderKind> excludedTenders,
            boolean promotedArticlesEarn,
            WeighedGoods weighedGoods) {}

    /** What a threshold counts. */
    public enum Measure {
        POINTS,
        SPEND,
        ARTICLES,
        VISITS
    }

    /** Over which time a threshold counts; calendar windows in the programme's zone. */
    public enum Window {
        LIFETIME,
        CALENDAR_MONTH,
        CALENDAR_YEAR
    }

    /** What happens to the part of the measure beyond the threshold. */
    public enum Surplus {
        KEEP,
        RESET
    }

    /**
     * A reward that a member unlocks by reaching a measure.
     *
     * @param reaches points, currency units, articles or visits
     * @param category counts only lines of it; null = all
     * @param value percent (PERCENTAGE_OFF) or currency units
     * @param sku the free article; null otherwise
     * @param autoApply the till applies it without asking
     * @param rewardReceiptsEarn whether the receipt on which it is used earns
     * @param validDays days for which it can be used after the newest one was unlocked; 0 = for ever
     * @param reminderDays days before its last one at which who has it is told
     */
    public record ThresholdReward(
            String id,
            Measure measure,
            BigDecimal reaches,
            Window window,
            @Nullable String category,
            Surplus surplus,
            RewardKind kind,
            BigDecimal value,
            @Nullable String sku,
            boolean autoApply,
            boolean rewardReceiptsEarn,
            int validDays,
            List<Integer> reminderDays) {}

    /** EAN-13 cards from {@code first} to {@code last}, both with check digit. */
    public record CardRange(long first, long last, boolean autoEnrol) {}
}
