package org.assidu.analytics.clv;

import java.time.LocalDate;
import java.util.List;

/**
 * Customers with the days on which they bought; several rows of a customer on one day are one purchase.
 *
 * @param customers in the order of their names
 * @param rows data rows read
 * @param anonymousRows rows left out because they name no customer
 * @param refundDays customer-days left out because their spend is below zero: returns, no purchase
 */
public record Transactions(
        List<Customer> customers,
        LocalDate firstDay,
        LocalDate lastDay,
        boolean withSpend,
        long rows,
        long anonymousRows,
        long refundDays) {

    /**
     * One customer.
     *
     * @param days ascending
     * @param spend of each day; all zero where the file has no spend
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Customer(String name, LocalDate[] days, double[] spend) {

        /** How many purchase days lie on or before a day. */
        int until(LocalDate end) {
            int count = 0;
            while (count < days.length && !days[count].isAfter(end)) {
                count++;
            }
            return count;
        }
    }
}
