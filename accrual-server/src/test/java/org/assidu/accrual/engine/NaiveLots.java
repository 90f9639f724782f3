package org.assidu.accrual.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Lots of points written a second time, with dates, decimals and a list that is searched for everything: one point a euro,
 * returns of whole sales, corrections by the desk, under the policy ALLOW.
 */
final class NaiveLots {
    /** The purse as its owner writes it. */
    record Rules(int months, String end, boolean renewed, int pendingDays, List<Integer> reminderDays) {
        String purse() {
            String validity = "validity: {length: " + months + ", unit: MONTHS, end: " + end + ", renewed_by_activity: "
                    + renewed + "}, reminder_days: " + reminderDays + ", ";
            return "purse: {" + (months == 0 ? "" : validity) + "pending_days: " + pendingDays + "}\n";
        }

        LocalDate expiry(LocalDate sold) {
            LocalDate exact = sold.plusMonths(months);
            return switch (months == 0 ? "NEVER" : end) {
                case "NEVER" -> LocalDate.MAX;
                case "END_OF_MONTH" -> YearMonth.from(exact).atEndOfMonth();
                case "END_OF_YEAR" -> LocalDate.of(exact.getYear(), 12, 31);
                default -> exact;
            };
        }
    }

    private record Lot(LocalDate expiry, YearMonth month, LocalDate unlock, BigDecimal points) {}

    private static final class Member {
        List<Lot> lots = new ArrayList<>();
        /** What has expired, as lots. */
        List<Lot> gone = new ArrayList<>();

        BigDecimal missing = BigDecimal.ZERO;
        LocalDate renewed = LocalDate.MIN;
        final List<String> events = new ArrayList<>();

        void add(LocalDate expiry, YearMonth month, LocalDate unlock, BigDecimal points) {
            if (points.signum() > 0) {
                lots.add(new Lot(expiry, month, unlock, points));
            }
        }

        /** Takes up to so many points from some of the given lots, one after the other. @return what is left to take */
        static BigDecimal take(List<Lot> from, Predicate<Lot> some, BigDecimal points) {
            BigDecimal left = points;
            for (int i = 0; i < from.size(); i++) {
                Lot lot = from.get(i);
                if (some.test(lot)) {
                    BigDecimal taken = lot.points.min(left);
                    from.set(i, new Lot(lot.expiry, lot.month, lot.unlock, lot.points.subtract(taken)));
                    left = left.subtract(taken);
                }
            }
            from.removeIf(lot -> lot.points.signum() == 0);
            return left;
        }
    }

    private final Rules rules;
    private final Map<Long, Member> members = new TreeMap<>();
    private LocalDate today = LocalDate.MIN;

    NaiveLots(Rules rules) {
        this.rules = rules;
    }

    private Member member(long key) {
        Member member = members.computeIfAbsent(key, k -> new Member());
        member.lots.sort(
                Comparator.comparing(Lot::expiry).thenComparing(Lot::month).thenComparing(this::waits));
        member.gone.sort(Comparator.comparing(Lot::expiry));
        return member;
    }

    /** The day that a lot waits for, or none. */
    private LocalDate waits(Lot lot) {
        return lot.unlock.isAfter(today) ? lot.unlock : LocalDate.MIN;
    }

    void day(LocalDate day) {
        today = day;
        for (Member member : members.values()) {
            expire(member, day.minusDays(1));
            Map<LocalDate, BigDecimal> ending = new TreeMap<>();
            for (Lot lot : member.lots) {
                if (lot.expiry != LocalDate.MAX
                        && rules.reminderDays.stream()
                                .anyMatch(days -> lot.expiry.minusDays(days).equals(day))) {
                    ending.merge(lot.expiry, lot.points, BigDecimal::add);
                }
            }
            ending.forEach((expiry, points) -> member.events.add(event("EXPIRING", points, expiry)));
        }
    }

