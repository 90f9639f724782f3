package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.LineStatus;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.Mechanics.Club;
import org.assidu.accrual.model.Mechanics.ClubAccess;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.jspecify.annotations.Nullable;

/** Clubs and paid cards: joined and renewed by an article or by enrolment, ended by days, returns and leaving. */
final class Clubs {
    private final State state;
    private final Posting posting;

    Clubs(State state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    static boolean isMember(Member member, String club, LocalDate day) {
        Member.Membership membership = member.clubs.get(club);
        return membership != null && membership.covers(day);
    }

    /** The discount is for the first receipt of a member, and for the receipt that joins. */
    static boolean isGreeted(Club club, Version by, Member member, Receipt receipt, LocalDate day) {
        return !member.greeted.contains(club.id())
                && (isMember(member, club.id(), day)
                        || (sold(club, receipt, new long[receipt.lines().size()]) > 0
                                && isOpenTo(club, by, member, day)));
    }

    private static boolean isOpenTo(Club club, Version by, Member member, LocalDate day) {
        ClubAccess access = club.access();
        boolean invited = access.tag() == null || member.hasTag(access.tag(), day);
        boolean spent = access.spend() == null || member.boughtMinor.compareTo(by.minor(access.spend())) >= 0;
        boolean average = access.averageBasket() == null
                || (member.baskets > 0
                        && member.boughtMinor
                                        .divide(Exact.whole(member.baskets))
                                        .compareTo(by.minor(access.averageBasket()))
                                >= 0);
        return invited && spent && average && member.baskets >= access.purchases();
    }

    private static boolean asksForPurchases(Version by) {
        return by.mechanics.clubs().stream()
                .map(Club::access)
                .anyMatch(access -> access.averageBasket() != null || access.spend() != null || access.purchases() > 0);
    }

    /** Articles that join, sold and not back. */
    private static long sold(Club club, Receipt receipt, long[] returned) {
        long sum = 0;
        for (int i = 0; i < receipt.lines().size(); i++) {
            Receipt.Line line = receipt.lines().get(i);
            boolean joins = !line.isReturn() && line.sku().equals(club.sku());
            sum += joins ? (line.thousandths() - returned[i]) / 1_000 : 0;
        }
        return sum;
    }

    /** A receipt closes. */
    void close(Version by, Priced priced, long key, LocalDate day) {
        Receipt receipt = priced.receipt;
        long[] nothing = new long[priced.status.length];
        for (Club club : by.mechanics.clubs()) {
            long sold = sold(club, receipt, nothing);
            if (sold > 0) {
                buy(by, club, priced, key, day, sold);
            }
            long back = 0;
            for (int i = 0; i < priced.status.length; i++) {
                Receipt.Line line = receipt.lines().get(i);
                boolean joins = priced.status[i] == LineStatus.RETURNED_AT_CURRENT_RATE
                        && line.sku().equals(club.sku());
                back += joins ? -line.thousandths() / 1_000 : 0;
            }
            if (back > 0) {
                giveBack(club, key, LocalDate.MAX, day, back);
            }
        }
        if (asksForPurchases(by)) {
            BigInteger spend = Sales.spend(priced, LineStatus.EARNED, nothing)
                    .add(Sales.spend(priced, LineStatus.RETURNED_AT_CURRENT_RATE, nothing));
            count(key, spend, priced.isVisit(nothing) ? 1 : 0);
        }
    }

    private void count(long key, BigInteger spend, int baskets) {
        Member member = state.member(key);
        member.boughtMinor = member.boughtMinor.add(spend);
        member.baskets += baskets;
    }

    private void buy(Version by, Club club, Priced priced, long key, LocalDate day, long articles) {
        Member member = state.member(key);
        Member.Membership had = member.clubs.get(club.id());
        if (had != null && had.until() == null) {
            return;
        }
        if (had != null && !had.isOver(day)) {
            set(club, key, had.since(), extended(club, had, articles), priced);
        } else if (isOpenTo(club, by, member, day)) {
            join(club, key, day, articles, priced);
        } else {
            posting.event(EventKind.CLUB_REFUSED, key, club.id(), articles);
        }
    }

    private void join(Club club, long key, LocalDate day, long periods, @Nullable Priced priced) {
        LocalDate until = club.months() == 0 ? null : day.plusMonths(periods * club.months());
        set(club, key, day, until, priced);
        if (until != null && until.isBefore(state.today())) {
            posting.event(EventKind.CLUB_ENDED, key, club.id(), until.toEpochDay());
        }
    }

    private void set(Club club, long key, LocalDate since, @Nullable LocalDate until, @Nullable Priced priced) {
        state.member(key).clubs.put(club.id(), new Member.Membership(since, until));
        posting.event(EventKind.CLUB_JOINED, key, club.id(), until == null ? LotKey.NEVER : until.toEpochDay());
        if (priced != null) {
            priced.joined.putIfAbsent(club.id(), until == null ? LocalDate.MAX : until);
        }
    }

    /** Last day once so many periods more, or less, are bought; null = until left. */
    private static @Nullable LocalDate extended(Club club, Member.Membership had, long periods) {
        if (club.months() == 0 || had.until() == null) {
            return periods > 0 ? null : had.since().minusDays(1);
        }
        long months = ChronoUnit.MONTHS.between(YearMonth.from(had.since()), YearMonth.from(had.until()))
                + periods * club.months();
        return months <= 0 ? had.since().minusDays(1) : had.since().plusMonths(months);
    }

    /** @param lastDayBought a membership that began later is another one */
    private void giveBack(Club club, long key, LocalDate lastDayBought, LocalDate today, long periods) {
        Member member = state.member(key);
        Member.Membership had = member.clubs.get(club.id());
        if (had == null || lastDayBought.isBefore(had.since())) {
            return;
        }
        LocalDate until = extended(club, had, -periods);
        if (until.isBefore(had.since())) {
            member.clubs.remove(club.id());
        } else {
            member.clubs.put(club.id(), new Member.Membership(had.since(), until));
        }
        if (!had.isOver(today) && until.isBefore(today)) {
            long ended = Math.max(until.toEpochDay(), had.since().toEpochDay());
            posting.event(EventKind.CLUB_ENDED, key, posting.club(club.id()), ended);
        }
    }

    /** What returns take from a recorded sale. @param today day of the return */
    void takeBack(Version by, Priced sold, long key, long[] before, long[] after, LocalDate today) {
        for (Club club : by.mechanics.clubs()) {
            long back = sold(club, sold.receipt, before) - sold(club, sold.receipt, after);
            if (back > 0) {
                giveBack(club, key, sold.joined.getOrDefault(club.id(), LocalDate.EPOCH), today, back);
            }
        }
        if (asksForPurchases(by)) {
            BigInteger spend =
                    Sales.spend(sold, LineStatus.EARNED, after).subtract(Sales.spend(sold, LineStatus.EARNED, before));
            count(key, spend, sold.isVisit(before) && !sold.isVisit(after) ? -1 : 0);
        }
    }

    // By enrolment

    private static @Nullable Club club(Version by, String id) {
        return by.mechanics.clubs().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    OperationStatus join(Operation operation, Version by, LocalDate day) {
        Club club = club(by, operation.subject());
        if (club == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        Member member = state.member(operation.memberKey());
        if (isMember(member, club.id(), day)) {
            return OperationStatus.NOTHING_TO_DO;
        }
        if (club.fee().signum() > 0) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (!isOpenTo(club, by, member, day)) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        join(club, operation.memberKey(), day, 1, null);
        return OperationStatus.DONE;
    }

    OperationStatus leave(Operation operation, Version by, LocalDate day) {
        Club club = club(by, operation.subject());
        if (club == null) {
            return OperationStatus.SUBJECT_UNKNOWN;
        }
        Member member = state.member(operation.memberKey());
        if (!isMember(member, club.id(), day)) {
            return OperationStatus.NOTHING_TO_DO;
        }
        member.clubs.remove(club.id());
        posting.event(EventKind.CLUB_ENDED, operation.memberKey(), club.id(), day.toEpochDay());
        return OperationStatus.DONE;
    }

    /** A day has begun for a member. @param by in force on it */
    void day(long key, Version by, LocalDate day) {
        List<Club> known =
                state.versions.get(state.versions.size() - 1).mechanics.clubs();
        for (Club club : known) {
            Member.Membership membership = state.member(key).clubs.get(club.id());
            LocalDate until = membership == null ? null : membership.until();
            if (until == null) {
                continue;
            }
            Club now = club(by, club.id());
            if (day.equals(until.plusDays(1))) {
                posting.event(EventKind.CLUB_ENDED, key, posting.club(club.id()), until.toEpochDay());
            } else if (now != null && now.reminderDays().contains((int) ChronoUnit.DAYS.between(day, until))) {
                posting.event(EventKind.CLUB_ENDING, key, posting.club(club.id()), until.toEpochDay());
            }
        }
    }
}
