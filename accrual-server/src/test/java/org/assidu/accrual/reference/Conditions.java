package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assidu.accrual.model.Bonus;
import org.assidu.accrual.model.Bonus.BonusLimits;
import org.assidu.accrual.model.Bonus.NthVisit;
import org.assidu.accrual.model.Bonus.When;
import org.assidu.accrual.model.Mechanics.Tier;
import org.jspecify.annotations.Nullable;

/** Which bonuses a receipt qualifies for, beside what its lines and amounts say again at every return. */
final class Conditions {
    /** A member's limit for a day remembers so many days. */
    static final int DAYS = 8;

    private final State state;
    private final ControlGroup control;

    Conditions(State state, ControlGroup control) {
        this.state = state;
        this.control = control;
    }

    /** Fills the receipt's context. */
    void qualify(Priced priced, Version version, long key) {
        Receipt receipt = priced.receipt;
        for (Bonus bonus : version.bonuses) {
            boolean forALine = receipt.lines().stream().anyMatch(line -> version.isFor(bonus, line));
            if (forALine && isNow(bonus.when(), receipt, version) && isMet(bonus, receipt, version, key)) {
                BigInteger headroom = headroom(bonus, version, key, version.day(receipt.soldAtMillis()));
                if (headroom == null || headroom.signum() > 0) {
                    priced.context.put(bonus, headroom);
                }
            }
        }
    }

    private boolean isNow(When when, Receipt receipt, Version version) {
        LocalDate day = version.day(receipt.soldAtMillis());
        String store = receipt.identity().store();
        String banner = state.banners.get(store);
        return (when.stores().isEmpty() || when.stores().contains(store))
                && (when.banners().isEmpty()
                        || (banner != null && when.banners().contains(banner)))
                && (when.channels().isEmpty() || when.channels().contains(receipt.channel()))
                && (when.weekdays().isEmpty() || when.weekdays().contains(day.getDayOfWeek()))
                && (when.firstDay() == null || !day.isBefore(when.firstDay()))
                && (when.lastDay() == null || !day.isAfter(when.lastDay()))
                && isWithin(when, version.time(receipt.soldAtMillis()));
    }

    private static boolean isWithin(When when, LocalTime time) {
        LocalTime from = when.from() == null ? LocalTime.MIN : when.from();
        boolean begun = !time.isBefore(from);
        boolean ended = when.to() != null && !time.isBefore(when.to());
        boolean spansMidnight = when.to() != null && !from.isBefore(when.to());
        return spansMidnight ? begun || !ended : begun && !ended;
    }

    private boolean isMet(Bonus bonus, Receipt receipt, Version version, long key) {
        When when = bonus.when();
        Member member = state.member(key);
        LocalDate day = version.day(receipt.soldAtMillis());
        return (when.tiers().isEmpty() || when.tiers().contains(levelId(version, member)))
                && (when.clubs().isEmpty() || when.clubs().stream().anyMatch(club -> Clubs.isMember(member, club, day)))
                && (when.tags().isEmpty() || when.tags().stream().anyMatch(tag -> member.hasTag(tag, day)))
                && (!when.firstPurchase() || member.receipts == 0)
                && (when.nthVisit() == null || isNth(when.nthVisit(), member, version, receipt.soldAtMillis()))
                && (when.unboughtDays() == null
                        || isLongAgo(member.bought.get(bonus.id()), day, when.unboughtDays(), true))
                && (when.dormantDays() == null
                        || isLongAgo(lastBought(member, version), day, when.dormantDays(), false))
                && (when.birthday() == null || isBirthday(when.birthday(), member.birthday, day))
                && (version.greets(bonus) == null
                        || Clubs.isGreeted(version.greets(bonus), version, member, receipt, day))
                && !control.has(bonus, key);
    }

    static String levelId(Version version, Member member) {
        List<Tier> levels = version.mechanics.tiers() == null
                ? List.of()
                : version.mechanics.tiers().levels();
        return member.level < 1 || member.level > levels.size()
                ? ""
                : levels.get(member.level - 1).id();
    }

