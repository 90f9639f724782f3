package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assidu.accrual.model.MovementKind;
import org.assidu.accrual.model.ProgrammeDocument.NegativePolicy;
import org.assidu.accrual.model.ProgrammeDocument.Surplus;
import org.assidu.accrual.model.ProgrammeDocument.ThresholdReward;
import org.jspecify.annotations.Nullable;

/** What one receipt or operation does to purses and rewards, done at once and noted. */
final class Posting {
    private final State state;
    private final NegativePolicy pointsPolicy;
    private final String pointsPurse;
    private final @Nullable Version inForce;
    final Map<String, BigInteger> movements = new TreeMap<>();
    final List<String> events = new ArrayList<>();
    /** By member and rule: thresholds reached and not taken back in here. */
    private final Map<String, Long> reached = new LinkedHashMap<>();
    /** By member: change of the points purse that is neither expiry nor a use of rewards, nor one given back. */
    private final Map<Long, BigInteger> earned = new TreeMap<>();

    /** What rewards took, net of what was forgiven. */
    final List<Priced.Debit> debits = new ArrayList<>();

    private boolean spending;
    /** Business day of what is decided; null = none of its own. */
    @Nullable
    LocalDate business;

    /** @param inForce says what happens below zero in the points purse */
    Posting(State state, @Nullable Version inForce) {
        this.state = state;
        this.inForce = inForce;
        pointsPolicy = inForce == null
                ? NegativePolicy.ALLOW
                : inForce.document.purse().negative();
        pointsPurse = state.pointsPurse();
    }

    BigInteger earned(long member) {
        return earned.getOrDefault(state.owner(member), Exact.ZERO);
    }

    String pointsPurse() {
        return pointsPurse;
    }

    void event(Object kind, long member, String rule, Object value) {
        events.add(kind + " m" + member + " " + rule + " " + value);
    }

    /** Lot of a sale under a version. */
    @Nullable
    Lot lotOf(String purse, Version version, Receipt sold) {
        return Version.lot(state.purse(version, purse), version.businessDay(sold), true);
    }

    /** Credits, or debits an amount below zero. @param lot of the credit, or the first that a debit takes from */
    void post(
            long ofMember,
            String purse,
            MovementKind kind,
            BigInteger amount,
            String rule,
            Version version,
            @Nullable Lot lot) {
        long member = state.owner(ofMember);
        spending = kind == MovementKind.SPENT || kind == MovementKind.RESTORED;
        if (amount.signum() > 0) {
            credit(member, purse, kind, amount, rule, version, lot);
        } else if (amount.signum() < 0) {
            debit(member, purse, kind, amount.negate(), rule, version, lot);
        }
    }

    /** A movement as it is, of a purse of its own. */
    void raw(long member, String purse, MovementKind kind, BigInteger amount, Version version, @Nullable Lot lot) {
        spending = false;
        move(member, purse, kind, amount, "", version, lot);
    }

    private void credit(
            long member,
            String id,
            MovementKind kind,
            BigInteger amount,
            String rule,
            Version version,
            @Nullable Lot lot) {
        Holding purse = state.member(member).purse(id);
        BigInteger missing = purse.balance().negate().max(Exact.ZERO).min(amount);
        BigInteger rest = amount.subtract(missing);
        Lot into = lot == null ? null : current(purse, id, version, lot).unlockedOn(state.today());
        move(member, id, kind, missing, rule, version, null);
        move(member, id, kind, rest, rule, version, into);
        BigInteger paid = purse.debt.min(amount);
        BigInteger ofLot = paid.min(rest);
        purse.debt = purse.debt.subtract(paid);
        move(member, id, MovementKind.REVERSED, ofLot.negate(), rule, version, into);
        move(member, id, MovementKind.REVERSED, ofLot.subtract(paid), rule, version, null);
        rest = rest.subtract(ofLot);
        if (into != null && into.isOver(state.today()) && rest.signum() > 0) {
            move(member, id, MovementKind.EXPIRED, rest.negate(), "", version, into);
            events.add("POINTS_EXPIRED m" + member + " " + id + " " + rest + " " + into.expiry());
        }
    }

    private Lot current(Holding purse, String id, Version version, Lot lot) {
        return Version.isRenewed(state.purse(version, id)) ? lot.until(purse.renewed) : lot;
    }

