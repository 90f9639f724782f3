package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assidu.accrual.model.ProgrammeDocument.Window;
import org.jspecify.annotations.Nullable;

/** What is known of one member. Windows are numbers that grow with time, 0 before anything was counted. */
final class Member {
    static final class Progress {
        long window;
        BigInteger reached = Exact.ZERO;
        long unlocked;
        long reserved;
        /** Last day of what is unlocked; null = none. */
        @Nullable
        LocalDate until;
    }

    /** Visits within the newest window. */
    record Visits(long window, long count) {}

    /** From its first day to its last; null = until left. */
    record Membership(LocalDate since, @Nullable LocalDate until) {
        boolean covers(LocalDate day) {
            return !day.isBefore(since) && !isOver(day);
        }

        boolean isOver(LocalDate day) {
            return until != null && until.isBefore(day);
        }
    }

    boolean known;
    long receipts;
    long firstSoldMillis;
    long lastSoldMillis;
    final Map<String, Holding> purses = new TreeMap<>();
    final Map<String, Progress> rewards = new TreeMap<>();
    /** By bonus: given under its limit for one member. */
    final Map<String, BigInteger> given = new TreeMap<>();
    /** By bonus and day of sale. */
    final Map<String, TreeMap<LocalDate, BigInteger>> givenOnDay = new TreeMap<>();

    final Map<String, BigInteger> tags = new TreeMap<>();
    /** By bonus: last day on which its articles were bought. */
    final Map<String, LocalDate> bought = new TreeMap<>();

    final Map<Window, Visits> visits = new TreeMap<>();
    /** By reward of the shop: units held or had, and units that cost nothing. */
    final Map<String, BigInteger> had = new TreeMap<>();

    final Map<String, BigInteger> free = new TreeMap<>();
    final Map<String, Long> promoUses = new TreeMap<>();
    /** Journal time of the first record; of old books, when it was sold. */
    long enrolledMillis;

    /** By act: how often it was had. */
    final Map<String, Long> acts = new TreeMap<>();

    /** By act: day on which the birthday was last celebrated. */
    final Map<String, LocalDate> celebrated = new TreeMap<>();

    /** Tags that were brought in, with their last day. */
    final Map<String, LocalDate> tagsUntil = new TreeMap<>();

    boolean profile;
    /** By whom the member was referred; 0 = by nobody. */
    long referrer;

    boolean referralCompleted;
    /** Place among the programme's levels, from 1; 0 = none. */
    int level;

    /** When the level is reviewed; null = never by time alone. */
    @Nullable
    LocalDate review;

    long newestPeriod;
    /** By period: what was spent or earned towards levels. */
    final Map<Long, BigInteger> unitsOfPeriod = new TreeMap<>();

    /** By club. */
    final Map<String, Membership> clubs = new TreeMap<>();

    /** Clubs whose discount on the first purchase was given. */
    final Set<String> greeted = new TreeSet<>();

    /** What clubs ask for: minor units bought, and in how many receipts. */
    BigInteger boughtMinor = Exact.ZERO;

    long baskets;

    @Nullable
    Integer birthday;

    Holding purse(String id) {
        return purses.computeIfAbsent(id, key -> new Holding());
    }

    Progress reward(String id) {
        return rewards.computeIfAbsent(id, key -> new Progress());
    }

    Member copy() {
        Member copy = new Member();
        copy.known = known;
        copy.receipts = receipts;
        copy.firstSoldMillis = firstSoldMillis;
        copy.lastSoldMillis = lastSoldMillis;
        purses.forEach((id, purse) -> copy.purses.put(id, purse.copy()));
        rewards.forEach((id, progress) -> {
            Progress of = copy.reward(id);
            of.window = progress.window;
            of.reached = progress.reached;
            of.unlocked = progress.unlocked;
            of.reserved = progress.reserved;
            of.until = progress.until;
        });
        copy.given.putAll(given);
        givenOnDay.forEach((id, days) -> copy.givenOnDay.put(id, new TreeMap<>(days)));
        copy.tags.putAll(tags);
        copy.bought.putAll(bought);
        copy.visits.putAll(visits);
        copy.had.putAll(had);
        copy.free.putAll(free);
        copy.promoUses.putAll(promoUses);
        copy.enrolledMillis = enrolledMillis;
        copy.acts.putAll(acts);
        copy.celebrated.putAll(celebrated);
        copy.tagsUntil.putAll(tagsUntil);
        copy.profile = profile;
        copy.referrer = referrer;
        copy.referralCompleted = referralCompleted;
        copy.level = level;
        copy.review = review;
        copy.newestPeriod = newestPeriod;
        copy.unitsOfPeriod.putAll(unitsOfPeriod);
        copy.clubs.putAll(clubs);
        copy.greeted.addAll(greeted);
        copy.boughtMinor = boughtMinor;
        copy.baskets = baskets;
        copy.birthday = birthday;
        return copy;
    }

    /** The first record that names a member. */
    void join(long millis) {
        if (!known) {
            known = true;
            enrolledMillis = millis;
        }
    }

    boolean hasTag(String tag, LocalDate day) {
        return tags.getOrDefault(tag, Exact.ZERO).signum() > 0
                || !tagsUntil.getOrDefault(tag, LocalDate.MIN).isBefore(day);
    }
}
