package org.assidu.analytics.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Uncertainty of a total that comes from not knowing a model's parameters: customers of the same ages are drawn from the
 * fitted model, the model is fitted to them, and the total is computed again with what that fit found.
 *
 * <p>Of many customers a part is drawn, and the deviation is scaled by the square root of the part.
 *
 * @param low lower end of the 95 % interval
 * @param high upper end
 * @param draws number of samples behind it
 */
public record ParametricBootstrap(double low, double high, int draws) {

    private static final int MOST_CUSTOMERS = 4_000;
    private static final double Z_95 = 1.959963984540054;

    /**
     * The interval around a total.
     *
     * @param total positive function of the model, such as the expected purchases of all customers
     */
    public static ParametricBootstrap of(
            PurchaseFit fit, SummaryTable table, ToDoubleFunction<PurchaseModel> total, int draws, long seed) {
        List<Double> ages = ages(table, seed);
        double[] logs = IntStream.range(0, draws)
                .parallel()
                .mapToDouble(draw -> {
                    var drawn = SummaryTable.of(
                            new PurchaseSimulator(fit.model(), seed + 1_000_003L * (draw + 1)).customers(ages));
                    PurchaseFit refit = PurchaseFitter.refit(fit.model(), drawn);
                    return Math.log(total.applyAsDouble(refit.model()));
                })
                .toArray();
        double mean = 0;
        for (double log : logs) {
            mean += log / draws;
        }
        double squares = 0;
        for (double log : logs) {
            squares += (log - mean) * (log - mean);
        }
        double part = Math.sqrt((double) ages.size() / table.customers());
        double deviation = Math.sqrt(squares / (draws - 1)) * part;
        double centre = total.applyAsDouble(fit.model());
        return new ParametricBootstrap(
                centre * Math.exp(-Z_95 * deviation), centre * Math.exp(Z_95 * deviation), draws);
    }

    private static List<Double> ages(SummaryTable table, long seed) {
        var random = new SplittableRandom(seed);
        double keep = Math.min(1, (double) MOST_CUSTOMERS / table.customers());
        var ages = new ArrayList<Double>();
        for (int i = 0; i < table.size(); i++) {
            for (long j = 0; j < table.count(i); j++) {
                if (keep == 1 || random.nextDouble() < keep) {
                    ages.add(table.row(i).age());
                }
            }
        }
        return ages;
    }
}
