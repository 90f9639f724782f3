package org.assidu.analytics.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How unevenly a total is spread over its holders, exact from the histogram of holdings.
 *
 * <p>Gini coefficient G = 2 Σ i·x_i / (n Σ x) − (n + 1)/n over holdings x_1 ≤ … ≤ x_n; members of one holding are taken
 * together, which changes nothing.
 */
public final class Lorenz {

    private final TreeMap<Long, Long> holders = new TreeMap<>();
    private final long count;
    private final long total;

    /** From the number of holders of each holding; holdings are not negative. */
    public Lorenz(SortedMap<Long, Long> holdersByHolding) {
        long n = 0;
        long sum = 0;
        for (Map.Entry<Long, Long> entry : holdersByHolding.entrySet()) {
            if (entry.getKey() < 0) {
                throw new IllegalArgumentException("a holding of " + entry.getKey() + " is negative");
            }
            holders.put(entry.getKey(), entry.getValue());
            n += entry.getValue();
            sum = Math.addExact(sum, Math.multiplyExact(entry.getKey(), entry.getValue()));
        }
        this.count = n;
        this.total = sum;
    }

    public long count() {
        return count;
    }

    public long total() {
        return total;
    }

    /** 0 = all hold the same, towards 1 = one holds all; NaN without a holding. */
    public double gini() {
        double weighted = 0;
        long before = 0;
        for (Map.Entry<Long, Long> entry : holders.entrySet()) {
            double n = entry.getValue();
            double rankSum = n * before + n * (n + 1) / 2;
            weighted += rankSum * entry.getKey();
            before += entry.getValue();
        }
        return total == 0 ? Double.NaN : 2 * weighted / ((double) count * total) - (count + 1.0) / count;
    }

    /** Share of the total held by the lowest {@code share} of holders; a holder on the border counts in part. */
    public double shareOfLowest(double share) {
        double wanted = share * count;
        double taken = 0;
        double sum = 0;
        for (Map.Entry<Long, Long> entry : holders.entrySet()) {
            double take = Math.min(entry.getValue(), wanted - taken);
            if (take <= 0) {
                break;
            }
            sum += take * entry.getKey();
            taken += take;
        }
        return total == 0 ? Double.NaN : sum / total;
    }

    /** Share of the total held by the highest {@code holdersWanted} holders. */
    public double shareOfTop(long holdersWanted) {
        long left = holdersWanted;
        double sum = 0;
        for (Map.Entry<Long, Long> entry : holders.descendingMap().entrySet()) {
            long take = Math.min(entry.getValue(), left);
            if (take <= 0) {
                break;
            }
            sum += (double) take * entry.getKey();
            left -= take;
        }
        return total == 0 ? Double.NaN : sum / total;
    }
}
