package org.assidu.analytics.model;

/**
 * Turnover as members × orders a member × value an order, and the part of its change each factor accounts for.
 *
 * <p>Logarithmic mean decomposition (Ang 2005, LMDI-I): the effect of a factor f is L(R₁, R₀)·ln(f₁/f₀) with
 * L(a, b) = (a − b)/ln(a/b). The effects add up to the change exactly, in any order.
 */
public record RevenueTree(long members, long orders, long turnoverMinor) {

    /** Effects in minor units; they add up to the change of turnover. */
    public record Effects(double members, double frequency, double basket) {}

    public double ordersPerMember() {
        return (double) orders / members;
    }

    public double orderMinor() {
        return (double) turnoverMinor / orders;
    }

    /** What changed from an earlier period to this one; both have turnover. */
    public Effects since(RevenueTree earlier) {
        double scale = turnoverMinor == earlier.turnoverMinor
                ? turnoverMinor
                : (turnoverMinor - earlier.turnoverMinor) / Math.log((double) turnoverMinor / earlier.turnoverMinor);
        return new Effects(
                scale * Math.log((double) members / earlier.members),
                scale * Math.log(ordersPerMember() / earlier.ordersPerMember()),
                scale * Math.log(orderMinor() / earlier.orderMinor()));
    }
}
