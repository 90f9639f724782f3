package org.assidu.analytics.clv;

import org.assidu.analytics.model.SummaryTable;

/**
 * Customers who are first seen in the first tenth of the calibration. Where they are far more than a tenth, the file
 * begins later than the shop: what they bought before is not in it (left truncation), and the models take them for new.
 *
 * @param customers so many
 * @param of all of the calibration
 */
record EarlyCustomers(long customers, long of) {

    private static final double FIRST_PART = 0.1;
    private static final double SUSPICIOUS = 2 * FIRST_PART;

    static EarlyCustomers in(SummaryTable table) {
        double longest = 0;
        for (int i = 0; i < table.size(); i++) {
            longest = Math.max(longest, table.row(i).age());
        }
        long early = 0;
        for (int i = 0; i < table.size(); i++) {
            early += table.row(i).age() >= (1 - FIRST_PART) * longest ? table.count(i) : 0;
        }
        return new EarlyCustomers(early, table.customers());
    }

    double share() {
        return (double) customers / of;
    }

    /** Twice what a steady inflow of new customers brings. */
    boolean isSuspicious() {
        return share() >= SUSPICIOUS;
    }
}
