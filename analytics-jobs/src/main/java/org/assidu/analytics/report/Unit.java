package org.assidu.analytics.report;

/** How a number is to be read; decides its format in a table, on an axis, and in CSV and JSON. */
public enum Unit {
    /** {@link Text} or {@link String}. */
    TEXT,
    /** A whole number of things. */
    COUNT,
    /** Minor units of the run's currency: a {@code Long} when exact, a {@code Double} for a mean. */
    MONEY,
    /** Micropoints ({@code Long}), shown as points. */
    POINTS,
    /** A ratio (1 = 100 %), shown as a percentage. */
    SHARE,
    /** A number with two decimals. */
    DECIMAL,
    /** A number with four decimals, for model parameters and coefficients. */
    COEFFICIENT,
    /** A whole number or mean of days. */
    DAYS,
    /** A {@link java.time.LocalDate}. */
    DATE
}
