package org.assidu.accrual.reference;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One purse of a member: lots, what has expired of them, and what no lot holds, which is below zero when points are missing. */
final class Holding {
    final TreeMap<Lot, BigInteger> lots = new TreeMap<>();
    final TreeMap<Lot, BigInteger> expired = new TreeMap<>();
    BigInteger unheld = Exact.ZERO;
    BigInteger debt = Exact.ZERO;
    /** Day to which sales renew all lots: what is credited at once, what is there when the receipt is done. */
    @Nullable
    LocalDate renewed;

    /** The same before the receipt that is being decided. */
    @Nullable
    LocalDate renewedBefore;

    Holding copy() {
        Holding copy = new Holding();
        copy.lots.putAll(lots);
        copy.expired.putAll(expired);
        copy.unheld = unheld;
        copy.debt = debt;
        copy.renewed = renewed;
        copy.renewedBefore = renewedBefore;
        return copy;
    }

    BigInteger balance() {
        return lots.values().stream().reduce(unheld, BigInteger::add);
    }

    BigInteger pending(LocalDate today) {
        return lots.entrySet().stream()
                .filter(lot -> lot.getKey().isPending(today))
                .map(Map.Entry::getValue)
                .reduce(Exact.ZERO, BigInteger::add);
    }

    BigInteger available(LocalDate today) {
        return balance().subtract(pending(today));
    }

    /** Adds to a lot, or to what no lot holds. */
    void add(@Nullable Lot lot, BigInteger amount) {
        if (lot == null) {
            unheld = unheld.add(amount);
        } else {
            add(lots, lot, amount);
        }
    }

    static void add(Map<Lot, BigInteger> to, Lot lot, BigInteger amount) {
        to.merge(lot, amount, BigInteger::add);
        to.remove(lot, Exact.ZERO);
    }

    void renewTo(LocalDate expiry) {
        if (renewed == null || renewed.isBefore(expiry)) {
            renewed = expiry;
        }
    }

    /** Lots stay when a sale moved nothing forward. */
    void renew() {
        if (!Objects.equals(renewed, renewedBefore)) {
            replaceLots(Map.copyOf(lots), lot -> lot.until(renewed));
        }
        renewedBefore = renewed;
    }

    void unlock(LocalDate today) {
        replaceLots(Map.copyOf(lots), lot -> lot.unlockedOn(today));
    }

    private void replaceLots(Map<Lot, BigInteger> all, UnaryOperator<Lot> change) {
        lots.clear();
        all.forEach((lot, amount) -> add(lots, change.apply(lot), amount));
    }
}
