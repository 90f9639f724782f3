package org.assidu.analytics.model;

/**
 * What a purchase model knows about one customer: (x, t_x, T) of the literature.
 *
 * <p>The first purchase starts the clock and is not counted. The time unit is the caller's (weeks in the published
 * examples) and must be the same for every customer and every horizon.
 *
 * @param repeats x, purchase occasions after the first
 * @param lastAt t_x, time from the first to the last occasion; 0 when there was no repeat. Not the "recency" of RFM,
 *     which counts from the last purchase to today.
 * @param age T, time from the first occasion to the end of observation
 */
public record CustomerSummary(int repeats, double lastAt, double age) implements Comparable<CustomerSummary> {

    public CustomerSummary {
        boolean ordered = lastAt >= 0 && lastAt <= age && age < Double.POSITIVE_INFINITY;
        if (repeats < 0 || !ordered || (repeats == 0 && lastAt != 0)) {
            throw new IllegalArgumentException("not a purchase summary: repeats=" + repeats + " lastAt=" + lastAt
                    + " age=" + age + " (0 <= lastAt <= age, lastAt = 0 without repeats)");
        }
    }

    @Override
    public int compareTo(CustomerSummary other) {
        int order = Integer.compare(repeats, other.repeats);
        if (order == 0) {
            order = Double.compare(age, other.age);
        }
        return order != 0 ? order : Double.compare(lastAt, other.lastAt);
    }
}
