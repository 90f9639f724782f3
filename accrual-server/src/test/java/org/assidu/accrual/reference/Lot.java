package org.assidu.accrual.reference;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What tells points apart that were not earned together.
 *
 * @param expiry last day on which they can be spent; null = for ever
 * @param unlock first day on which they can be spent; null = at once
 */
record Lot(
        @Nullable LocalDate expiry,
        YearMonth cohort,
        @Nullable LocalDate unlock) implements Comparable<Lot> {
    private static final Comparator<Lot> ORDER = Comparator.comparing(
                    Lot::expiry, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
            .thenComparing(Lot::cohort)
            .thenComparing(Lot::unlock, Comparator.nullsFirst(Comparator.<LocalDate>naturalOrder()));

    @Override
    public int compareTo(Lot other) {
        return ORDER.compare(this, other);
    }

    boolean isPending(LocalDate today) {
        return unlock != null && unlock.isAfter(today);
    }

    boolean isOver(LocalDate today) {
        return expiry != null && expiry.isBefore(today);
    }

    Lot unlocked() {
        return new Lot(expiry, cohort, null);
    }

    Lot unlockedOn(LocalDate today) {
        return isPending(today) ? this : unlocked();
    }

    Lot until(@Nullable LocalDate renewed) {
        return renewed == null || expiry == null || !expiry.isBefore(renewed) ? this : new Lot(renewed, cohort, unlock);
    }

    static String text(@Nullable Lot lot) {
        return lot == null
                ? "-"
                : (lot.expiry == null ? "ever" : lot.expiry) + "/" + lot.cohort
                        + (lot.unlock == null ? "" : "~" + lot.unlock);
    }
}
