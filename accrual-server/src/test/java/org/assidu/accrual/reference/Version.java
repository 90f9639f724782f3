package org.assidu.accrual.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.Award;
import org.assidu.accrual.model.Bonus.AwardKind;
import org.assidu.accrual.model.Bonus.BonusLimits;
import org.assidu.accrual.model.Bonus.Combine;
import org.assidu.accrual.model.Bonus.When;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.ProgrammeDocument.Validity;
import org.assidu.accrual.model.ProgrammeDocument.WeighedGoods;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.jspecify.annotations.Nullable;

/** A published programme, and what it says about days, purses and articles. */
final class Version {
    /** Rule of the earning basis in the ledger. */
    static final String BASE = "base";

    private static final int MOST_DAYS_OF_BUSINESS_DATE = 2;

    final int number;
    final ProgrammeDocument document;
    final Mechanics mechanics;
    /** Bonuses in order of the document, then the multipliers of levels. */
    final List<Bonus> bonuses = new ArrayList<>();

    /** Discounts on the first purchase, by what they are as bonuses. */
    private final Map<Bonus, Club> greetings = new LinkedHashMap<>();

    private final ZoneId zone;

    Version(int number, ProgrammeDocument document) {
        this.number = number;
        this.document = document;
        mechanics = document.mechanics();
        zone = ZoneId.of(document.timeZone());
        bonuses.addAll(mechanics.bonuses());
        if (mechanics.tiers() != null) {
            mechanics.tiers().levels().stream()
                    .filter(level -> level.multiplier().compareTo(BigDecimal.ONE) > 0)
                    .map(Version::multiplier)
                    .forEach(bonuses::add);
        }
        for (Club club : mechanics.clubs()) {
            if (club.firstPurchasePercent().signum() > 0) {
                Bonus greeting = new Bonus(
                        club.id(),
                        "",
                        "",
                        When.ALWAYS,
                        new Award(AwardKind.MEMBER_PRICE_PERCENT, club.firstPurchasePercent(), null),
                        BonusLimits.NONE,
                        null,
                        Combine.PRODUCT,
                        List.of(),
                        BigDecimal.ZERO);
                greetings.put(greeting, club);
                bonuses.add(greeting);
            }
        }
    }

    /** The club whose discount on the first purchase a bonus stands for; null for any other. */
    @Nullable
    Club greets(Bonus bonus) {
        return greetings.get(bonus);
    }

    /** Whether an article joins a club: no discount is given on it. */
    boolean isFee(Receipt.Line line) {
        return mechanics.clubs().stream().anyMatch(club -> line.sku().equals(club.sku()));
    }

    private static Bonus multiplier(Tier level) {
        When reached = new When(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                List.of(level.id()),
                List.of(),
                null,
                false,
                null,
                null,
                null,
                null,
                List.of());
        Award award = new Award(AwardKind.MULTIPLIER, level.multiplier(), null);
        return new Bonus(
                level.id(),
                "",
                "",
                reached,
                award,
                BonusLimits.NONE,
                null,
                Combine.PRODUCT,
                List.of(),
                BigDecimal.ZERO);
    }

    // Time

    LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    }

    LocalTime time(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalTime();
    }

    /** First day at whose start this version is in force. */
    LocalDate firstDay() {
        return day(document.effectiveFromMillis() - 1).plusDays(1);
    }

    /** The till's date, unless it is so far from the sale that it must be a mistake. */
    LocalDate businessDay(Receipt receipt) {
        LocalDate sold = day(receipt.soldAtMillis());
        LocalDate said = receipt.businessDate();
        boolean near = said != null && Math.abs(ChronoUnit.DAYS.between(sold, said)) <= MOST_DAYS_OF_BUSINESS_DATE;
        return near ? said : sold;
    }

    /** Later windows have larger numbers. */
    long window(Window window, long millis) {
        return window(window, day(millis));
    }

    long window(Window window, LocalDate day) {
        YearMonth month = YearMonth.from(day);
        return switch (window) {
            case LIFETIME -> 0;
            case CALENDAR_MONTH -> month.getYear() * 12L + month.getMonthValue();
            case CALENDAR_YEAR -> month.getYear();
        };
    }

    boolean isOver(@Nullable LocalDate lastDay, long millis) {
        return lastDay != null && day(millis).isAfter(lastDay);
    }

    // Purses

    Stream<Purse> purses() {
        return Stream.concat(
                Stream.of(document.purse()), mechanics.moneyPurses().stream().map(MoneyPurse::purse));
    }

    @Nullable
    Purse purse(String id) {
        return purses().filter(purse -> purse.id().equals(id)).findFirst().orElse(null);
    }

    static boolean keepsLots(Purse purse) {
        return purse.validity() != null || purse.pendingDays() > 0;
    }

    /** Last day of points of a business day; null = for ever. */
    static @Nullable LocalDate expiry(Purse purse, LocalDate day) {
        Validity validity = purse.validity();
        if (validity == null) {
            return null;
        }
        LocalDate exact = switch (validity.unit()) {
            case DAYS -> day.plusDays(validity.length());
            case MONTHS -> day.plusMonths(validity.length());
        };
        return switch (validity.end()) {
            case EXACT_DAY -> exact;
            case END_OF_MONTH -> YearMonth.from(exact).atEndOfMonth();
            case END_OF_YEAR -> LocalDate.of(exact.getYear(), 12, 31);
        };
    }

    static boolean isRenewed(Purse purse) {
        return purse.validity() != null && purse.validity().renewedByActivity();
    }

    /** @param sale what a sale earns is pending first */
    static @Nullable Lot lot(Purse purse, LocalDate day, boolean sale) {
        boolean pending = sale && purse.pendingDays() > 0;
        return keepsLots(purse)
                ? new Lot(expiry(purse, day), YearMonth.from(day), pending ? day.plusDays(purse.pendingDays()) : null)
                : null;
    }

    // Amounts

    /** Currency units as minor units. */
    BigInteger minor(BigDecimal units) {
        return units.movePointRight(digits()).toBigIntegerExact();
    }

    int digits() {
        return Currency.getInstance(document.currency()).getDefaultFractionDigits();
    }

    /** What the base gives for eligible minor units or thousandths of articles, micropoints, exactly. */
    BigDecimal points(BigInteger eligible, BigDecimal rate) {
        int shift = document.earning().basis() == Basis.ARTICLE ? 3 : digits();
        return new BigDecimal(eligible).multiply(rate).movePointRight(6 - shift);
    }

    // Articles

    static boolean within(String category, String of) {
        return category.equals(of) || category.startsWith(of + "/");
    }

    static boolean withinAny(String category, List<String> of) {
        return of.stream().anyMatch(one -> within(category, one));
    }

    /** Whether lines of the store can earn at all. */
    boolean earnsAt(String store) {
        return !document.earning().excludedStores().contains(store);
    }

    /** Whether a line is of a kind that earns, sold or taken back at the current rate. */
    boolean isEligible(Receipt.Line line) {
        var earning = document.earning();
        boolean promotion = line.promoted() && !earning.promotedArticlesEarn() && earning.basis() != Basis.VISIT;
        boolean noArticle = earning.basis() == Basis.ARTICLE && line.amountMinor() < 0 && !line.isReturn();
        return !line.giftCard()
                && !promotion
                && !noArticle
                && !withinAny(line.category(), earning.excludedCategories())
                && !withinAny(line.category(), mechanics.guards().neverEarn());
    }

    /** Thousandths of articles. */
    BigInteger articles(Receipt.Line line) {
        boolean one = line.weighed() && document.earning().weighedGoods() == WeighedGoods.PER_LINE;
        return Exact.whole(one ? Long.signum(line.thousandths()) * 1000L : line.thousandths());
    }

    /** Whether a bonus is for a line: its conditions on articles, and that the line may be promoted. */
    boolean isFor(Bonus bonus, Receipt.Line line) {
        When when = bonus.when();
        return !line.isReturn()
                && !line.giftCard()
                && !withinAny(line.category(), mechanics.guards().neverPromote())
                && (when.skus().isEmpty() || when.skus().contains(line.sku()))
                && (when.brands().isEmpty() || when.brands().contains(line.brand()))
                && (when.categories().isEmpty() || withinAny(line.category(), when.categories()));
    }

    /** As the other, where no programme that excludes the bonus's own and is named before it has the line. */
    boolean isFor(Bonus bonus, Receipt.Line line, List<Bonus> applying) {
        if (!isFor(bonus, line)) {
            return false;
        }
        if (bonus.exclusion() == null) {
            return true;
        }
        String group = bonus.exclusion().group();
        for (Bonus other : bonuses) {
            if (other.exclusion() == null || !other.exclusion().group().equals(group)) {
                continue;
            }
            String programme = other.exclusion().programme();
            if (programme.equals(bonus.exclusion().programme())) {
                return true;
            }
            boolean has = bonuses.stream()
                    .anyMatch(one -> one.exclusion() != null
                            && one.exclusion().group().equals(group)
                            && one.exclusion().programme().equals(programme)
                            && applying.contains(one)
                            && isFor(one, line));
            if (has) {
                return false;
            }
        }
        return true;
    }

    /** Greatest advantage on a line, percent; null = no guard. */
    @Nullable
    BigDecimal mostPercent(Receipt.Line line) {
        return mechanics.guards().mostAdvantage().stream()
                .filter(guard -> within(line.category(), guard.category()))
                .map(Mechanics.MostAdvantage::percent)
                .min(BigDecimal::compareTo)
                .orElse(null);
    }

    // Threshold rewards

    @Nullable
    ThresholdReward reward(String id) {
        return document.thresholdRewards().stream()
                .filter(reward -> reward.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Threshold in the unit of its measure. */
    BigInteger reaches(ThresholdReward reward) {
        return switch (reward.measure()) {
            case POINTS -> Exact.micro(reward.reaches());
            case SPEND -> minor(reward.reaches());
            case ARTICLES -> reward.reaches().movePointRight(3).toBigIntegerExact();
            case VISITS -> reward.reaches().toBigIntegerExact();
        };
    }

    boolean counts(ThresholdReward reward, Receipt.Line line) {
        return reward.category() == null || within(line.category(), Objects.requireNonNull(reward.category()));
    }

    boolean givesPoints(Bonus bonus) {
        return switch (bonus.award().kind()) {
            case EXTRA_RATE, FIXED_POINTS, MULTIPLIER -> true;
            default -> false;
        };
    }

    static boolean givesMoney(Bonus bonus) {
        AwardKind kind = bonus.award().kind();
        return kind == AwardKind.CASHBACK_PERCENT || kind == AwardKind.CASHBACK_AMOUNT;
    }

    static boolean isMemberPrice(Bonus bonus) {
        AwardKind kind = bonus.award().kind();
        return kind == AwardKind.MEMBER_PRICE_PERCENT || kind == AwardKind.MEMBER_PRICE_AMOUNT;
    }

    static boolean isOnce(Bonus bonus) {
        return switch (bonus.award().kind()) {
            case FIXED_POINTS, CASHBACK_AMOUNT, REWARD, TAG -> true;
            default -> false;
        };
    }

    /** A limit or award in the unit in which a bonus gives. */
    BigInteger unit(Bonus bonus, BigDecimal value) {
        return switch (bonus.award().kind()) {
            case EXTRA_RATE, FIXED_POINTS, MULTIPLIER -> Exact.micro(value);
            case CASHBACK_PERCENT, CASHBACK_AMOUNT -> Exact.micro(value.movePointRight(digits()));
            case MEMBER_PRICE_PERCENT, MEMBER_PRICE_AMOUNT -> minor(value);
            case REWARD, TAG -> value.toBigIntegerExact();
        };
    }
}
