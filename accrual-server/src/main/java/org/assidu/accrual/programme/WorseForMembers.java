package org.assidu.accrual.programme;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assidu.accrual.model.Mechanics;
import org.assidu.accrual.model.Mechanics.Guards;
import org.assidu.accrual.model.Mechanics.MoneyPurse;
import org.assidu.accrual.model.Mechanics.MostAdvantage;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammeDocument.Basis;
import org.assidu.accrual.model.ProgrammeDocument.Earning;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.Rounding;
import org.assidu.accrual.model.ProgrammeDocument.Surplus;
import org.assidu.accrual.model.ProgrammeDocument.Tax;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.assidu.accrual.model.ProgrammeDocument.Validity;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.assidu.accrual.model.ProgrammePart;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a new version give some member in some situation less than the old version, or may: a change of which
 * that cannot be ruled out counts as worse. What an offer loses by ending on the day it always had is not counted.
 */
public final class WorseForMembers {
    private final ProgrammeDocument old;
    private final ProgrammeDocument next;
    private final List<ProgrammePart> worse = new ArrayList<>();

    private WorseForMembers(ProgrammeDocument old, ProgrammeDocument next) {
        this.old = old;
        this.next = next;
    }

    /** In order of the document. */
    public static List<ProgrammePart> parts(ProgrammeDocument old, ProgrammeDocument next) {
        return new WorseForMembers(old, next).compare();
    }

    private List<ProgrammePart> compare() {
        Mechanics before = old.mechanics();
        Mechanics after = next.mechanics();
        LocalDate start = firstDay(next);
        part("accepted_window", new Worsening().less(old.acceptedPastDays(), next.acceptedPastDays()));
        part(
                "return_window_days",
                new Worsening()
                        .less(old.returnWindowDays(), next.returnWindowDays())
                        .less(old.returnsRestoreRewards() ? 1 : 0, next.returnsRestoreRewards() ? 1 : 0));
        part("largest_amount", new Worsening().less(old.largestAmountMinor(), next.largestAmountMinor()));
        part("purse", purse(old.purse(), next.purse()));
        part("earning", earning(old.earning(), next.earning()));
        parts(
                "money_purses",
                before.moneyPurses(),
                after.moneyPurses(),
                money -> money.purse().id(),
                WorseForMembers::money,
                gone -> true);
        parts(
                "threshold_rewards",
                old.thresholdRewards(),
                next.thresholdRewards(),
                ThresholdReward::id,
                WorseForMembers::reward,
                gone -> true);
        WorseMechanics mechanics = new WorseMechanics(start);
        parts("bonuses", before.bonuses(), after.bonuses(), b -> b.id(), mechanics::bonus, mechanics::bonusCounts);
        parts("acts", before.acts(), after.acts(), a -> a.id(), WorseMechanics::act, gone -> true);
        part("tiers", WorseMechanics.tiers(before.tiers(), after.tiers()));
        parts(
                "tiers.levels",
                WorseMechanics.levels(before.tiers()),
                WorseMechanics.levels(after.tiers()),
                t -> t.id(),
                WorseMechanics::level,
                gone -> true);
        parts("clubs", before.clubs(), after.clubs(), c -> c.id(), WorseMechanics::club, gone -> true);
        parts("shop", before.shop(), after.shop(), r -> r.id(), WorseMechanics::shop, mechanics::shopCounts);
        parts(
                "promo_codes",
                before.promoCodes(),
                after.promoCodes(),
                c -> c.code(),
                WorseMechanics::promoCode,
                mechanics::codeCounts);
        part("guards", guards(before.guards(), after.guards()));
        part(
                "desk",
                new Worsening().less(before.desk().claimDays(), after.desk().claimDays()));
        part("notice_days", new Worsening().less(before.noticeDays(), after.noticeDays()));
        part("last_earn_day", new Worsening().limit(before.lastEarnDay(), after.lastEarnDay()));
        part("last_burn_day", new Worsening().limit(before.lastBurnDay(), after.lastBurnDay()));
        return List.copyOf(worse);
    }

    static LocalDate firstDay(ProgrammeDocument document) {
        return Instant.ofEpochMilli(document.effectiveFromMillis())
                .atZone(ZoneId.of(document.timeZone()))
                .toLocalDate();
    }

