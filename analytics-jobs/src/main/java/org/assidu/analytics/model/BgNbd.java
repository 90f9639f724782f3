package org.assidu.analytics.model;

import java.util.List;

/**
 * Beta-geometric/NBD model of Fader, Hardie &amp; Lee (2005), "Counting Your Customers the Easy Way", Marketing Science
 * 24(2): λ ~ Gamma(r, α), and after each repeat purchase a customer stops with probability p ~ Beta(a, b). A customer
 * without a repeat cannot have stopped, hence P(alive) = 1 there. Likelihood: their equation (6); expectations: (9) and
 * (10), evaluated without the hypergeometric function, see {@link GeometricDropout}.
 */
public record BgNbd(double r, double alpha, double a, double b) implements PurchaseModel {

    @Override
    public PurchaseFamily family() {
        return PurchaseFamily.BG_NBD;
    }

    @Override
    public List<Double> parameters() {
        return List.of(r, alpha, a, b);
    }

    @Override
    public double logLikelihoodOfRepeats(int repeats) {
        return LogMath.logRising(r, repeats) - repeats * Math.log(alpha) + LogMath.logSurvival(a, b, repeats);
    }

    @Override
    public double logLikelihoodOfTiming(CustomerSummary customer) {
        double active = -(r + customer.repeats()) * Math.log1p(customer.age() / alpha);
        return customer.repeats() == 0 ? active : active + LogMath.softplus(logOddsStopped(customer));
    }

    @Override
    public double expectedPurchases(double time) {
        return GeometricDropout.expectedPurchases(r, alpha, a, b, time);
    }

    @Override
    public double conditionalExpectedPurchases(CustomerSummary customer, double time) {
        int x = customer.repeats();
        return probabilityAlive(customer)
                * GeometricDropout.expectedPurchases(r + x, alpha + customer.age(), a, b + x, time);
    }

    @Override
    public double probabilityAlive(CustomerSummary customer) {
        return customer.repeats() == 0 ? 1 : LogMath.complement(logOddsStopped(customer));
    }

    /** ln of (a / (b + x − 1)) · ((α + T) / (α + t_x))^(r + x). */
    private double logOddsStopped(CustomerSummary customer) {
        int x = customer.repeats();
        double silence = Math.log1p((customer.age() - customer.lastAt()) / (alpha + customer.lastAt()));
        return Math.log(a / (b + x - 1)) + (r + x) * silence;
    }
}
