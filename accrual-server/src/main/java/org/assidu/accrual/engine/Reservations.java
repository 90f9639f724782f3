package org.assidu.accrual.engine;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.agrona.collections.LongHashSet;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.jspecify.annotations.Nullable;

/** Reservations that are held, by name and by their end; of those that are over, hashes of the names. */
final class Reservations {
    private static final long HELD_SALT = 0x48656C64L;
    private static final long ENDED_SALT = 0x456E646564L;

    private final Map<String, Reservation> byName = new HashMap<>();
    private final TreeSet<Reservation> byEnd = new TreeSet<>(
            Comparator.<Reservation>comparingLong(held -> held.endsAtMillis).thenComparing(held -> held.name));
    private final LongHashSet ended = new LongHashSet();
    private long hash;

    void add(Reservation reservation) {
        byName.put(reservation.name, reservation);
        byEnd.add(reservation);
        hash += reservation.hash(nameHash(HELD_SALT, reservation.name));
    }

    @Nullable
    Reservation find(String name) {
        return byName.get(name);
    }

    void end(String name) {
        Reservation held = byName.remove(name);
        if (held != null) {
            byEnd.remove(held);
            hash -= held.hash(nameHash(HELD_SALT, name));
        }
        long over = nameHash(ENDED_SALT, name);
        if (ended.add(over)) {
            hash += over;
        }
    }

    boolean hasEnded(String name) {
        return ended.contains(nameHash(ENDED_SALT, name));
    }

    /** The one that ended first, as an operation; null = none is over. */
    @Nullable
    Operation ended(long nowMillis) {
        if (byEnd.isEmpty() || byEnd.first().endsAtMillis > nowMillis) {
            return null;
        }
        Reservation over = byEnd.first();
        return new Operation(
                OperationKind.END_RESERVATION,
                over.memberKey,
                0,
                over.reward,
                over.name,
                over.units,
                over.endsAtMillis,
                "",
                "",
                List.of());
    }

    /** A member's held reservation of a reward for so many units, the one that ends first; null = none. */
    @Nullable
    Reservation of(long memberKey, String reward, long units) {
        for (Iterator<Reservation> all = byEnd.iterator(); all.hasNext(); ) {
            Reservation held = all.next();
            if (held.memberKey == memberKey && held.units == units && held.reward.equals(reward)) {
                return held;
            }
        }
        return null;
    }

    int size() {
        return byName.size();
    }

    private static long nameHash(long salt, String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return Mix.of(salt, Mix.text(utf8, 0, utf8.length), utf8.length);
    }

    long hash() {
        return hash;
    }

    long recomputedHash() {
        long sum = 0;
        for (Reservation held : byEnd) {
            sum += held.hash(nameHash(HELD_SALT, held.name));
        }
        LongHashSet.LongIterator over = ended.iterator();
        while (over.hasNext()) {
            sum += over.nextValue();
        }
        return sum;
    }
}