    /** Its own lot, or what of it has expired; then what ends soonest; then below zero. */
    private void debit(
            long member,
            String id,
            MovementKind kind,
            BigInteger amount,
            String rule,
            Version version,
            @Nullable Lot lot) {
        Holding purse = state.member(member).purse(id);
        LocalDate today = state.today();
        BigInteger left = amount;
        if (lot != null) {
            Lot now = current(purse, id, version, lot);
            left = take(left, now, member, id, kind, rule, version);
            left = take(left, now.unlocked(), member, id, kind, rule, version);
            Lot before = Version.isRenewed(state.purse(version, id)) ? lot.until(purse.renewedBefore) : lot;
            left = take(left, before, member, id, kind, rule, version);
            left = take(left, before.unlocked(), member, id, kind, rule, version);
            left = kind == MovementKind.REVERSED
                    ? takeExpired(left, lot, !now.equals(lot), member, id, rule, version)
                    : left;
        }
        for (Lot one : List.copyOf(purse.lots.keySet())) {
            left = one.isPending(today) ? left : take(left, one, member, id, kind, rule, version);
        }
        BigInteger unheld = purse.unheld.max(Exact.ZERO).min(left);
        move(member, id, kind, unheld.negate(), rule, version, null);
        left = left.subtract(unheld);
        for (Lot one : List.copyOf(purse.lots.keySet())) {
            left = take(left, one, member, id, kind, rule, version);
        }
        switch (id.equals(pointsPurse) ? pointsPolicy : state.purse(version, id).negative()) {
            case ALLOW -> move(member, id, kind, left.negate(), rule, version, null);
            case DEBT -> purse.debt = purse.debt.add(left);
            case FLOOR_AT_ZERO -> {
                move(member, id, kind, left.negate(), rule, version, null);
                move(member, id, MovementKind.FORGIVEN, left, rule, version, null);
            }
        }
    }

    private BigInteger take(
            BigInteger left, Lot lot, long member, String id, MovementKind kind, String rule, Version version) {
        Holding purse = state.member(member).purse(id);
        BigInteger taken = purse.lots.getOrDefault(lot, Exact.ZERO).min(left);
        move(member, id, kind, taken.negate(), rule, version, lot);
        return left.subtract(taken);
    }

    /** What has expired of a sale is taken back from the expiry, and so not taken twice. */
    private BigInteger takeExpired(
            BigInteger amount, Lot lot, boolean renewed, long member, String id, String rule, Version version) {
        Holding purse = state.member(member).purse(id);
        BigInteger left = amount;
        for (Lot gone : List.copyOf(purse.expired.keySet())) {
            boolean same = gone.equals(lot.unlocked())
                    || (renewed
                            && gone.cohort().equals(lot.cohort())
                            && gone.expiry() != null
                            && lot.expiry() != null
                            && !gone.expiry().isBefore(lot.expiry()));
            BigInteger taken =
                    same ? purse.expired.getOrDefault(gone, Exact.ZERO).min(left) : Exact.ZERO;
            move(member, id, MovementKind.EXPIRED, taken, rule, version, gone);
            move(member, id, MovementKind.REVERSED, taken.negate(), rule, version, gone);
            left = left.subtract(taken);
        }
        return left;
    }

    private void move(
            long member,
            String id,
            MovementKind kind,
            BigInteger amount,
            String rule,
            Version version,
            @Nullable Lot lot) {
        if (amount.signum() == 0) {
            return;
        }
        Holding purse = state.member(member).purse(id);
        purse.add(lot, amount);
        if (kind == MovementKind.EXPIRED && lot != null) {
            Holding.add(purse.expired, lot.unlocked(), amount.negate());
        }
        String key = "m" + member + " " + id + " " + kind + " " + rule + " v" + version.number + " " + Lot.text(lot);
        movements.merge(key, amount, BigInteger::add);
        movements.remove(key, Exact.ZERO);
        if (kind == MovementKind.SPENT) {
            debits.add(new Priced.Debit(member, id, rule, lot, amount.negate()));
        } else if (kind == MovementKind.FORGIVEN && spending) {
            debits.add(new Priced.Debit(member, id, rule, lot, amount.negate()));
        }
        boolean lapse = kind == MovementKind.EXPIRED && amount.signum() < 0;
        if (id.equals(pointsPurse) && !lapse && !spending) {
            earned.merge(member, amount, BigInteger::add);
        }
        state.book(id, kind, amount);
    }

