package org.assidu.analytics.model;

import java.util.List;

/**
 * Pareto/NBD model of Schmittlein, Morrison &amp; Colombo (1987), "Counting Your Customers: Who Are They and What Will They
 * Do Next?", Management Science 33(1): λ ~ Gamma(r, α), and a lifetime that is exponential with rate μ ~ Gamma(s, β).
 *
 * <p>Mixed over λ and μ, a customer who was alive all along contributes (α+T)^−(r+x) (β+T)^−s and one who stopped at y
 * contributes s (β+y)^−(s+1) (α+y)^−(r+x), both times Γ(r+x)/Γ(r) α^r β^s; see Fader &amp; Hardie (2005), "A Note on
 * Deriving the Pareto/NBD Model". The integral over y replaces the hypergeometric functions of the closed form, whose
 * difference cancels; see {@link ParetoIntegral}.
 */
public record ParetoNbd(double r, double alpha, double s, double beta) implements PurchaseModel {

    @Override
    public PurchaseFamily family() {
        return PurchaseFamily.PARETO_NBD;
    }

    @Override
    public List<Double> parameters() {
        return List.of(r, alpha, s, beta);
    }

    @Override
    public double logLikelihoodOfRepeats(int repeats) {
        return LogMath.logRising(r, repeats) - repeats * Math.log(alpha);
    }

    @Override
    public double logLikelihoodOfTiming(CustomerSummary customer) {
        double active =
                -(r + customer.repeats()) * Math.log1p(customer.age() / alpha) - s * Math.log1p(customer.age() / beta);
        return active + LogMath.softplus(logOddsStopped(customer));
    }

    @Override
    public double expectedPurchases(double time) {
        return r / alpha * activeTime(beta, time);
    }

    @Override
    public double conditionalExpectedPurchases(CustomerSummary customer, double time) {
        double rate = (r + customer.repeats()) / (alpha + customer.age());
        return probabilityAlive(customer) * rate * activeTime(beta + customer.age(), time);
    }

    @Override
    public double probabilityAlive(CustomerSummary customer) {
        return LogMath.complement(logOddsStopped(customer));
    }

    /** Mean time active out of the next {@code time}: β/(s−1) · [1 − (β/(β+t))^(s−1)], which is β ln(1 + t/β) at s = 1. */
    private double activeTime(double from, double time) {
        double log = Math.log1p(time / from);
        return from * log * LogMath.saturation((s - 1) * log);
    }

    private double logOddsStopped(CustomerSummary customer) {
        double n = r + customer.repeats();
        if (customer.age() <= customer.lastAt()) {
            return Double.NEGATIVE_INFINITY;
        }
        double integral = ParetoIntegral.logRelative(n, alpha, s, beta, customer.lastAt(), customer.age());
        double silence = customer.age() - customer.lastAt();
        // The integral is relative to its integrand at t_x; carry that over to the alive term at T.
        return Math.log(s)
                + integral
                - Math.log(beta + customer.lastAt())
                + n * Math.log1p(silence / (alpha + customer.lastAt()))
                + s * Math.log1p(silence / (beta + customer.lastAt()));
    }
}
