package org.assidu.analytics.model;

import java.util.List;

/**
 * Beta-geometric/beta-Bernoulli model of Fader, Hardie &amp; Shang (2010), "Customer-Base Analysis in a Discrete-Time
 * Noncontractual Setting", Marketing Science 29(6): at each opportunity an active customer buys with probability p ~
 * Beta(α, β), and before each opportunity a customer stops with probability θ ~ Beta(γ, δ).
 *
 * <p>Time is counted in opportunities, so a {@link CustomerSummary} holds whole numbers here: x opportunities used, the
 * last of them t_x, out of n. Likelihood: their equation (5). The expectations (8) and (13) are written as sums of
 * positive terms instead of differences of gamma ratios, which are 0/0 at γ = 1.
 */
public record BgBb(double alpha, double beta, double gamma, double delta) {

    public static final List<String> PARAMETER_NAMES = List.of("alpha", "beta", "gamma", "delta");

    private static final double NEGLIGIBLE = 1e-17;

    public List<Double> parameters() {
        return List.of(alpha, beta, gamma, delta);
    }

    public double logLikelihood(CustomerSummary customer) {
        return new Terms(this, opportunities(customer)).logLikelihood(customer);
    }

    /** Sum over all customers. */
    public double logLikelihood(SummaryTable table) {
        int most = 0;
        for (int i = 0; i < table.size(); i++) {
            most = Math.max(most, opportunities(table.row(i)));
        }
        var terms = new Terms(this, most);
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < table.size(); i++) {
            double term = table.count(i) * terms.logLikelihood(table.row(i)) - lost;
            double next = sum + term;
            lost = (next - sum) - term;
            sum = next;
        }
        return sum;
    }

    /** Expected purchases of a new customer in the next opportunities: α/(α+β) Σ_t P(not stopped before t). */
    public double expectedPurchases(int opportunities) {
        return alpha / (alpha + beta) * opportunitiesActive(0, opportunities);
    }

    /** Expected purchases of this customer in the given number of opportunities after the last one observed. */
    public double conditionalExpectedPurchases(CustomerSummary customer, int opportunities) {
        int n = opportunities(customer);
        return LogMath.complement(new Terms(this, n).logOddsStopped(customer))
                * (alpha + customer.repeats())
                / (alpha + beta + n)
                * opportunitiesActive(n, opportunities);
    }

    /** Probability that the customer is still active at the next opportunity, n + 1. */
    public double probabilityAlive(CustomerSummary customer) {
        int n = opportunities(customer);
        return LogMath.complement(new Terms(this, n).logOddsStopped(customer)) * (delta + n) / (gamma + delta + n);
    }

    /** Probability that a new customer uses exactly {@code purchases} of the first opportunities; their equation (7). */
    public double probabilityOfPurchases(int purchases, int opportunities) {
        if (purchases < 0 || purchases > opportunities) {
            return 0;
        }
        var terms = new Terms(this, opportunities);
        double sum = Math.exp(logChoose(opportunities, purchases)
                + terms.logUsed(purchases, opportunities)
                + terms.logActive[opportunities]);
        for (int i = purchases; i < opportunities; i++) {
            sum += Math.exp(logChoose(i, purchases) + terms.logUsed(purchases, i) + terms.logStopsAfter(i));
        }
        return sum;
    }

    /** Mean probability of stopping before an opportunity. */
    double meanDropout() {
        return gamma / (gamma + delta);
    }

    /** Σ over the next opportunities of the probability to be active at each, for one active after {@code seen}. */
    private double opportunitiesActive(int seen, int next) {
        double active = 1;
        double sum = 0;
        for (int k = 0; k < next; k++) {
            active *= (delta + seen + k) / (gamma + delta + seen + k);
            sum += active;
        }
        return sum;
    }

    private static double logChoose(int n, int k) {
        return LogMath.logRising(n - k + 1.0, k) - LogMath.logRising(1, k);
    }

    private static int opportunities(CustomerSummary customer) {
        int n = (int) customer.age();
        if (n != customer.age()
                || customer.lastAt() != Math.rint(customer.lastAt())
                || customer.repeats() > customer.lastAt()) {
            throw new IllegalArgumentException("BG/BB counts opportunities: " + customer.repeats() + " used, last at "
                    + customer.lastAt() + ", of " + customer.age() + " must be whole numbers with x <= t_x");
        }
        return n;
    }

    /** Logarithms of the beta ratios up to a number of opportunities, so that a likelihood takes each of them once. */
    private static final class Terms {

        private final BgBb model;
        private final double[] logBought;
        private final double[] logPassed;
        private final double[] logEither;
        /** ln B(γ, δ+m)/B(γ, δ): active at opportunity m. */
        private final double[] logActive;

        Terms(BgBb model, int most) {
            this.model = model;
            this.logBought = new double[most + 1];
            this.logPassed = new double[most + 1];
            this.logEither = new double[most + 1];
            this.logActive = new double[most + 1];
            for (int m = 0; m < most; m++) {
                logBought[m + 1] = logBought[m] + Math.log(model.alpha + m);
                logPassed[m + 1] = logPassed[m] + Math.log(model.beta + m);
                logEither[m + 1] = logEither[m] + Math.log(model.alpha + model.beta + m);
                logActive[m + 1] = logActive[m] + Math.log1p(-model.gamma / (model.gamma + model.delta + m));
            }
        }

        double logLikelihood(CustomerSummary customer) {
            int n = (int) customer.age();
            return logUsed(customer.repeats(), n) + logActive[n] + LogMath.softplus(logOddsStopped(customer));
        }

        /** ln of (probability of stopping after t_x, and of the data) over (of being active at n, and of the data). */
        double logOddsStopped(CustomerSummary customer) {
            int n = (int) customer.age();
            int lastAt = (int) customer.lastAt();
            int x = customer.repeats();
            double both = model.alpha + model.beta;
            double dropout = model.gamma + model.delta + 1;
            double term = 1;
            double sum = 0;
            for (int m = lastAt; m < n; m++) {
                sum += term;
                // Stopping one opportunity later: once more neither bought nor stopped.
                term *= (model.beta + m - x) * (model.delta + m) / ((both + m) * (dropout + m));
                if (term < NEGLIGIBLE * sum) {
                    break;
                }
            }
            return logUsed(x, lastAt) + logStopsAfter(lastAt) + Math.log(sum) - logUsed(x, n) - logActive[n];
        }

        /** ln B(α+x, β+m−x)/B(α, β): x uses of m opportunities in a given order. */
        double logUsed(int x, int m) {
            return logBought[x] + logPassed[m - x] - logEither[m];
        }

        /** ln of the probability to be active at opportunity m and to stop before the next. */
        double logStopsAfter(int m) {
            return logActive[m] + Math.log(model.gamma / (model.gamma + model.delta + m));
        }
    }
}
