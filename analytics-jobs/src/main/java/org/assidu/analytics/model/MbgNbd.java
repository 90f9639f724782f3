package org.assidu.analytics.model;

import java.util.List;

/**
 * Modified BG/NBD model of Batislam, Denizel &amp; Filiztekin (2007), "Empirical validation and comparison of models for
 * customer base analysis", International Journal of Research in Marketing 24(3): as {@link BgNbd}, but a customer may
 * also stop right after the first purchase, so customers without a repeat are not all alive.
 */
public record MbgNbd(double r, double alpha, double a, double b) implements PurchaseModel {

    @Override
    public PurchaseFamily family() {
        return PurchaseFamily.MBG_NBD;
    }

    @Override
    public List<Double> parameters() {
        return List.of(r, alpha, a, b);
    }

    @Override
    public double logLikelihoodOfRepeats(int repeats) {
        return LogMath.logRising(r, repeats) - repeats * Math.log(alpha) + LogMath.logSurvival(a, b, repeats + 1);
    }

    @Override
    public double logLikelihoodOfTiming(CustomerSummary customer) {
        return -(r + customer.repeats()) * Math.log1p(customer.age() / alpha)
                + LogMath.softplus(logOddsStopped(customer));
    }

    @Override
    public double expectedPurchases(double time) {
        return b / (a + b) * GeometricDropout.expectedPurchases(r, alpha, a, b + 1, time);
    }

    @Override
    public double conditionalExpectedPurchases(CustomerSummary customer, double time) {
        int x = customer.repeats();
        return probabilityAlive(customer)
                * GeometricDropout.expectedPurchases(r + x, alpha + customer.age(), a, b + x + 1, time);
    }

    @Override
    public double probabilityAlive(CustomerSummary customer) {
        return LogMath.complement(logOddsStopped(customer));
    }

    /** ln of (a / (b + x)) · ((α + T) / (α + t_x))^(r + x). */
    private double logOddsStopped(CustomerSummary customer) {
        int x = customer.repeats();
        double silence = Math.log1p((customer.age() - customer.lastAt()) / (alpha + customer.lastAt()));
        return Math.log(a / (b + x)) + (r + x) * silence;
    }
}
