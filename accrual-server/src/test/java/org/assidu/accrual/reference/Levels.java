package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Mechanics.Downgrade;
import org.assidu.accrual.model.Mechanics.Tier;
import org.assidu.accrual.model.Mechanics.TierMeasure;
import org.assidu.accrual.model.Mechanics.TierWindow;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.jspecify.annotations.Nullable;

/** Levels: reached when a receipt closes by what was spent or earned in a window, lost by reviews. */
final class Levels {
    /** What a receipt did to a member's measure. */
    private static final class Touched {
        boolean bought;
        boolean deserved;
    }

    private final State state;
    private final Posting posting;
    private final Map<Long, Touched> touched = new LinkedHashMap<>();

    Levels(State state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    static @Nullable Tiers of(@Nullable Version version) {
        return version == null ? null : version.mechanics.tiers();
    }

    /** Minor units or micropoints. */
    static boolean countsSpend(Tiers tiers) {
        return tiers.measure() == TierMeasure.SPEND;
    }

    private static long period(Tiers tiers, LocalDate day) {
        return switch (tiers.window()) {
            case LIFETIME -> 0;
            case CALENDAR_YEAR -> day.getYear();
            case ROLLING_MONTHS -> day.getYear() * 12L + day.getMonthValue() - 1;
        };
    }

    /** Periods remembered, as the first version with levels says. */
    private long kept() {
        Tiers first = state.versions.stream()
                .map(Levels::of)
                .filter(tiers -> tiers != null)
                .findFirst()
                .orElseThrow();
        return kept(first);
    }

    static long kept(Tiers first) {
        return switch (first.window()) {
            case LIFETIME -> 1;
            case CALENDAR_YEAR -> 2;
            case ROLLING_MONTHS -> first.months() + 1;
        };
    }

    /** Counts units in the period of their sale; from a period that is over nothing is taken and nothing added. */
    void count(long key, Version by, LocalDate day, BigInteger units, boolean sale) {
        Tiers tiers = of(by);
        if (tiers == null || units.signum() == 0) {
            return;
        }
        Member member = state.member(key);
        Touched what = touched.computeIfAbsent(key, k -> new Touched());
        what.bought |= sale && units.signum() > 0;
        what.deserved |= units.signum() < 0 && deserves(member, by, tiers);
        long period = period(tiers, day);
        if (period > member.newestPeriod - kept()) {
            member.newestPeriod = Math.max(member.newestPeriod, period);
            member.unitsOfPeriod.merge(period, units, BigInteger::add);
        }
    }

    /** What counts at the end of a period: it, and so many before it. */
    private BigInteger units(Member member, long last, long before) {
        long oldest = Math.max(last - before, member.newestPeriod - kept() + 1);
        return last < oldest
                ? Exact.ZERO
                : new TreeMap<>(member.unitsOfPeriod)
                        .subMap(oldest, true, last, true).values().stream().reduce(Exact.ZERO, BigInteger::add);
    }

    private static long before(Tiers tiers) {
        return tiers.window() == TierWindow.ROLLING_MONTHS ? tiers.months() : 0;
    }

    private static int levelOf(Version by, Tiers tiers, BigInteger units) {
        int level = 0;
        for (Tier tier : tiers.levels()) {
            BigInteger reaches = countsSpend(tiers) ? by.minor(tier.reaches()) : Exact.micro(tier.reaches());
            if (units.compareTo(reaches) < 0) {
                break;
            }
            level++;
        }
        return level;
    }

    private boolean deserves(Member member, Version by, Tiers tiers) {
        return levelOf(by, tiers, units(member, member.newestPeriod, before(tiers))) >= member.level;
    }

    /** The receipt closes: what is reached counts from the next one on. */
    void close(@Nullable Version by, long soldAtMillis) {
        Tiers tiers = of(by);
        if (by == null || tiers == null) {
            return;
        }
        LocalDate day = by.day(soldAtMillis);
        touched.forEach((key, what) -> {
            if (!what.bought || !promote(key, by, tiers, day)) {
                confirm(key, what.deserved, by, tiers, day);
            }
        });
    }

    private boolean promote(long key, Version by, Tiers tiers, LocalDate day) {
        Member member = state.member(key);
        BigInteger now = units(member, member.newestPeriod, before(tiers));
        BigInteger then = units(member, period(tiers, day), before(tiers));
        int reached = levelOf(by, tiers, now.max(then));
        if (reached <= member.level) {
            return false;
        }
        List<String> passed = tiers.levels().subList(member.level, reached).stream()
                .map(Tier::id)
                .toList();
        member.level = reached;
        member.review = firstReview(tiers, day);
        posting.event(EventKind.TIER_REACHED, key, id(by, reached), reached);
        new Acts(state, posting).levels(by, key, passed, day);
        return true;
    }

    private static String id(Version by, int level) {
        List<Tier> levels = of(by) == null ? List.of() : of(by).levels();
        return level < 1 || level > levels.size() ? "" : levels.get(level - 1).id();
    }

    private void confirm(long key, boolean deservedBefore, Version by, Tiers tiers, LocalDate day) {
        Member member = state.member(key);
        boolean deserves = deserves(member, by, tiers);
        if (member.level > 0 && deservedBefore && !deserves) {
            if (member.review == null) {
                member.review = afterReturn(tiers, day);
            }
            posting.event(EventKind.TIER_AT_RISK, key, id(by, member.level), member.review.toEpochDay());
        } else if (deserves && tiers.window() == TierWindow.LIFETIME) {
            member.review = null;
        }
    }

    private static LocalDate afterReturn(Tiers tiers, LocalDate day) {
        return day.plusDays(Math.max(1, tiers.graceDays()));
    }

    /** After the period in which a level was reached, and for rolling months so many full ones more, and the grace. */
    static @Nullable LocalDate firstReview(Tiers tiers, LocalDate day) {
        return switch (tiers.window()) {
            case LIFETIME -> null;
            case CALENDAR_YEAR -> LocalDate.of(day.getYear() + 1, 1, 1).plusDays(tiers.graceDays());
            case ROLLING_MONTHS ->
                YearMonth.from(day).plusMonths(tiers.months() + 1L).atDay(1).plusDays(tiers.graceDays());
        };
    }

    private static @Nullable LocalDate nextReview(Tiers tiers, LocalDate review) {
        LocalDate began = review.minusDays(tiers.graceDays());
        return switch (tiers.window()) {
            case LIFETIME -> null;
            case CALENDAR_YEAR -> LocalDate.of(began.getYear() + 1, 1, 1).plusDays(tiers.graceDays());
            case ROLLING_MONTHS ->
                YearMonth.from(began).plusMonths(tiers.months()).atDay(1).plusDays(tiers.graceDays());
        };
    }

    /** A day has begun for a member. */
    void day(long key, Version by, LocalDate day) {
        Member member = state.member(key);
        Tiers tiers = of(by);
        if (tiers == null || member.review == null) {
            return;
        }
        if (!day.isBefore(member.review)) {
            review(key, member, by, tiers, day);
            return;
        }
        int until = (int) ChronoUnit.DAYS.between(day, member.review);
        if (tiers.reminderDays().contains(until) && found(member, by, tiers, member.review) < member.level) {
            posting.event(EventKind.TIER_AT_RISK, key, id(by, member.level), member.review.toEpochDay());
        }
    }

    /** Level that a review on a day finds: by the full months before it, or the year that ended with the days after it. */
    private int found(Member member, Version by, Tiers tiers, LocalDate day) {
        long before = switch (tiers.window()) {
            case LIFETIME -> 0;
            case CALENDAR_YEAR -> 1;
            case ROLLING_MONTHS -> tiers.months();
        };
        return levelOf(by, tiers, units(member, period(tiers, day), before));
    }

    private void review(long key, Member member, Version by, Tiers tiers, LocalDate day) {
        int found = found(member, by, tiers, day);
        int level = member.level;
        int next =
                found >= level ? level : tiers.downgrade() == Downgrade.ONE_DOWN ? Math.max(level - 1, found) : found;
        if (next < level) {
            member.level = next;
            posting.event(EventKind.TIER_LOST, key, id(by, level), next);
        }
        member.review = next == 0 ? null : nextReview(tiers, day);
        if (member.review == null && next > found) {
            member.review = afterReturn(tiers, day);
        }
    }
}
