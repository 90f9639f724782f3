package org.assidu.analytics.model;

/**
 * Expected purchases in a time t of a customer who is active at its start, stops after each purchase with probability
 * p ~ Beta(a, b) and buys at a rate λ ~ Gamma(r, α).
 *
 * <p>Fader, Hardie &amp; Lee (2005) give it as (a+b−1)/(a−1) · [1 − (α/(α+t))^r ₂F₁(r, b; a+b−1; t/(α+t))], which is 0/0
 * at a = 1, undefined at a + b = 1 and cancels badly near both. Two forms without these holes are used instead:
 *
 * <ul>
 *   <li>the sum Σ_j P(K &gt; j) · (b)_j/(a+b)_j with K ~ NB(r, t/(α+t)), the purchases that would happen without dropout:
 *       purchase j+1 counts if it is due and the customer survived j chances to stop. All terms are positive.
 *   <li>the mean over p ~ Beta(a, b) of h(p) = (1 − (1 + pt/α)^−r)/p, by the trapezoid rule in logit p, for horizons
 *       where the sum would be long.
 * </ul>
 */
final class GeometricDropout {

    private static final double LONGEST_SUM = 2_000;
    private static final double NEGLIGIBLE = 1e-17;
    private static final double UNDERFLOWING = 1e-60;

    /** In logit p the integrand is analytic for |Im| &lt; π/2 at least, so this step leaves an error near e^−49. */
    private static final double STEP = 0.2;

    private GeometricDropout() {}

    static double expectedPurchases(double r, double alpha, double a, double b, double time) {
        if (time <= 0) {
            return 0;
        }
        double mean = r * time / alpha;
        double deviation = Math.sqrt(mean * (1 + time / alpha));
        double terms = mean + 10 * deviation + 40 * (1 + time / alpha);
        return terms < LONGEST_SUM ? bySum(r, alpha, a, b, time) : byQuadrature(r, alpha, a, b, time);
    }

    static double bySum(double r, double alpha, double a, double b, double time) {
        double due = time / (alpha + time);
        double logMass = -r * Math.log1p(time / alpha);
        if (logMass < -700) {
            return byQuadrature(r, alpha, a, b, time);
        }
        double mass = Math.exp(logMass);
        double tail = -Math.expm1(logMass);
        double survival = 1;
        double sum = 0;
        // Past the mode the masses shrink by at least the factor `ratio`, which bounds what is left of the tail.
        for (int j = 0; ; j++) {
            sum += tail * survival;
            survival *= (b + j) / (a + b + j);
            double ratio = due * (r + j) / (j + 1);
            mass *= ratio;
            double nextRatio = Math.max(due, due * (r + j + 1) / (j + 2));
            if (nextRatio < 1 && mass / ((1 - nextRatio) * (1 - nextRatio)) * survival <= NEGLIGIBLE * sum) {
                return sum;
            }
            tail = Math.max(tail - mass, 0);
        }
    }

    static double byQuadrature(double r, double alpha, double a, double b, double time) {
        double scale = time / alpha;
        double atZero = r * scale;
        double atOne = -Math.expm1(-r * Math.log1p(scale));
        // The chord through both ends is averaged exactly; what remains vanishes at p = 0 and p = 1, so that even a
        // beta piled up at its ends is integrated by a few nodes. The mean of p(1 − p) is known and sets the scale.
        double chord = (b * atZero + a * atOne) / (a + b);
        double width = Math.sqrt(1 / (a + 1) + 1 / (b + 1));
        double step = Math.min(STEP, width / 2);
        double centre = Math.log((a + 1) / (b + 1));
        double peak = -(a + 1) * LogMath.softplus(-centre) - (b + 1) * LogMath.softplus(centre);
        double sum = 0;
        double scaleSum = 0;
        for (int side = -1; side <= 1; side += 2) {
            for (int i = side < 0 ? 1 : 0; ; i++) {
                double v = centre + side * i * step;
                double logP = -LogMath.softplus(-v);
                double logQ = -LogMath.softplus(v);
                double p = Math.exp(logP);
                double q = Math.exp(logQ);
                double h = atZero * LogMath.saturation(r * Math.log1p(p * scale)) * logRatio(p * scale);
                double weight = Math.exp((a + 1) * logP + (b + 1) * logQ - peak);
                // Negative throughout, because h is convex.
                double term = weight * ((h - q * atZero - p * atOne) / p / q);
                sum += term;
                scaleSum += weight;
                boolean spent = Math.abs(term) <= NEGLIGIBLE * Math.abs(sum);
                if (weight < NEGLIGIBLE && (spent || weight < UNDERFLOWING)) {
                    break;
                }
            }
        }
        return chord + sum / scaleSum * (a / (a + b)) * (b / (a + b + 1));
    }

    /** ln(1 + z)/z, which is 1 at z = 0. */
    private static double logRatio(double z) {
        return z < 1e-12 ? 1 - z / 2 : Math.log1p(z) / z;
    }
}
