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
        double shape = p * purchases;
        return -Beta.logBeta(shape, q)
                + q * Math.log(v)
                + (shape - 1) * Math.log(meanSpend)
                + shape * Math.log(purchases)
                - (shape + q) * Math.log(v + purchases * meanSpend);
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
