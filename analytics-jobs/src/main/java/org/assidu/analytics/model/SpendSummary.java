package org.assidu.analytics.model;

/**
 * What the spend model knows about one customer: repeat purchases with a positive amount and their mean, the first
 * purchase excluded.
 */
public record SpendSummary(int purchases, double meanSpend) {

    public SpendSummary {
        if (purchases <= 0 || !(meanSpend > 0) || meanSpend == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "not a repeater with positive spend: purchases=" + purchases + " meanSpend=" + meanSpend);
        }
    }
}
