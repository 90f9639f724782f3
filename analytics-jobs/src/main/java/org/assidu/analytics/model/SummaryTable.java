package org.assidu.analytics.model;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Distinct customer summaries with the number of customers sharing each, ordered by repeats, age and last purchase.
 *
 * <p>A likelihood depends on a customer only through the summary, so a fit costs what the distinct rows cost, and its
 * sums do not depend on the order in which customers arrived.
 */
public final class SummaryTable {

    private final CustomerSummary[] rows;
    private final long[] counts;

    private SummaryTable(CustomerSummary[] rows, long[] counts) {
        this.rows = rows;
        this.counts = counts;
    }

    /** Groups customers one by one. */
    public static SummaryTable of(Collection<CustomerSummary> customers) {
        var grouped = new TreeMap<CustomerSummary, Long>();
        for (CustomerSummary customer : customers) {
            grouped.merge(customer, 1L, Long::sum);
        }
        return of(grouped);
    }

    /** Takes customers that are grouped already, with a positive count each. */
    public static SummaryTable of(Map<CustomerSummary, Long> customersBySummary) {
        if (customersBySummary.isEmpty()) {
            throw new IllegalArgumentException("no customer to fit: the period holds no identified purchase");
        }
        var sorted = new TreeMap<>(customersBySummary);
        var rows = sorted.keySet().toArray(CustomerSummary[]::new);
        var counts = sorted.values().stream().mapToLong(Long::longValue).toArray();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] <= 0) {
                throw new IllegalArgumentException("count must be positive: " + rows[i] + " has " + counts[i]);
            }
        }
        return new SummaryTable(rows, counts);
    }

    /** Number of distinct summaries. */
    public int size() {
        return rows.length;
    }

    public CustomerSummary row(int index) {
        return rows[index];
    }

    public long count(int index) {
        return counts[index];
    }

    public long customers() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Σx over all customers. */
    public long repeats() {
        long sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += counts[i] * rows[i].repeats();
        }
        return sum;
    }

    /** Customers with at least one repeat. */
    public long repeaters() {
        long sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += rows[i].repeats() > 0 ? counts[i] : 0;
        }
        return sum;
    }

    /**
     * About so many customers, evenly spaced in the order of the rows, so that each repeat count, age and last purchase keeps
     * its share.
     */
    SummaryTable thinned(long customers) {
        long step = Math.max(1, customers() / customers);
        var kept = new TreeMap<CustomerSummary, Long>();
        long before = 0;
        for (int i = 0; i < rows.length; i++) {
            long after = before + counts[i];
            long chosen = (after + step / 2) / step - (before + step / 2) / step;
            if (chosen > 0) {
                kept.put(rows[i], chosen);
            }
            before = after;
        }
        return of(kept);
    }

    /** ΣT over all customers. */
    public double observedTime() {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += counts[i] * rows[i].age();
        }
        return sum;
    }
}
