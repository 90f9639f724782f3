package org.assidu.analytics.model;

import org.hipparchus.special.Beta;

/**
 * Gamma-Gamma model of spend per purchase (Fader &amp; Hardie 2013, "The Gamma-Gamma Model of Monetary Value"): amounts are
 * Gamma(p, ν) within a customer and ν ~ Gamma(q, v) between customers, independently of how often the customer buys.
 * Mean spend exists for q &gt; 1 only.
 *
 * @param v scale, in the unit of the amounts
 */
public record GammaGamma(double p, double q, double v) {

    /** Log-likelihood of a mean spend over the given number of purchases; both positive. */
    public double logLikelihood(int purchases, double meanSpend) {
        return logLikelihood(purchases, 1, Math.log(meanSpend), Math.log(v + purchases * meanSpend));
    }

    /**
     * Of customers with as many purchases each.
     *
     * @param logMeans sum of ln m over them
     * @param logTotals sum of ln(v + x m) over them
     */
    double logLikelihood(int purchases, long customers, double logMeans, double logTotals) {
        double shape = p * purchases;
        return customers * (q * Math.log(v) + shape * Math.log(purchases) - Beta.logBeta(shape, q))
                + (shape - 1) * logMeans
                - (shape + q) * logTotals;
    }

    /** Mean spend per purchase over the population. */
    public double meanSpend() {
        return p * v / (q - 1);
    }

    /** Expected spend per purchase of a customer seen to spend this mean over this number of purchases (0: unknown). */
    public double conditionalMeanSpend(int purchases, double meanSpend) {
        return p * (v + purchases * meanSpend) / (p * purchases + q - 1);
    }
}