    /** Lets lots go whose last day is over, which was {@code last}. */
    private static void expire(Member member, LocalDate last) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Lot lot : member.lots) {
            if (!lot.expiry.isAfter(last)) {
                member.gone.add(lot);
                sum = sum.add(lot.points);
            }
        }
        member.lots.removeIf(lot -> !lot.expiry.isAfter(last));
        if (sum.signum() > 0) {
            member.events.add(event("EXPIRED", sum, last));
        }
    }

    static String event(String kind, BigDecimal points, LocalDate day) {
        return "POINTS_" + kind + " " + points.stripTrailingZeros().toPlainString() + " " + day;
    }

    void sell(long key, LocalDate sold, BigDecimal points) {
        Member member = member(key);
        if (rules.renewed && rules.expiry(sold).isAfter(member.renewed)) {
            member.renewed = rules.expiry(sold);
        }
        credit(member, sold, sold.plusDays(rules.pendingDays), points);
        List<Lot> renewed = new ArrayList<>();
        for (Lot lot : member.lots) {
            boolean moves = rules.renewed && lot.expiry.isBefore(member.renewed);
            renewed.add(new Lot(moves ? member.renewed : lot.expiry, lot.month, lot.unlock, lot.points));
        }
        member.lots = renewed;
    }

    private void credit(Member member, LocalDate day, LocalDate unlock, BigDecimal points) {
        BigDecimal paid = points.min(member.missing);
        member.missing = member.missing.subtract(paid);
        LocalDate expiry = rules.expiry(day);
        if (rules.renewed && expiry.isBefore(member.renewed)) {
            expiry = member.renewed;
        }
        member.add(expiry, YearMonth.from(day), unlock, points.subtract(paid));
        if (expiry.isBefore(today)) {
            expire(member, expiry);
        }
    }

    void adjust(long key, BigDecimal points) {
        Member member = member(key);
        if (points.signum() > 0) {
            credit(member, today, LocalDate.MIN, points);
        } else {
            takeAnywhere(member, points.negate());
        }
    }

    private void takeAnywhere(Member member, BigDecimal points) {
        BigDecimal left = Member.take(member.lots, lot -> !lot.unlock.isAfter(today), points);
        left = Member.take(member.lots, lot -> true, left);
        member.missing = member.missing.add(left);
    }

    void takeBack(long key, LocalDate sold, BigDecimal points) {
        Member member = member(key);
        LocalDate first = rules.expiry(sold);
        LocalDate now = rules.renewed && first.isBefore(member.renewed) ? member.renewed : first;
        YearMonth month = YearMonth.from(sold);
        LocalDate unlock = sold.plusDays(rules.pendingDays);
        Predicate<Lot> ofMonth = lot -> lot.expiry.equals(now) && lot.month.equals(month);
        BigDecimal left = Member.take(member.lots, ofMonth.and(lot -> lot.unlock.equals(unlock)), points);
        left = Member.take(member.lots, ofMonth.and(lot -> !lot.unlock.isAfter(today)), left);
        left = Member.take(
                member.gone,
                lot -> lot.month.equals(month)
                        && (now.equals(first) ? lot.expiry.equals(first) : !lot.expiry.isBefore(first)),
                left);
        takeAnywhere(member, left);
    }

    String purse(long key) {
        Member member = member(key);
        BigDecimal balance = member.missing.negate();
        BigDecimal pending = BigDecimal.ZERO;
        Map<LocalDate, BigDecimal> ends = new TreeMap<>();
        for (Lot lot : member.lots) {
            balance = balance.add(lot.points);
            pending = lot.unlock.isAfter(today) ? pending.add(lot.points) : pending;
            ends.merge(lot.expiry, lot.points, BigDecimal::add);
        }
        return told(balance, pending, ends);
    }

    /** Balance, what is pending of it, and what ends when. */
    static String told(BigDecimal balance, BigDecimal pending, Map<LocalDate, BigDecimal> ends) {
        StringBuilder text = new StringBuilder(plain(balance) + " pending " + plain(pending));
        ends.forEach((end, points) ->
                text.append(", ").append(plain(points)).append(" until ").append(end == LocalDate.MAX ? "ever" : end));
        return text.toString();
    }

    private static String plain(BigDecimal points) {
        return points.signum() == 0 ? "0" : points.stripTrailingZeros().toPlainString();
    }

    List<String> events(long key) {
        return member(key).events;
    }
}
