package org.assidu.accrual.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.StateSink;
import org.assidu.accrual.model.StateSource;
import org.jspecify.annotations.Nullable;

/** Reservations that are held, by name and by their end; of those that are over, hashes of the names. */
final class Reservations implements KeptState {
    private static final long HELD_SALT = 0x48656C64L;
    private static final long ENDED_SALT = 0x456E646564L;

    private final Map<String, Reservation> byName = new HashMap<>();
    private final TreeSet<Reservation> byEnd = new TreeSet<>(
            Comparator.<Reservation>comparingLong(held -> held.endsAtMillis).thenComparing(held -> held.name));
    private final LongHashSet ended = new LongHashSet();
    /** Those held for a receipt, by its identity hash, in the order in which they were made. */
    private final Long2ObjectHashMap<List<Reservation>> byReceipt = new Long2ObjectHashMap<>();
    /** Those whose receipt was voided, which end at once. */
    private final ArrayDeque<Reservation> voided = new ArrayDeque<>();

    private final TillLedger ledger;
    private long hash;

    Reservations(TillLedger ledger) {
        this.ledger = ledger;
    }

    void add(Reservation reservation) {
        byName.put(reservation.name, reservation);
        byEnd.add(reservation);
        if (reservation.receipt != null) {
            byReceipt
                    .computeIfAbsent(ledger.identityHash(reservation.receipt, -1), any -> new ArrayList<>())
                    .add(reservation);
        }
        hash += reservation.hash(nameHash(HELD_SALT, reservation.name));
    }

    /** A merged member's reservations are the survivor's. */
    void follow(long absorbed, long survivor) {
        for (Iterator<Reservation> all = byEnd.iterator(); all.hasNext(); ) {
            Reservation held = all.next();
            if (held.memberKey == absorbed || held.purseOwner == absorbed) {
                long name = nameHash(HELD_SALT, held.name);
                hash -= held.hash(name);
                held.follow(absorbed, survivor);
                hash += held.hash(name);
            }
        }
    }

    @Nullable
    Reservation find(String name) {
        return byName.get(name);
    }

    void end(String name) {
        Reservation held = byName.remove(name);
        if (held != null) {
            byEnd.remove(held);
            voided.remove(held);
            leaveReceipt(held);
            hash -= held.hash(nameHash(HELD_SALT, name));
        }
        long over = nameHash(ENDED_SALT, name);
        if (ended.add(over)) {
            hash += over;
        }
    }

    private void leaveReceipt(Reservation held) {
        if (held.receipt != null) {
            long receipt = ledger.identityHash(held.receipt, -1);
            List<Reservation> others = byReceipt.get(receipt);
            if (others != null && others.remove(held) && others.isEmpty()) {
                byReceipt.remove(receipt);
            }
        }
    }

    /** What is held for a receipt, in the order in which it was reserved. */
    List<Reservation> heldFor(ReceiptColumns receipt) {
        if (byReceipt.isEmpty()) {
            return List.of();
        }
        List<Reservation> found = byReceipt.get(ledger.identityHash(receipt, -1));
        if (found == null) {
            return List.of();
        }
        List<Reservation> held = new ArrayList<>(found.size());
        for (Reservation reservation : found) {
            if (reservation.receipt != null
                    && HeldFor.isSame(reservation.receipt, receipt, ledger.numberedDaily())
                    && reservation.voidedAtMillis == 0) {
                held.add(reservation);
            }
        }
        return held;
    }

    /** The receipt that it was held for is no more. */
    void voided(Reservation held, long atMillis) {
        long name = nameHash(HELD_SALT, held.name);
        hash -= held.hash(name);
        held.voidedAtMillis = atMillis;
        hash += held.hash(name);
        voided.add(held);
    }

    boolean hasEnded(String name) {
        return ended.contains(nameHash(ENDED_SALT, name));
    }

    /** One that is over, as an operation: of a voided receipt, else the one that ended first; null = none. */
    @Nullable
    Operation ended(long nowMillis) {
        Reservation over = voided.peek();
        if (over == null && !byEnd.isEmpty() && byEnd.first().endsAtMillis <= nowMillis) {
            over = byEnd.first();
        }
        if (over == null) {
            return null;
        }
        return new Operation(
                OperationKind.END_RESERVATION,
                over.memberKey,
                0,
                over.reward,
                over.name,
                over.units,
                over.voidedAtMillis == 0 ? over.endsAtMillis : over.voidedAtMillis,
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

    @Override
    public void write(StateSink sink) {
        sink.begin("reservations");
        Map<Reservation, Integer> numbers = new IdentityHashMap<>();
        sink.putInt(byEnd.size());
        for (Reservation held : byEnd) {
            numbers.put(held, numbers.size());
            held.write(sink);
        }
        long[] receipts = Maps.sorted(byReceipt.keySet());
        sink.putArray(receipts, receipts.length);
        for (long receipt : receipts) {
            writeNumbers(sink, byReceipt.get(receipt), numbers);
        }
        writeNumbers(sink, voided, numbers);
        long[] over = Maps.sorted(ended);
        sink.putArray(over, over.length);
    }

    private static void writeNumbers(
            StateSink sink, Collection<Reservation> reservations, Map<Reservation, Integer> numbers) {
        sink.putInt(reservations.size());
        for (Reservation held : reservations) {
            sink.putInt(numbers.getOrDefault(held, -1));
        }
    }

    @Override
    public void read(StateSource source) {
        source.begin("reservations");
        List<Reservation> numbered = new ArrayList<>();
        for (int left = source.takeCount(); left > 0; left--) {
            Reservation held = new Reservation(source);
            numbered.add(held);
            byName.put(held.name, held);
            byEnd.add(held);
        }
        for (long receipt : source.takeLongArray()) {
            byReceipt.put(receipt, readNumbers(source, numbered));
        }
        voided.addAll(readNumbers(source, numbered));
        for (long over : source.takeLongArray()) {
            ended.add(over);
        }
        hash = recomputedHash();
    }

    private static List<Reservation> readNumbers(StateSource source, List<Reservation> numbered) {
        List<Reservation> read = new ArrayList<>();
        for (int number : source.takeIntArray()) {
            read.add(numbered.get(number));
        }
        return read;
    }
}
