package org.assidu.analytics.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Customers as known at the end of calibration, and the purchases each made in the hold-out time that followed.
 *
 * <p>Baselines stand beside every model: one that cannot beat a customer's own past rate, or the same guess for
 * everyone, is not worth its explanation.
 */
public final class HoldOut {

    private final CustomerSummary[] customers;
    private final double[] actual;
    private final double time;

    /**
     * @param actual purchase occasions of each customer within the hold-out, in the same order
     * @param time length of the hold-out in the unit of the summaries
     */
    public HoldOut(List<CustomerSummary> customers, List<Integer> actual, double time) {
        if (customers.isEmpty() || customers.size() != actual.size() || !(time > 0)) {
            throw new IllegalArgumentException("hold-out needs customers, one count each and a positive time: "
                    + customers.size() + " customers, " + actual.size() + " counts, time " + time);
        }
        // Sorted, so that sums do not depend on the order of arrival.
        int[] order = IntStream.range(0, customers.size())
                .boxed()
                .sorted(Comparator.<Integer, CustomerSummary>comparing(customers::get)
                        .thenComparing(actual::get))
                .mapToInt(Integer::intValue)
                .toArray();
        this.customers = new CustomerSummary[order.length];
        this.actual = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            this.customers[i] = customers.get(order[i]);
            this.actual[i] = actual.get(order[i]);
        }
        this.time = time;
    }

    /** Expected purchases of a customer in the hold-out time. */
    @FunctionalInterface
    public interface Predictor {
        double expectedPurchases(CustomerSummary customer, double time);
    }

    /** A predictor's errors, by the name it is shown under. */
    public record Score(String name, PredictionError error) {}

    /** Means over the customers with the same number of repeats in calibration; the last bin takes all above. */
    public record FrequencyBin(int repeats, boolean andMore, long customers, double predicted, double actual) {}

    /**
     * Customers ranked by prediction, in ten groups as equal as can be; group 1 is the highest.
     *
     * @param share of all purchases in the hold-out that this and the higher groups made (the gain curve)
     */
    public record Decile(int rank, long customers, double predicted, double actual, double share) {}

    public double time() {
        return time;
    }

    public int customers() {
        return customers.length;
    }

    public Score score(PurchaseModel model) {
        return new Score(model.name(), error(model::conditionalExpectedPurchases));
    }

    /** Each customer goes on at the rate of repeats seen so far, x/T; those without a repeat buy nothing. */
    public Score scoreOwnRate() {
        return new Score(
                "own rate",
                error((customer, length) -> customer.age() > 0 ? customer.repeats() / customer.age() * length : 0));
    }

    /** Everyone buys at the average rate, Σx/ΣT. */
    public Score scoreConstant() {
        double repeats = 0;
        double observed = 0;
        for (CustomerSummary customer : customers) {
            repeats += customer.repeats();
            observed += customer.age();
        }
        double rate = observed > 0 ? repeats / observed : 0;
        return new Score("constant", error((customer, length) -> rate * length));
    }

    public PredictionError error(Predictor predictor) {
        return PredictionError.between(predictions(predictor), actual);
    }

    /** Calibration by frequency: what a model expected and what happened, for 0, 1, … repeats. */
    public List<FrequencyBin> byFrequency(Predictor predictor, int lastBin) {
        double[] predicted = predictions(predictor);
        long[] members = new long[lastBin + 1];
        double[] expected = new double[lastBin + 1];
        double[] seen = new double[lastBin + 1];
        for (int i = 0; i < customers.length; i++) {
            int bin = Math.min(customers[i].repeats(), lastBin);
            members[bin]++;
            expected[bin] += predicted[i];
            seen[bin] += actual[i];
        }
        return IntStream.rangeClosed(0, lastBin)
                .filter(bin -> members[bin] > 0)
                .mapToObj(bin -> new FrequencyBin(
                        bin, bin == lastBin, members[bin], expected[bin] / members[bin], seen[bin] / members[bin]))
                .toList();
    }

    /** Ranks by prediction; equal ones are shuffled by a hash, since their order here follows the outcome. */
    public List<Decile> byDecile(Predictor predictor) {
        double[] predicted = predictions(predictor);
        int[] ranked = IntStream.range(0, customers.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -predicted[i])
                        .thenComparingLong(i -> (i * 0x9E3779B97F4A7C15L) >>> 1))
                .mapToInt(Integer::intValue)
                .toArray();
        double total = 0;
        for (double purchases : actual) {
            total += purchases;
        }
        var deciles = new ArrayList<Decile>();
        double reached = 0;
        int groups = Math.min(10, ranked.length);
        for (int group = 0; group < groups; group++) {
            int from = (int) ((long) ranked.length * group / groups);
            int to = (int) ((long) ranked.length * (group + 1) / groups);
            double expected = 0;
            double seen = 0;
            for (int i = from; i < to; i++) {
                expected += predicted[ranked[i]];
                seen += actual[ranked[i]];
            }
            reached += seen;
            double share = total > 0 ? reached / total : Double.NaN;
            deciles.add(new Decile(group + 1, to - from, expected / (to - from), seen / (to - from), share));
        }
        return deciles;
    }

    private double[] predictions(Predictor predictor) {
        double[] predicted = new double[customers.length];
        for (int i = 0; i < customers.length; i++) {
            boolean same = i > 0 && customers[i].equals(customers[i - 1]);
            predicted[i] = same ? predicted[i - 1] : predictor.expectedPurchases(customers[i], time);
        }
        return predicted;
    }
}
