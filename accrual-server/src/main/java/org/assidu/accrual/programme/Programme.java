package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ProgrammeDocument.Numbering;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.ReceiptColumns;
import org.jspecify.annotations.Nullable;

/**
 * A compiled programme version: prices receipts in integers and allocates nothing. Immutable; any thread may ask it.
 *
 * <p>Rounding is symmetric about zero: what a debit of one receipt rounds to is the negative of what the same credit
 * rounds to.
 */
public final class Programme {
    /** Rule index of the earning basis; threshold reward {@code i} is rule {@code i + 1}. */
    public static final int BASE_RULE = 0;

    /** Rule index of movements that no rule caused. */
    public static final int NO_RULE = -1;

    /** Stable id of the earning basis as a rule. */
    public static final String BASE_RULE_ID = "base";

    /** Between the sale and the business date of its till. */
    private static final int MOST_DAYS_BETWEEN = 2;

    private static final long DAY_MILLIS = 86_400_000L;
    private static final long MINUTE_MILLIS = 60_000L;

    private final int version;
    private final ProgrammeDocument document;
    private final EarningRule earning;
    private final List<RewardRule> rewards;
    private final RuleIds ruleIds;
    private final BonusTable bonuses;
    private final Stacking stacking;
    private final List<ShopRule> shop;
    private final @Nullable TierLadder tiers;
    private final List<ClubRule> clubs;
    private final ZoneId zone;
    private final ZoneCalendar calendar;
    private final int currency;
    private final Rounding rounding;
    private final List<PurseRule> purses;
    private final boolean timed;

    Programme(
            int version,
            ProgrammeDocument document,
            EarningRule earning,
            List<RewardRule> rewards,
            BonusTable bonuses,
            ZoneId zone) {
        this.version = version;
        this.document = document;
        this.earning = earning;
        this.rewards = List.copyOf(rewards);
        this.ruleIds = new RuleIds(document);
        this.bonuses = bonuses;
        this.stacking = new Stacking(earning, bonuses, document.purse().rounding());
        this.shop = ShopRule.of(document, ruleIds.first(RuleKind.SHOP_REWARD));
        this.tiers = TierLadder.of(document, ruleIds.first(RuleKind.TIER));
        this.clubs = ClubRule.of(document, ruleIds.first(RuleKind.CLUB));
        this.zone = zone;
        this.calendar = new ZoneCalendar(zone);
        this.currency = ReceiptColumns.packCurrency(document.currency());
        this.rounding = document.purse().rounding();
        this.purses = purses(document);
        this.timed = tiers != null
                || clubs.stream().anyMatch(ClubRule::ends)
                || purses.stream().anyMatch(PurseRule::keepsLots)
                || ActRule.anyByTime(document)
                || anyRewardEnds(document);
    }

    private static boolean anyRewardEnds(ProgrammeDocument document) {
        return document.thresholdRewards().stream()
                        .anyMatch(reward ->
                                reward.validDays() > 0 || !reward.reminderDays().isEmpty())
                || document.mechanics().shop().stream()
                        .anyMatch(reward -> !reward.reminderDays().isEmpty());
    }

    private static List<PurseRule> purses(ProgrammeDocument document) {
        int digits = Math.max(0, ProgrammeCompiler.minorDigits(document.currency()));
        List<PurseRule> rules = new ArrayList<>();
        rules.add(new PurseRule(document.purse(), BigDecimal.ZERO, null, digits));
        for (MoneyPurse money : document.mechanics().moneyPurses()) {
            rules.add(new PurseRule(money.purse(), money.minimumToSpend(), money.pointsPerUnit(), digits));
        }
        return List.copyOf(rules);
    }

    /** From 1 in order of publication. */
    public int version() {
        return version;
    }

    public String id() {
        return document.id();
    }

    public String purseId() {
        return document.purse().id();
    }

