package org.assidu.analytics.model;

import java.util.List;

/**
 * A fitted model of repeat purchases: how often a customer buys while active, and when a customer stops for good.
 *
 * <p>Every time is in the unit of the data the model was fitted on. Expectations count purchase occasions, not money.
 */
public sealed interface PurchaseModel permits BgNbd, MbgNbd, Nbd, ParetoNbd {

    PurchaseFamily family();

    /** Values in the order of {@link PurchaseFamily#parameterNames()}. */
    List<Double> parameters();

    /** The part of a customer's log-likelihood that depends on the number of repeats only. */
    double logLikelihoodOfRepeats(int repeats);

    /** The rest of a customer's log-likelihood. */
    double logLikelihoodOfTiming(CustomerSummary customer);

    /** Expected repeat purchases of a random new customer in the time after the first purchase: E[X(t)]. */
    double expectedPurchases(double time);

    /** Expected purchases of this customer in the given time after the end of observation. */
    double conditionalExpectedPurchases(CustomerSummary customer, double time);

    /** Probability that the customer has not stopped for good by the end of observation. */
    double probabilityAlive(CustomerSummary customer);

    default String name() {
        return family().label();
    }

    default double logLikelihood(CustomerSummary customer) {
        return logLikelihoodOfRepeats(customer.repeats()) + logLikelihoodOfTiming(customer);
    }

    /** Sum over all customers, compensated so that finite differences of it stay meaningful. */
    default double logLikelihood(SummaryTable table) {
        double sum = 0;
        double lost = 0;
        int repeats = -1;
        double ofRepeats = 0;
        for (int i = 0; i < table.size(); i++) {
            CustomerSummary row = table.row(i);
            if (row.repeats() != repeats) {
                repeats = row.repeats();
                ofRepeats = logLikelihoodOfRepeats(repeats);
            }
            double term = table.count(i) * (ofRepeats + logLikelihoodOfTiming(row)) - lost;
            double next = sum + term;
            lost = (next - sum) - term;
            sum = next;
        }
        return sum;
    }
}
