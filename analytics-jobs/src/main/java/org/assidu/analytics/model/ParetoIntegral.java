package org.assidu.analytics.model;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * ∫ (β+y)^−(s+1) (α+y)^−n dy from t_x to T, relative to the integrand at t_x.
 *
 * <p>With c = min(α, β) and c + y = (c + t_x) e^u the integrand becomes analytic for |Im u| &lt; π, and the logarithm of
 * it falls at most by n + s + 1 per unit of u. Gauss-Legendre panels of 16 nodes, at most 2.5 long and each covering a
 * fall of at most e^−14, then leave an error near 1e-14, or n · 1e-16, whatever the parameters; thousands of purchases only shorten the
 * panels, and the walk ends where the rest no longer counts.
 */
final class ParetoIntegral {

    private static final int NODES = 16;
    private static final double LONGEST_PANEL = 2.5;
    private static final double STEEPEST_PANEL = 14;
    private static final double NEGLIGIBLE = 1e-17;
    private static final double[] POINTS = new double[NODES];
    private static final double[] WEIGHTS = new double[NODES];

    static {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(NODES);
        for (int i = 0; i < NODES; i++) {
            POINTS[i] = rule.getPoint(i);
            WEIGHTS[i] = rule.getWeight(i);
        }
    }

    private ParetoIntegral() {}

    /** ln of the integral over (α+t_x)^−n (β+t_x)^−(s+1). Needs from &lt; to. */
    static double logRelative(double n, double alpha, double s, double beta, double from, double to) {
        double start = Math.min(alpha, beta) + from;
        double end = Math.log1p((to - from) / start);
        double toAlpha = (alpha + from) / start;
        double toBeta = (beta + from) / start;
        double sum = 0;
        double u = 0;
        while (u < end) {
            double length = Math.min(LONGEST_PANEL, end - u);
            double grown = Math.expm1(u + length);
            while (length * fall(n, s, toAlpha, toBeta, grown) > STEEPEST_PANEL) {
                length /= 2;
                grown = Math.expm1(u + length);
            }
            double panel = panel(n, s, toAlpha, toBeta, u, length);
            sum += panel;
            u += length;
            double slope = fall(n, s, toAlpha, toBeta, grown) - 1;
            if (slope > 0 && value(n, s, toAlpha, toBeta, u) < NEGLIGIBLE * sum * slope) {
                break;
            }
        }
        return Math.log(sum) + Math.log(start);
    }

    private static double panel(double n, double s, double toAlpha, double toBeta, double u, double length) {
        double sum = 0;
        double half = length / 2;
        for (int i = 0; i < NODES; i++) {
            sum += WEIGHTS[i] * value(n, s, toAlpha, toBeta, u + half * (1 + POINTS[i]));
        }
        return half * sum;
    }

    /**
     * The integrand times dy/du; both distances are relative to c + t_x, so one of them is 1 and its logarithm is u.
     * Logarithm and exponential are compiled to a few instructions each, unlike log1p and expm1: what they lose near
     * u = 0 is below n · 1e-16 of the integrand.
     */
    private static double value(double n, double s, double toAlpha, double toBeta, double u) {
        double growth = Math.exp(u);
        double alpha = toAlpha == 1 ? u : Math.log(1 + (growth - 1) / toAlpha);
        double beta = toBeta == 1 ? u : Math.log(1 + (growth - 1) / toBeta);
        return growth * Math.exp(-(n * alpha + (s + 1) * beta));
    }

    /** How fast −ln of the integrand rises with u. */
    private static double fall(double n, double s, double toAlpha, double toBeta, double grown) {
        return n * (1 + grown) / (toAlpha + grown) + (s + 1) * (1 + grown) / (toBeta + grown);
    }
}