    /** The points purse, then the money purses in document order. */
    public List<String> purseIds() {
        return purses.stream().map(PurseRule::id).toList();
    }

    /** The points purse, then the money purses in document order. */
    public List<PurseRule> purses() {
        return purses;
    }

    /** Whether time alone changes something: only then are ticks needed. */
    public boolean isTimed() {
        return timed;
    }

    /** Day since 1970-01-01 in the programme's zone. */
    public int day(long millis) {
        return calendar.day(millis);
    }

    /** Start of a day since 1970-01-01 in the programme's zone. */
    public long startOfDayMillis(int day) {
        return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** Business day of a receipt: as its till says, unless that is far from when it was sold. */
    public int businessDay(ReceiptColumns receipt) {
        int soldDay = calendar.day(receipt.soldAtMillis);
        if (receipt.businessDate == 0) {
            return soldDay;
        }
        int day = CivilDays.of(receipt.businessDate);
        return Math.abs(day - soldDay) <= MOST_DAYS_BETWEEN ? day : soldDay;
    }

    public ProgrammeDocument document() {
        return document;
    }

    public long effectiveFromMillis() {
        return document.effectiveFromMillis();
    }

    public ZoneId zone() {
        return zone;
    }

    /** Packed as in {@link ReceiptColumns#packCurrency}. */
    public int currency() {
        return currency;
    }

    public boolean numberedDaily() {
        return document.numbering() == Numbering.DAILY;
    }

    public long largestAmountMinor() {
        return document.largestAmountMinor();
    }

    public long acceptedPastMillis() {
        return document.acceptedPastDays() * DAY_MILLIS;
    }

    public long acceptedAheadMillis() {
        return document.acceptedAheadMinutes() * MINUTE_MILLIS;
    }

    public long openReceiptTimeoutMillis() {
        return document.openReceiptTimeoutMinutes() * MINUTE_MILLIS;
    }

    public NegativePolicy negative() {
        return document.purse().negative();
    }

    /** Number of rules: base, threshold rewards, bonuses, tiers, acts, rewards of the shop, clubs. */
    public int rules() {
        return ruleIds.size();
    }

    /** Stable id of a rule, {@code base} for the earning basis; empty for {@link #NO_RULE}. */
    public String ruleId(int rule) {
        return rule == NO_RULE ? "" : ruleIds.of(rule);
    }

    /** Ids of all rules, by rule index. */
    public List<String> ruleIds() {
        return ruleIds.all();
    }

    /** Rule index of the first of a kind, such as the first tier. */
    public int firstRule(RuleKind kind) {
        return ruleIds.first(kind);
    }

    /** @return null for a programme without levels */
    public @Nullable TierLadder tiers() {
        return tiers;
    }

    public List<ClubRule> clubs() {
        return clubs;
    }

    /** Rewards that points buy. */
    public List<ShopRule> shop() {
        return shop;
    }

    /** @return null when the shop has no reward of that id */
    public @Nullable ShopRule shopReward(String id) {
        for (ShopRule reward : shop) {
            if (reward.id().equals(id)) {
                return reward;
            }
        }
        return null;
    }

    public List<RewardRule> thresholdRewards() {
        return rewards;
    }

    public RewardRule thresholdReward(int index) {
        return rewards.get(index);
    }

    /** Whether a card that belongs to nobody enrols by itself. */
    public boolean autoEnrols(long card) {
        for (ProgrammeDocument.CardRange range : document.cards()) {
            if (range.autoEnrol() && card >= range.first() && card <= range.last()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes status, eligible amount and points of every sale line and of every return line without original into the
     * outcome; lines that earn nothing keep NOT_ELIGIBLE.
     *
     * @param salesEarn false on a receipt whose sales earn nothing because a reward was used
     */
    public void price(ReceiptColumns receipt, boolean salesEarn, TenderShares shares, OutcomeColumns out) {
        earning.price(receipt, salesEarn, shares, out);
    }

    /** Whether the programme has bonuses or tiers that change what a receipt gives. */
    public boolean hasBonuses() {
        return bonuses.rules.length > 0;
    }

    /** Whether an outcome's context names a bonus. */
    public boolean hasBonusContext(OutcomeColumns out) {
        for (int c = 0; c < out.contexts; c++) {
            if (bonuses.isBonus(out.contextRule[c])) {
                return true;
            }
        }
        return false;
    }

    /** Bonuses, then tiers, then clubs with a discount on the first purchase. */
    public int bonuses() {
        return bonuses.rules.length;
    }

    public BonusRule bonus(int index) {
        return bonuses.rules[index];
    }

    /** The bonus, tier or club of a rule. */
    public BonusRule bonusOfRule(int rule) {
        return bonuses.rules[bonuses.index(rule)];
    }

    /** Whether a bonus asks for the banner of the store. */
    public boolean asksForBanners() {
        return bonuses.asksForBanners();
    }

    /** Whether tills are told member prices. */
    public boolean hasMemberPrices() {
        return bonuses.hasMemberPrices();
    }

    /** Id of a money purse. */
    public String moneyPurseId(int index) {
        return document.mechanics().moneyPurses().get(index).purse().id();
    }

    /**
     * Finds the bonuses that moment, place and lines of a receipt allow, whoever the member is: {@link
     * Awards#nextCandidate}.
     *
     * @param banner of the receipt's store; null = unknown
     * @return whether there is one, or one whose articles are sold
     */
    public boolean findCandidates(ReceiptColumns receipt, @Nullable String banner, Awards awards) {
        long local = calendar.local(receipt.soldAtMillis);
        int day = (int) Math.floorDiv(local, DAY_MILLIS);
        int minute = (int) ((local - day * DAY_MILLIS) / MINUTE_MILLIS);
        return bonuses.candidates(receipt, banner, day, minute, awards);
    }

    /**
     * Writes what member prices of the outcome's context take off each line, before {@link #price}.
     *
     * @param awards as {@link #findCandidates} left it for this receipt
     */
    public void tellPrices(ReceiptColumns receipt, OutcomeColumns out, Awards awards) {
        if (bonuses.hasMemberPrice(out)) {
            bonuses.tellPrices(earning, receipt, out, awards);
        }
    }

    /**
     * What base and bonuses of the outcome's context credit, written into the outcome line by line: each bonus's share, and
     * with them the line's result.
     *
     * @param awards as {@link #findCandidates} left it for this receipt
     */
    public void award(ReceiptColumns receipt, OutcomeColumns priced, Awards awards) {
        stacking.award(receipt, priced, null, awards);
    }

    /**
     * What base and bonuses of a recorded outcome's context credit when so much of each line has come back.
     *
     * @param returned thousandths per line
     */
    public void awardAgain(ReceiptColumns receipt, OutcomeColumns recorded, long[] returned, Awards awards) {
        bonuses.selectLines(receipt, awards);
        stacking.award(receipt, recorded, returned, awards);
    }

    /** Number of the window of visits; later windows have larger numbers. */
    public int window(ProgrammeDocument.Window window, long soldAtMillis) {
        return switch (window) {
            case LIFETIME -> 0;
            case CALENDAR_MONTH -> calendar.month(soldAtMillis);
            case CALENDAR_YEAR -> calendar.year(soldAtMillis);
        };
    }

    /** Whether a sale line of positive amount that takes part in earning is not wholly returned. */
    public boolean isVisit(ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned) {
        return hasVisit(null, receipt, priced, returned);
    }

    /**
     * What a receipt credits for its sale lines under the base alone when so much of each has come back: <i>credit(r)</i> of the law of
     * returns.
     *
     * @param returned thousandths per line; null = nothing
     */
    public long creditMicro(ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned) {
        if (earning.basis == Basis.VISIT) {
            return hasVisit(null, receipt, priced, returned) ? round(earning.rateMicro) : 0;
        }
        long sum = 0;
        for (int line = 0; line < receipt.lines; line++) {
            if (priced.lineStatus[line] == LineStatus.EARNED) {
                sum += remaining(priced.linePointsMicro[line], receipt, line, returned);
            }
        }
        return round(sum);
    }

    /** What return lines without original take off, zero or negative unless amounts are odd; rounded apart. */
    public long unlinkedMicro(ReceiptColumns receipt, OutcomeColumns priced) {
        long sum = 0;
        for (int line = 0; line < receipt.lines; line++) {
            if (priced.lineStatus[line] == LineStatus.RETURNED_AT_CURRENT_RATE) {
                sum += priced.linePointsMicro[line];
            }
        }
        return round(sum);
    }

    /**
     * What the sale lines of a receipt add to a reward's measure when so much of each has come back.
     *
     * @param creditMicro the receipt's credit for the same quantities
     */
    public long measureUnits(
            RewardRule reward,
            ReceiptColumns receipt,
            OutcomeColumns priced,
            long @Nullable [] returned,
            long creditMicro) {
        return switch (reward.measure()) {
            case POINTS ->
                reward.countsAllCategories() ? creditMicro : sum(reward, receipt, priced, LineStatus.EARNED, returned);
            case SPEND, ARTICLES -> sum(reward, receipt, priced, LineStatus.EARNED, returned);
            case VISITS -> hasVisit(reward, receipt, priced, returned) ? 1 : 0;
        };
    }

    /** What return lines without original add to a reward's measure: zero or less. */
    public long unlinkedMeasureUnits(
            RewardRule reward, ReceiptColumns receipt, OutcomeColumns priced, long unlinkedMicro) {
        return switch (reward.measure()) {
            case POINTS ->
                reward.countsAllCategories()
                        ? unlinkedMicro
                        : sum(reward, receipt, priced, LineStatus.RETURNED_AT_CURRENT_RATE, null);
            case SPEND, ARTICLES -> sum(reward, receipt, priced, LineStatus.RETURNED_AT_CURRENT_RATE, null);
            case VISITS -> 0;
        };
    }

    /** Number of the window in which a reward counts a sale; later windows have larger numbers. */
    public int window(RewardRule reward, long soldAtMillis) {
        return window(reward.source().window(), soldAtMillis);
    }

    private long sum(
            RewardRule reward,
            ReceiptColumns receipt,
            OutcomeColumns priced,
            LineStatus status,
            long @Nullable [] returned) {
        long sum = 0;
        for (int line = 0; line < receipt.lines; line++) {
            if (priced.lineStatus[line] == status && reward.counts(receipt, line)) {
                long value = switch (reward.measure()) {
                    case POINTS -> priced.linePointsMicro[line];
                    case SPEND -> receipt.amountMinor[line];
                    case ARTICLES, VISITS -> earning.articles(receipt, line);
                };
                sum += remaining(value, receipt, line, returned);
            }
        }
        return sum;
    }

    /** Whether a sale line of positive amount that takes part in earning is not wholly returned. */
    static boolean hasVisit(
            @Nullable RewardRule reward, ReceiptColumns receipt, OutcomeColumns priced, long @Nullable [] returned) {
        for (int line = 0; line < receipt.lines; line++) {
            if (priced.lineStatus[line] == LineStatus.EARNED
                    && receipt.amountMinor[line] > 0
                    && (returned == null || returned[line] < receipt.quantityThousandths[line])
                    && (reward == null || reward.counts(receipt, line))) {
                return true;
            }
        }
        return false;
    }

    static long remaining(long value, ReceiptColumns receipt, int line, long @Nullable [] returned) {
        return returned == null || returned[line] == 0
                ? value
                : Arithmetic.remaining(value, returned[line], receipt.quantityThousandths[line]);
    }

    private long round(long micro) {
        return Arithmetic.rounded(micro, rounding);
    }
}
