package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.model.Mechanics.Tiers;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.OpeningLot;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.ProgrammeDocument.Purse;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.jspecify.annotations.Nullable;

/** Two memberships that are one person's, members who share purses, and members who come from another system. */
final class Persons {
    private static final int MOST_IN_A_HOUSEHOLD = 20;
    private static final int WHOLE = 10_000;
    private static final int MOST_LOTS = 500;
    private static final int CELLS = Conditions.DAYS;

    private final State state;
    private final Posting posting;

    Persons(State state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    // Merge

    OperationStatus merge(Operation operation, Version version) {
        long to = operation.memberKey();
        long from = operation.otherMemberKey();
        if (from == 0 || operation.author().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        if (state.survivors.containsKey(from)) {
            return state.survivor(from) == to ? OperationStatus.ALREADY_DONE : OperationStatus.NOT_ALLOWED;
        }
        if (state.survivors.containsKey(to) || from == to) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (!state.member(from).known) {
            return OperationStatus.MEMBER_UNKNOWN;
        }
        Long household = state.households.get(from);
        boolean shared = household != null && household.equals(state.households.get(to));
        boolean isHousehold = state.households.containsValue(from) || state.households.containsValue(to);
        if ((household != null && !shared) || isHousehold) {
            return OperationStatus.NOT_ALLOWED;
        }
        for (String purse : state.purses()) {
            if (!shared) {
                movePurse(from, state.owner(to), purse, version);
            }
            Holding mine = state.member(from).purse(purse);
            Holding theirs = state.purse(to, purse);
            theirs.debt = theirs.debt.add(mine.debt);
            mine.debt = Exact.ZERO;
            inherit(mine, theirs);
            mine.renewed = mine.renewedBefore = null;
        }
        join(state.member(from), state.member(to), from, to, version);
        state.absorb(from, to);
        return OperationStatus.DONE;
    }

    /** Renewal and what has expired are known to who has the lots now. */
    private static void inherit(Holding from, Holding to) {
        if (from.renewed != null) {
            to.renewTo(from.renewed);
            to.renew();
        }
    }

    private static void inheritExpired(Holding from, Holding to) {
        from.expired.forEach((lot, amount) -> Holding.add(to.expired, lot, amount));
        from.expired.clear();
    }

    /** Lots keep their expiry; what is missing is missing there, as far as there is nothing to take. */
    private void movePurse(long from, long to, String purse, Version version) {
        Holding held = state.member(from).purse(purse);
        Map<Lot, BigInteger> lots = new TreeMap<>(held.lots);
        lots.forEach((lot, amount) -> {
            posting.raw(from, purse, MovementKind.TRANSFERRED, amount.negate(), version, lot);
            posting.post(to, purse, MovementKind.TRANSFERRED, amount, "", version, lot);
        });
        BigInteger unheld = held.unheld;
        posting.raw(from, purse, MovementKind.TRANSFERRED, unheld.negate(), version, null);
        if (unheld.signum() > 0 && !state.everKeepsLots(purse)) {
            posting.post(to, purse, MovementKind.TRANSFERRED, unheld, "", version, null);
        } else if (unheld.signum() > 0) {
            posting.raw(to, purse, MovementKind.TRANSFERRED, unheld, version, null);
        } else {
            BigInteger missing = unheld.negate();
            BigInteger balance = state.member(to).purse(purse).balance();
            BigInteger covered = missing.min(balance.max(Exact.ZERO));
            posting.post(to, purse, MovementKind.TRANSFERRED, covered.negate(), "", version, null);
            posting.raw(to, purse, MovementKind.TRANSFERRED, covered.subtract(missing), version, null);
        }
    }

    /** What counts adds up; of days the later one stands, of what belongs to a day or window the newer one. */
    private void join(Member from, Member to, long fromKey, long toKey, Version version) {
        state.purses().forEach(purse -> inheritExpired(from.purse(purse), state.purse(toKey, purse)));
        rewards(from, to, toKey, version);
        levels(from, to);
        days(from, to);
        counts(from, to);
        to.birthday = to.birthday == null ? from.birthday : to.birthday;
        to.profile |= from.profile;
        long by = to.referrer == 0 || to.referrer == fromKey ? from.referrer : to.referrer;
        to.referrer = by == toKey ? 0 : by;
        to.referralCompleted |= from.referralCompleted;
        from.clubs.forEach((club, had) -> to.clubs.merge(club, had, Persons::both));
        to.greeted.addAll(from.greeted);
        to.boughtMinor = to.boughtMinor.add(from.boughtMinor);
        to.baskets += from.baskets;
        if (from.receipts > 0) {
            to.firstSoldMillis =
                    to.receipts == 0 ? from.firstSoldMillis : Math.min(from.firstSoldMillis, to.firstSoldMillis);
            to.lastSoldMillis = Math.max(from.lastSoldMillis, to.lastSoldMillis);
            to.receipts += from.receipts;
        }
        to.enrolledMillis = Math.min(to.enrolledMillis, from.enrolledMillis);
        state.emptied(fromKey);
    }

    private static Member.Membership both(Member.Membership one, Member.Membership other) {
        LocalDate since = one.since().isBefore(other.since()) ? one.since() : other.since();
        boolean open = one.until() == null || other.until() == null;
        return new Member.Membership(
                since, open ? null : one.until().isAfter(other.until()) ? one.until() : other.until());
    }

    private void rewards(Member from, Member to, long toKey, Version version) {
        from.rewards.forEach((id, theirs) -> {
            ThresholdReward reward = version.reward(id);
            Member.Progress own = to.reward(id);
            if (reward != null) {
                posting.count(toKey, version, reward, theirs.window, theirs.reached);
            } else if (theirs.window > own.window) {
                own.window = theirs.window;
                own.reached = theirs.reached;
            } else if (theirs.window == own.window) {
                own.reached = own.reached.add(theirs.reached);
            }
            boolean endless = (own.unlocked > 0 && own.until == null) || (theirs.unlocked > 0 && theirs.until == null);
            own.until = endless ? null : later(own.until, theirs.until);
            for (long i = 0; i < theirs.unlocked; i++) {
                if (reward != null && own.reached.signum() < 0) {
                    own.reached = own.reached.add(version.reaches(reward));
                } else {
                    own.unlocked++;
                }
            }
            own.until = own.unlocked <= 0 ? null : own.until;
            own.reserved += theirs.reserved;
        });
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private void levels(Member from, Member to) {
        Tiers first = state.versions.stream()
                .map(Levels::of)
                .filter(tiers -> tiers != null)
                .findFirst()
                .orElse(null);
        if (first == null) {
            return;
        }
        long kept = Levels.kept(first);
        long newest = Math.max(from.newestPeriod, to.newestPeriod);
        Map<Long, BigInteger> sum = new TreeMap<>();
        for (Member one : List.of(from, to)) {
            one.unitsOfPeriod.forEach((period, units) -> {
                if (period > one.newestPeriod - kept && period > newest - kept) {
                    sum.merge(period, units, BigInteger::add);
                }
            });
        }
        to.unitsOfPeriod.clear();
        to.unitsOfPeriod.putAll(sum);
        to.newestPeriod = newest;
        if (from.level > to.level) {
            to.level = from.level;
            to.review = from.review;
        } else if (from.level == to.level && to.level > 0) {
            to.review = from.review == null || to.review == null ? null : later(from.review, to.review);
        }
    }

    private void days(Member from, Member to) {
        from.tagsUntil.forEach((tag, day) -> to.tagsUntil.merge(tag, day, (a, b) -> a.isAfter(b) ? a : b));
        from.bought.forEach((bonus, day) -> to.bought.merge(bonus, day, (a, b) -> a.isAfter(b) ? a : b));
        from.celebrated.forEach((act, day) -> to.celebrated.merge(act, day, (a, b) -> a.isAfter(b) ? a : b));
        from.visits.forEach((window, theirs) -> to.visits.merge(
                window,
                theirs,
                (own, other) -> own.window() == other.window()
                        ? new Member.Visits(own.window(), own.count() + other.count())
                        : own.window() > other.window() ? own : other));
        from.givenOnDay.forEach((bonus, theirs) -> {
            TreeMap<LocalDate, BigInteger> own = to.givenOnDay.computeIfAbsent(bonus, id -> new TreeMap<>());
            theirs.forEach((day, given) -> {
                List<LocalDate> same = own.keySet().stream()
                        .filter(other -> Math.floorMod(other.toEpochDay() - day.toEpochDay(), CELLS) == 0)
                        .toList();
                boolean older = same.stream().anyMatch(other -> other.isAfter(day));
                if (!older) {
                    same.stream().filter(other -> other.isBefore(day)).forEach(own::remove);
                    own.merge(day, given, BigInteger::add);
                }
            });
        });
    }

    private static void counts(Member from, Member to) {
        from.given.forEach((bonus, given) -> to.given.merge(bonus, given, BigInteger::add));
        from.tags.forEach((tag, times) -> to.tags.merge(tag, times, BigInteger::add));
        from.had.forEach((reward, units) -> to.had.merge(reward, units, BigInteger::add));
        from.free.forEach((reward, units) -> to.free.merge(reward, units, BigInteger::add));
        from.promoUses.forEach((code, uses) -> to.promoUses.merge(code, uses, Long::sum));
        from.acts.forEach((act, times) -> to.acts.merge(act, times, Long::sum));
    }

    // Households

    OperationStatus join(Operation operation, Version version) {
        long key = operation.memberKey();
        long household = operation.otherMemberKey();
        if (household == 0 || household == key || operation.author().isEmpty()) {
            return OperationStatus.MALFORMED;
        }
        if (state.households.containsKey(key)) {
            return state.households.get(key) == household ? OperationStatus.ALREADY_DONE : OperationStatus.NOT_ALLOWED;
        }
        long size = state.sizeOf(household);
        boolean taken = state.member(household).known || state.survivors.containsKey(household);
        if ((size == 0 && taken) || state.survivors.containsKey(key) || state.sizeOf(key) > 0) {
            return OperationStatus.NOT_ALLOWED;
        }
        if (size >= MOST_IN_A_HOUSEHOLD) {
            return OperationStatus.LIMIT_EXCEEDED;
        }
        moveAll(key, household, version);
        state.member(household).join(operation.atMillis());
        state.households.put(key, household);
        return OperationStatus.DONE;
    }

    private void moveAll(long from, long to, Version version) {
        for (String purse : state.purses()) {
            movePurse(from, to, purse, version);
            Holding mine = state.member(from).purse(purse);
            Holding theirs = state.member(to).purse(purse);
            theirs.debt = theirs.debt.add(mine.debt);
            mine.debt = Exact.ZERO;
            inherit(mine, theirs);
            inheritExpired(mine, theirs);
        }
    }

    OperationStatus leave(Operation operation, Version version) {
        long key = operation.memberKey();
        Long household = state.households.get(key);
        if (operation.author().isEmpty() || operation.amount() < 0 || operation.amount() > WHOLE) {
            return OperationStatus.MALFORMED;
        }
        if (household == null || household != operation.otherMemberKey()) {
            return OperationStatus.NOTHING_TO_DO;
        }
        boolean last = state.sizeOf(household) == 1;
        state.households.remove(key);
        if (last) {
            moveAll(household, key, version);
            state.ended(household, key);
        } else {
            state.purses().forEach(purse -> moveShare(household, key, purse, operation.amount(), version));
        }
        return OperationStatus.DONE;
    }

    /** Of every lot, rounded down; of what is missing nothing. */
    private void moveShare(long from, long to, String purse, long share, Version version) {
        Holding held = state.member(from).purse(purse);
        Map<@Nullable Lot, BigInteger> all = new HashMap<>(held.lots);
        all.put(null, held.unheld.max(Exact.ZERO));
        all.forEach((lot, amount) -> {
            BigInteger part = amount.multiply(Exact.whole(share)).divide(Exact.whole(WHOLE));
            posting.raw(from, purse, MovementKind.TRANSFERRED, part.negate(), version, lot);
            posting.raw(to, purse, MovementKind.TRANSFERRED, part, version, lot);
        });
    }

    // Members of another system

    OperationStatus migrate(Operation operation, Version version, LocalDate clock) {
        long key = operation.memberKey();
        if (key == 0
                || operation.idempotencyKey().isEmpty()
                || operation.details().size() > MOST_LOTS) {
            return OperationStatus.MALFORMED;
        }
        Tiers tiers = version.mechanics.tiers();
        int level = 0;
        if (!operation.subject().isEmpty()) {
            List<String> levels = tiers == null
                    ? List.of()
                    : tiers.levels().stream().map(tier -> tier.id()).toList();
            level = levels.indexOf(operation.subject()) + 1;
            if (level == 0) {
                return OperationStatus.SUBJECT_UNKNOWN;
            }
        }
        List<OpeningLot> lots = new ArrayList<>();
        for (String detail : operation.details()) {
            OpeningLot lot = OpeningLot.of(detail);
            Purse purse = version.purse(lot.purseId());
            if (purse == null) {
                return OperationStatus.SUBJECT_UNKNOWN;
            }
            boolean dated = lot.lastDay() != OpeningLot.BY_PURSE;
            if (lot.micro() <= 0 || (dated && (lot.lastDay() < lot.earnedDay() || !Version.keepsLots(purse)))) {
                return OperationStatus.MALFORMED;
            }
            lots.add(lot);
        }
        Member member = state.member(key);
        if (level > 0) {
            member.level = level;
            member.review = operation.amount() == 0
                    ? Levels.firstReview(tiers, clock)
                    : LocalDate.ofEpochDay(operation.amount());
        }
        for (OpeningLot lot : lots) {
            Lot of = Version.lot(state.purse(version, lot.purseId()), LocalDate.ofEpochDay(lot.earnedDay()), false);
            if (of != null && lot.lastDay() != OpeningLot.BY_PURSE) {
                of = new Lot(LocalDate.ofEpochDay(lot.lastDay()), of.cohort(), null);
            }
            BigInteger amount = Exact.whole(lot.micro());
            posting.post(key, lot.purseId(), MovementKind.MIGRATED, amount, "", version, of);
        }
        member.known = true;
        member.enrolledMillis = operation.atMillis();
        return OperationStatus.DONE;
    }
}
