package org.assidu.analytics.model;

import java.util.List;

/**
 * Purchases without dropout: a Poisson rate λ per customer, λ ~ Gamma(r, α) (Ehrenberg 1959; Schmittlein, Morrison &amp;
 * Colombo 1987 take it as the part of Pareto/NBD that happens while a customer is active). The baseline that every
 * dropout model has to beat. The likelihood is that of the purchase times, as for the other models, so that they
 * compare.
 */
public record Nbd(double r, double alpha) implements PurchaseModel {

    @Override
    public PurchaseFamily family() {
        return PurchaseFamily.NBD;
    }

    @Override
    public List<Double> parameters() {
        return List.of(r, alpha);
    }

    @Override
    public double logLikelihoodOfRepeats(int repeats) {
        return LogMath.logRising(r, repeats) - repeats * Math.log(alpha);
    }

    @Override
    public double logLikelihoodOfTiming(CustomerSummary customer) {
        return -(r + customer.repeats()) * Math.log1p(customer.age() / alpha);
    }

    @Override
    public double expectedPurchases(double time) {
        return r / alpha * time;
    }

    @Override
    public double conditionalExpectedPurchases(CustomerSummary customer, double time) {
        return (r + customer.repeats()) / (alpha + customer.age()) * time;
    }

    /** Always 1: by assumption, never a finding. */
    @Override
    public double probabilityAlive(CustomerSummary customer) {
        return 1;
    }
}