    private static boolean isNth(NthVisit nth, Member member, Version version, long soldAtMillis) {
        long window = version.window(nth.window(), soldAtMillis);
        Member.Visits visits = member.visits.getOrDefault(nth.window(), new Member.Visits(0, 0));
        long before = visits.window() == window ? visits.count() : 0;
        return window >= visits.window() && (before + 1) % nth.n() == 0;
    }

    private static @Nullable LocalDate lastBought(Member member, Version version) {
        return member.lastSoldMillis == 0 ? null : version.day(member.lastSoldMillis);
    }

    private static boolean isLongAgo(@Nullable LocalDate last, LocalDate day, int days, boolean never) {
        return last == null ? never : ChronoUnit.DAYS.between(last, day) > days;
    }

    private static boolean isBirthday(Bonus.BirthdayWindow window, @Nullable Integer monthAndDay, LocalDate day) {
        if (monthAndDay == null) {
            return false;
        }
        for (int year = day.getYear() - 1; year <= day.getYear() + 1; year++) {
            LocalDate birthday = Acts.birthday(monthAndDay, year);
            if (!day.isBefore(birthday.minusDays(window.daysBefore()))
                    && !day.isAfter(birthday.plusDays(window.daysAfter()))) {
                return true;
            }
        }
        return false;
    }

    static boolean isLimited(Bonus bonus) {
        BonusLimits limits = bonus.limits();
        return limits.perReceipt() != null
                || limits.perMemberDay() != null
                || limits.perMember() != null
                || limits.budget() != null;
    }

    /** Most that a bonus may give now; null = no limit. */
    private @Nullable BigInteger headroom(Bonus bonus, Version version, long key, LocalDate day) {
        BonusLimits limits = bonus.limits();
        Member member = state.member(key);
        BigInteger least = null;
        if (limits.perReceipt() != null) {
            least = version.unit(bonus, limits.perReceipt());
        }
        if (limits.perMember() != null) {
            BigInteger used = member.given.getOrDefault(bonus.id(), Exact.ZERO);
            least = min(least, version.unit(bonus, limits.perMember()).subtract(used));
        }
        if (limits.budget() != null) {
            BigInteger used = state.budgets.getOrDefault(bonus.id(), Exact.ZERO);
            least = min(least, version.unit(bonus, limits.budget()).subtract(used));
        }
        if (limits.perMemberDay() != null) {
            SortedMap<LocalDate, BigInteger> days = member.givenOnDay.getOrDefault(bonus.id(), new TreeMap<>());
            boolean forgotten = days.tailMap(day.plusDays(1)).keySet().stream()
                    .anyMatch(later -> ChronoUnit.DAYS.between(day, later) % DAYS == 0);
            BigInteger used = days.getOrDefault(day, Exact.ZERO);
            least = min(
                    least,
                    forgotten
                            ? Exact.ZERO
                            : version.unit(bonus, limits.perMemberDay()).subtract(used));
        }
        return least;
    }

    private static BigInteger min(@Nullable BigInteger one, BigInteger other) {
        return one == null ? other : one.min(other);
    }

    /** Counts under its limits what a bonus gave or, negative, what a return took back. */
    void use(Bonus bonus, long key, LocalDate day, BigInteger amount) {
        if (amount.signum() == 0) {
            return;
        }
        Member member = state.member(key);
        BonusLimits limits = bonus.limits();
        if (limits.perMember() != null) {
            member.given.merge(bonus.id(), amount, BigInteger::add);
        }
        if (limits.budget() != null) {
            state.budgets.merge(bonus.id(), amount, BigInteger::add);
        }
        if (limits.perMemberDay() != null) {
            TreeMap<LocalDate, BigInteger> days = member.givenOnDay.computeIfAbsent(bonus.id(), id -> new TreeMap<>());
            boolean forgotten = days.tailMap(day.plusDays(1)).keySet().stream()
                    .anyMatch(later -> ChronoUnit.DAYS.between(day, later) % DAYS == 0);
            if (!forgotten) {
                days.keySet().removeIf(other -> !other.equals(day) && ChronoUnit.DAYS.between(other, day) % DAYS == 0);
                days.merge(day, amount, BigInteger::add);
            }
        }
    }
}
