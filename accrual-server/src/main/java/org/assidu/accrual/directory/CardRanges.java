package org.assidu.accrual.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.assidu.accrual.model.Ean13;

/** Ranges of cards issued for the printer: consecutive serial numbers under a prefix. One writer, readers never wait. */
final class CardRanges {
    private static final Pattern PREFIX = Pattern.compile("[0-9]{7,11}");
    private static final int DIGITS_BEFORE_CHECK = 12;

    /** Takes the ranges at opening. */
    @FunctionalInterface
    interface RangeConsumer {
        void range(String prefix, long nextSerial);
    }

    /** Twelve-digit numbers issued, sorted: from the first of each pair, up to and without the second. */
    private volatile long[] bounds = {};

    private final TreeMap<String, Long> nextSerials = new TreeMap<>();

    /** Whether the card lies in an issued range and ends with its check digit. */
    boolean contains(long card) {
        if (!Ean13.isValid(card)) {
            return false;
        }
        long[] current = bounds;
        long first12 = card / 10;
        for (int at = 0; at < current.length; at += 2) {
            if (first12 >= current[at] && first12 < current[at + 1]) {
                return true;
            }
        }
        return false;
    }

    void restore(String prefix, long nextSerial) {
        nextSerials.put(prefix, nextSerial);
        publish();
    }

    /** First serial number that the prefix has not issued, when {@code count} more fit. */
    long next(String prefix, int count) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("a card prefix has 7 to 11 digits: " + prefix);
        }
        if (count < 1) {
            throw new IllegalArgumentException("the number of cards must be positive, not " + count);
        }
        for (String other : nextSerials.keySet()) {
            if (!other.equals(prefix) && (other.startsWith(prefix) || prefix.startsWith(other))) {
                throw new IllegalArgumentException("prefix " + prefix + " overlaps prefix " + other
                        + ", under which cards are issued already: go on with that one, or take another");
            }
        }
        long next = nextSerials.getOrDefault(prefix, 0L);
        long capacity = capacity(prefix);
        if (next + count > capacity) {
            throw new IllegalArgumentException("prefix " + prefix + " has room for " + (capacity - next)
                    + " more cards of " + capacity + ", not for " + count + ": take another prefix");
        }
        return next;
    }

    List<Long> cards(String prefix, long fromSerial, int count) {
        List<Long> cards = new ArrayList<>(count);
        long base = Long.parseLong(prefix) * capacity(prefix) + fromSerial;
        for (int i = 0; i < count; i++) {
            cards.add(Ean13.withCheckDigit(base + i));
        }
        return cards;
    }

    private void publish() {
        long[] fresh = new long[nextSerials.size() * 2];
        int at = 0;
        for (Map.Entry<String, Long> range : nextSerials.entrySet()) {
            long base = Long.parseLong(range.getKey()) * capacity(range.getKey());
            fresh[at++] = base;
            fresh[at++] = base + range.getValue();
        }
        bounds = fresh;
    }

    private static long capacity(String prefix) {
        long capacity = 1;
        for (int digit = prefix.length(); digit < DIGITS_BEFORE_CHECK; digit++) {
            capacity *= 10;
        }
        return capacity;
    }
}
