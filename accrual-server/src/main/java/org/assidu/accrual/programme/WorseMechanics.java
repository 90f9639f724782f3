package org.assidu.accrual.programme;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.BirthdayWindow;
import org.assidu.accrual.model.Bonus.When;
import org.assidu.accrual.model.Mechanics.Act;
import org.assidu.accrual.model.Mechanics.ActKind;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.Downgrade;
import org.assidu.accrual.model.Mechanics.PromoCode;
import org.assidu.accrual.model.Mechanics.ShopReward;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.TierPrice;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.jspecify.annotations.Nullable;

/** Compares entries of the sections beyond base and threshold rewards. */
final class WorseMechanics {
    private final LocalDate start;

    /** @param start first day of the new version: what ended before it is not missed */
    WorseMechanics(LocalDate start) {
        this.start = start;
    }

    boolean bonusCounts(Bonus gone) {
        return isOpen(gone.when().lastDay());
    }

    boolean shopCounts(ShopReward gone) {
        return isOpen(gone.lastDay());
    }

    boolean codeCounts(PromoCode gone) {
        return isOpen(gone.lastDay());
    }

    private boolean isOpen(@Nullable LocalDate lastDay) {
        return lastDay == null || !lastDay.isBefore(start);
    }

    boolean bonus(Bonus old, Bonus next) {
        if (!bonusCounts(old)) {
            return false;
        }
        return receipt(old.when(), next.when())
                .when(member(old.when(), next.when()).found())
                .changed(old.award().kind(), next.award().kind())
                .less(old.award().value(), next.award().value())
                .changed(old.award().target(), next.award().target())
                .limit(old.limits().perReceipt(), next.limits().perReceipt())
                .limit(old.limits().perMemberDay(), next.limits().perMemberDay())
                .limit(old.limits().perMember(), next.limits().perMember())
                .limit(old.limits().budget(), next.limits().budget())
                .when(next.group() != null && !next.group().equals(old.group()))
                .when(old.group() != null && next.group() != null && old.combine() != next.combine())
                .when(next.exclusion() != null && !next.exclusion().equals(old.exclusion()))
                .more(old.controlPercent(), next.controlPercent())
                .found();
    }

    private static Worsening receipt(When old, When next) {
        return new Worsening()
                .selection(old.stores(), next.stores())
                .selection(old.banners(), next.banners())
                .selection(old.channels(), next.channels())
                .selection(old.skus(), next.skus())
                .selection(old.categories(), next.categories())
                .selection(old.brands(), next.brands())
                .selection(old.weekdays(), next.weekdays())
                .when(hasOtherHours(old, next))
                .days(old.firstDay(), old.lastDay(), next.firstDay(), next.lastDay())
                .threshold(old.amountAtLeast(), next.amountAtLeast());
    }

    /** Unless the window only became longer at its ends, within a day. */
    private static boolean hasOtherHours(When old, When next) {
        boolean open = next.from() == null && next.to() == null;
        boolean withinDay = !spansMidnight(old) && !spansMidnight(next);
        return !open
                && (withinDay
                        ? new Worsening()
                                .threshold(old.from(), next.from())
                                .limit(old.to(), next.to())
                                .found()
                        : new Worsening()
                                .changed(old.from(), next.from())
                                .changed(old.to(), next.to())
                                .found());
    }

    private static boolean spansMidnight(When when) {
        return when.from() != null && when.to() != null && when.to().isBefore(when.from());
    }

    private static Worsening member(When old, When next) {
        Worsening compared = new Worsening()
                .selection(old.tiers(), next.tiers())
                .selection(old.clubs(), next.clubs())
                .selection(old.tags(), next.tags())
                .when(next.firstPurchase() && !old.firstPurchase())
                .when(next.nthVisit() != null && !next.nthVisit().equals(old.nthVisit()))
                .threshold(old.unboughtDays(), next.unboughtDays())
                .threshold(old.dormantDays(), next.dormantDays());
        BirthdayWindow before = old.birthday();
        BirthdayWindow after = next.birthday();
        return after == null
                ? compared
                : compared.when(before == null
                        || after.daysBefore() < before.daysBefore()
                        || after.daysAfter() < before.daysAfter());
    }

