package org.assidu.analytics.model;

/** A 95 % interval; both ends NaN where the likelihood is flat. */
public record Interval(double low, double high) {

    private static final double Z_95 = 1.959963984540054;

    /**
     * Of a positive parameter, symmetric in its logarithm, where the likelihood is closer to a parabola than in the
     * parameter itself and where an interval cannot reach below zero.
     */
    static Interval ofPositive(double value, double standardError) {
        double width = Z_95 * standardError / value;
        return new Interval(value * Math.exp(-width), value * Math.exp(width));
    }
}
