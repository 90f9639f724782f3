package org.assidu.analytics.model;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/** Logarithms of gamma and beta ratios, and functions with removable singularities, without overflow or cancellation. */
final class LogMath {

    /** Below this many factors a sum of logarithms is both cheaper and more exact than a difference of log gammas. */
    private static final int DIRECT_FACTORS = 64;

    private LogMath() {}

    /** ln Γ(base + n) − ln Γ(base). */
    static double logRising(double base, int n) {
        if (n > DIRECT_FACTORS) {
            return Gamma.logGamma(base + n) - Gamma.logGamma(base);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(base + i);
        }
        return sum;
    }

    /** ln B(a, b + n) − ln B(a, b): the log probability of surviving n independent chances under a beta mixture. */
    static double logSurvival(double a, double b, int n) {
        if (n > DIRECT_FACTORS) {
            return Beta.logBeta(a, b + n) - Beta.logBeta(a, b);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log1p(-a / (a + b + i));
        }
        return sum;
    }

    /** ln(1 + e^u). */
    static double softplus(double u) {
        return u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u));
    }

    /** 1 / (1 + e^u). */
    static double complement(double u) {
        return u > 0 ? Math.exp(-u) / (1 + Math.exp(-u)) : 1 / (1 + Math.exp(u));
    }

    /** (1 − e^−z) / z, which is 1 at z = 0. */
    static double saturation(double z) {
        return Math.abs(z) < 1e-12 ? 1 - z / 2 : -Math.expm1(-z) / z;
    }
}