    /** Whether an act's number is what members wait for, and not when they are written to. */
    private static boolean isWaited(Act act) {
        return act.kind() == ActKind.EVERY_MONTHS || act.kind() == ActKind.DORMANT;
    }

    static boolean act(Act old, Act next) {
        return new Worsening()
                .changed(old.kind(), next.kind())
                .changed(old.code(), next.code())
                .when(isWaited(next) && next.number() > old.number())
                .less(old.points(), next.points())
                .when(old.reward() != null && !old.reward().equals(next.reward()))
                .lessOfUnlimited(old.times(), next.times())
                .found();
    }

    static Worsening tiers(@Nullable Tiers old, @Nullable Tiers next) {
        if (old == null || next == null) {
            return new Worsening().when(old != null);
        }
        return new Worsening()
                .changed(old.measure(), next.measure())
                .changed(old.window(), next.window())
                .less(old.months(), next.months())
                .less(old.graceDays(), next.graceDays())
                .when(old.downgrade() == Downgrade.ONE_DOWN && next.downgrade() == Downgrade.REQUALIFY);
    }

    static List<Tier> levels(@Nullable Tiers tiers) {
        return tiers == null ? List.of() : tiers.levels();
    }

    static boolean level(Tier old, Tier next) {
        return new Worsening()
                .more(old.reaches(), next.reaches())
                .less(old.multiplier(), next.multiplier())
                .given(old.perks(), next.perks())
                .found();
    }

    static boolean club(Club old, Club next) {
        return new Worsening()
                .changed(old.sku(), next.sku())
                .more(old.fee(), next.fee())
                .lessOfUnlimited(old.months(), next.months())
                .less(old.firstPurchasePercent(), next.firstPurchasePercent())
                .given(old.perks(), next.perks())
                .threshold(old.access().averageBasket(), next.access().averageBasket())
                .more(old.access().purchases(), next.access().purchases())
                .threshold(old.access().spend(), next.access().spend())
                .when(next.access().tag() != null
                        && !next.access().tag().equals(old.access().tag()))
                .found();
    }

    static boolean shop(ShopReward old, ShopReward next) {
        Worsening compared = new Worsening()
                .changed(old.kind(), next.kind())
                .less(old.value(), next.value())
                .changed(old.sku(), next.sku())
                .more(old.price(), next.price())
                .limit(old.stock(), next.stock())
                .lessOfUnlimited(old.perMember(), next.perMember())
                .days(old.firstDay(), old.lastDay(), next.firstDay(), next.lastDay())
                .lessOfUnlimited(old.validDays(), next.validDays())
                .selection(old.stores(), next.stores());
        for (TierPrice price : old.tierPrices()) {
            compared.more(price.price(), priceFor(price.tier(), next));
        }
        for (TierPrice price : next.tierPrices()) {
            compared.more(priceFor(price.tier(), old), price.price());
        }
        return compared.found();
    }

    private static BigDecimal priceFor(String tier, ShopReward reward) {
        for (TierPrice price : reward.tierPrices()) {
            if (price.tier().equals(tier)) {
                return price.price();
            }
        }
        return reward.price();
    }

    static boolean promoCode(PromoCode old, PromoCode next) {
        return new Worsening()
                .days(old.firstDay(), old.lastDay(), next.firstDay(), next.lastDay())
                .selection(old.skus(), next.skus())
                .selection(old.categories(), next.categories())
                .selection(old.brands(), next.brands())
                .less(old.percent(), next.percent())
                .less(old.amount(), next.amount())
                .lessOfUnlimited(old.uses(), next.uses())
                .lessOfUnlimited(old.usesPerMember(), next.usesPerMember())
                .found();
    }
}
