package org.assidu.analytics.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts of whole-number values; quantiles are by nearest rank, so each is a value that occurred. */
public final class Histogram {

    private final TreeMap<Long, Long> counts;
    private final long count;

    public Histogram(SortedMap<Long, Long> counts) {
        this.counts = new TreeMap<>(counts);
        this.count = counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public long count() {
        return count;
    }

    /** Smallest value with at least {@code share} of all values at or below it; 0 without values. */
    public long quantile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * count - 1e-9));
        long seen = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= wanted) {
                return entry.getKey();
            }
        }
        return 0;
    }

    /** How many values lie between two bounds, both included. */
    public long between(long low, long high) {
        return counts.subMap(low, true, high, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    public double mean() {
        double sum = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            sum += (double) entry.getKey() * entry.getValue();
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
