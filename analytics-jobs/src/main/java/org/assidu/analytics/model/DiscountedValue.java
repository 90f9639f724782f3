package org.assidu.analytics.model;

/**
 * Expected purchases over a horizon, period by period, discounted to the end of observation.
 *
 * <p>Money follows by multiplying with {@link GammaGamma#conditionalMeanSpend}, since the spend model assumes amounts to
 * be independent of how often a customer buys.
 *
 * @param periods number of periods in the horizon
 * @param periodLength length of one in the model's unit of time
 * @param discountPerPeriod rate per period, 0.01 for 1 %; purchases are taken to fall mid-period
 */
public record DiscountedValue(int periods, double periodLength, double discountPerPeriod) {

    public DiscountedValue {
        if (periods < 1 || !(periodLength > 0) || !(discountPerPeriod > -1)) {
            throw new IllegalArgumentException("horizon needs periods >= 1, a positive length and a discount above -1: "
                    + periods + ", " + periodLength + ", " + discountPerPeriod);
        }
    }

    /** The rate per period of which {@code periodsPerYear} compound to the annual rate. */
    public static double perPeriod(double annualRate, double periodsPerYear) {
        return Math.expm1(Math.log1p(annualRate) / periodsPerYear);
    }

    /** Expected purchases of each period, not discounted. */
    public double[] purchasesPerPeriod(PurchaseModel model, CustomerSummary customer) {
        double[] expected = new double[periods];
        double before = 0;
        for (int i = 0; i < periods; i++) {
            double until = model.conditionalExpectedPurchases(customer, (i + 1) * periodLength);
            expected[i] = Math.max(until - before, 0);
            before = until;
        }
        return expected;
    }

    /** Weight of a purchase in the given period (from 0). */
    public double weight(int period) {
        return Math.exp(-(period + 0.5) * Math.log1p(discountPerPeriod));
    }

    /** Discounted expected purchases over the horizon. */
    public double discountedPurchases(PurchaseModel model, CustomerSummary customer) {
        double sum = 0;
        double[] expected = purchasesPerPeriod(model, customer);
        for (int i = 0; i < periods; i++) {
            sum += expected[i] * weight(i);
        }
        return sum;
    }
}