    /** A sale moves the expiry of all lots forward, in the purses that a version renews. */
    void renew(long member, Version version, LocalDate day) {
        version.purses()
                .filter(Version::isRenewed)
                .forEach(purse -> state.purse(member, purse.id()).renewTo(Version.expiry(purse, day)));
    }

    /** Adds units to a reward's measure; reaching the threshold unlocks, falling below what unlocked takes back. */
    void count(long member, Version version, ThresholdReward reward, long window, BigInteger units) {
        if (units.signum() == 0) {
            return;
        }
        Member.Progress progress = state.member(member).reward(reward.id());
        if (window < progress.window) {
            return;
        }
        BigInteger reaches = version.reaches(reward);
        boolean same = window == progress.window;
        BigInteger sum = same ? progress.reached.add(units) : units;
        if (sum.compareTo(reaches) >= 0) {
            long times = sum.divide(reaches).longValueExact();
            unlock(member, version, reward, times);
            reached(member, reward.id(), times);
            sum = reward.surplus() == Surplus.KEEP ? sum.mod(reaches) : Exact.ZERO;
        } else if (sum.signum() < 0 && same) {
            long below = Exact.floor(sum, reaches).negate().longValueExact();
            long revoked = Math.min(progress.unlocked, below);
            unlock(member, version, reward, -revoked);
            reached(member, reward.id(), -revoked);
            sum = sum.add(reaches.multiply(Exact.whole(revoked)));
        }
        progress.window = window;
        progress.reached = sum;
    }

    /** Unlocked rewards end together, so many days after the newest; a validity never shortens what is there. */
    void unlock(long member, Version version, ThresholdReward reward, long times) {
        Member.Progress progress = state.member(member).reward(reward.id());
        boolean endless = progress.unlocked > 0 && progress.until == null;
        progress.unlocked += times;
        if (progress.unlocked <= 0) {
            progress.until = null;
        } else if (times > 0 && reward.validDays() == 0) {
            progress.until = null;
        } else if (times > 0 && !endless) {
            LocalDate end = unlockDay().plusDays(reward.validDays());
            progress.until = progress.until == null || progress.until.isBefore(end) ? end : progress.until;
        }
    }

    private LocalDate unlockDay() {
        return business == null || business.isBefore(state.today()) ? state.today() : business;
    }

    /**
     * Gives rewards that a measure does not unlock, or takes them back, one after the other: one that was used already is units
     * to be reached again; units below nothing are paid first.
     */
    void grant(long key, Version version, String reward, long times) {
        ThresholdReward of = version.reward(reward);
        if (of == null) {
            state.member(key).free.merge(reward, Exact.whole(times), BigInteger::add);
            return;
        }
        Member.Progress progress = state.member(key).reward(reward);
        for (long i = 0; i < times; i++) {
            if (progress.reached.signum() < 0) {
                progress.reached = progress.reached.add(version.reaches(of));
            } else {
                unlock(key, version, of, 1);
            }
        }
        for (long i = times; i < 0; i++) {
            if (progress.unlocked > 0) {
                unlock(key, version, of, -1);
            } else {
                progress.reached = progress.reached.subtract(version.reaches(of));
            }
        }
    }

    /** Nothing is told of a reward that the version in force does not have. */
    private void reached(long member, String rule, long times) {
        if (inForce == null || inForce.reward(rule) == null) {
            return;
        }
        String key = "THRESHOLD_REACHED m" + member + " " + rule;
        Long before = reached.get(key);
        long after = (before == null ? 0 : before) + times;
        if (after > 0) {
            reached.put(key, after);
        } else {
            reached.remove(key);
        }
    }

    List<String> allEvents() {
        List<String> all = new ArrayList<>(events);
        reached.forEach((key, times) -> all.add(key + " " + times));
        return all.stream().sorted().toList();
    }

    /** A club as the version in force names it: not at all when it has none of that id. */
    String club(String id) {
        boolean known = inForce != null
                && inForce.mechanics.clubs().stream().anyMatch(club -> club.id().equals(id));
        return known ? id : "";
    }
}