    private void part(String section, Worsening compared) {
        if (compared.found()) {
            worse.add(ProgrammePart.of(section));
        }
    }

    /** @param counts whether an entry that is gone is missed */
    private <T> void parts(
            String section,
            List<T> before,
            List<T> after,
            Function<T, String> id,
            BiPredicate<T, T> isWorse,
            Predicate<T> counts) {
        Map<String, T> byId = new HashMap<>();
        after.forEach(entry -> byId.put(id.apply(entry), entry));
        for (T entry : before) {
            T now = byId.get(id.apply(entry));
            if (now == null ? counts.test(entry) : isWorse.test(entry, now)) {
                worse.add(new ProgrammePart(section, id.apply(entry)));
            }
        }
    }

    private static Worsening earning(Earning old, Earning next) {
        return new Worsening()
                .changed(old.basis(), next.basis())
                .less(old.points(), next.points())
                .when(old.tax() == Tax.INCLUDED && next.tax() == Tax.EXCLUDED)
                .excluded(old.excludedCategories(), next.excludedCategories())
                .excluded(old.excludedStores(), next.excludedStores())
                .excluded(old.excludedTenders(), next.excludedTenders())
                .when(old.promotedArticlesEarn() && !next.promotedArticlesEarn())
                .when(next.basis() == Basis.ARTICLE && old.weighedGoods() != next.weighedGoods());
    }

    private static boolean money(MoneyPurse old, MoneyPurse next) {
        return purse(old.purse(), next.purse())
                .more(old.minimumToSpend(), next.minimumToSpend())
                .when(old.pointsPerUnit() != null && next.pointsPerUnit() == null)
                .when(old.pointsPerUnit() != null
                        && next.pointsPerUnit() != null
                        && next.pointsPerUnit().compareTo(old.pointsPerUnit()) > 0)
                .found();
    }

    private static Worsening purse(Purse old, Purse next) {
        return new Worsening()
                .when(old.rounding() != next.rounding() && old.rounding() != Rounding.FLOOR_PER_RECEIPT)
                .when(old.negative() == NegativePolicy.FLOOR_AT_ZERO && next.negative() != old.negative())
                .more(old.pendingDays(), next.pendingDays())
                .when(isShorter(old.validity(), next.validity()));
    }

    private static boolean isShorter(@Nullable Validity old, @Nullable Validity next) {
        if (next == null || old == null) {
            return next != null;
        }
        return new Worsening()
                .changed(old.unit(), next.unit())
                .less(old.length(), next.length())
                .less(old.end().ordinal(), next.end().ordinal())
                .when(old.renewedByActivity() && !next.renewedByActivity())
                .found();
    }

    private static boolean reward(ThresholdReward old, ThresholdReward next) {
        boolean longerWindow = old.window() == Window.CALENDAR_MONTH && next.window() == Window.CALENDAR_YEAR;
        return new Worsening()
                .changed(old.measure(), next.measure())
                .more(old.reaches(), next.reaches())
                .when(old.window() != next.window() && next.window() != Window.LIFETIME && !longerWindow)
                .when(next.category() != null && !next.category().equals(old.category()))
                .when(old.surplus() == Surplus.KEEP && next.surplus() == Surplus.RESET)
                .changed(old.kind(), next.kind())
                .less(old.value(), next.value())
                .changed(old.sku(), next.sku())
                .when(old.rewardReceiptsEarn() && !next.rewardReceiptsEarn())
                .lessOfUnlimited(old.validDays(), next.validDays())
                .found();
    }

    private static Worsening guards(Guards old, Guards next) {
        Worsening compared = new Worsening()
                .excluded(old.neverEarn(), next.neverEarn())
                .excluded(old.neverPromote(), next.neverPromote());
        for (MostAdvantage most : next.mostAdvantage()) {
            compared.limit(
                    old.mostAdvantage().stream()
                            .filter(known -> known.category().equals(most.category()))
                            .map(MostAdvantage::percent)
                            .findFirst()
                            .orElse(null),
                    most.percent());
        }
        return compared;
    }
}
