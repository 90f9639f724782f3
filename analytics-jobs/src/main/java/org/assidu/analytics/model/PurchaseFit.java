package org.assidu.analytics.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A purchase model fitted by maximum likelihood.
 *
 * @param standardErrors of the parameters, from the curvature of the log-likelihood; NaN where it is flat
 * @param curved whether the optimum is an interior one, so that parameters and errors mean something
 * @param starts how the search ended from each start, in order; the model is the best of them
 * @param customers number of customers behind the likelihood
 */
public record PurchaseFit(
        PurchaseModel model,
        double logLikelihood,
        List<Double> standardErrors,
        boolean curved,
        List<Start> starts,
        long customers) {

    /**
     * The end of one search.
     *
     * @param evaluations how often the likelihood was computed
     */
    public record Start(List<Double> parameters, double logLikelihood, boolean curved, int evaluations) {}

    public PurchaseFamily family() {
        return model.family();
    }

    /** 95 % intervals of the parameters, in their order. */
    public List<Interval> intervals() {
        List<Double> values = model.parameters();
        return IntStream.range(0, values.size())
                .mapToObj(i -> Interval.ofPositive(values.get(i), standardErrors.get(i)))
                .toList();
    }

    /** Bayesian information criterion: lower is better. */
    public double bayesianCriterion() {
        return family().parameterNames().size() * Math.log((double) customers) - 2 * logLikelihood;
    }
}
