package org.assidu.analytics.model;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The purchase model to use, and why.
 *
 * <p>Models whose dropout is not identified are out, NBD stays in. Of the rest the hold-out decides, since it measures
 * what the model is used for; where two are within one per cent of each other, the likelihood does. Without a hold-out,
 * the Bayesian criterion decides alone.
 *
 * @param reason for the reader, with both rankings
 */
public record ModelChoice(Candidate chosen, Reason reason, String explanation) {

    private static final double SAME_ERROR = 0.01;

    /** What decided. */
    public enum Reason {
        /** No dropout model is identified; NBD is what is left. */
        ONLY_NBD_IDENTIFIED,
        /** Likelihood and hold-out agree. */
        LIKELIHOOD_AND_HOLD_OUT,
        /** The hold-out prefers another model than the likelihood, by more than one per cent of its error. */
        HOLD_OUT_OVER_LIKELIHOOD,
        /** Hold-out errors are within one per cent, so the likelihood decides. */
        LIKELIHOOD_OF_EQUALS,
        /** There is no hold-out. */
        LIKELIHOOD_ALONE
    }

    /** A fitted model with its diagnosis and hold-out error; {@code error} is NaN-filled when there is no hold-out. */
    public record Candidate(PurchaseFit fit, DropoutDiagnosis diagnosis, PredictionError error) {

        boolean eligible() {
            return diagnosis.identified() || diagnosis.verdict() == DropoutDiagnosis.Verdict.ASSUMED_AWAY;
        }

        private double absoluteError() {
            return error.meanAbsoluteError();
        }
    }

    public static ModelChoice of(List<Candidate> candidates) {
        List<Candidate> eligible =
                candidates.stream().filter(Candidate::eligible).toList();
        if (eligible.isEmpty()) {
            throw new IllegalArgumentException("no model to choose from: fit NBD too, it is always identified");
        }
        Candidate likeliest = eligible.stream()
                .min(Comparator.comparingDouble(candidate -> candidate.fit().bayesianCriterion()))
                .orElseThrow();
        if (eligible.stream().noneMatch(candidate -> candidate.fit().family().hasDropout())) {
            return new ModelChoice(likeliest, Reason.ONLY_NBD_IDENTIFIED, "NBD: no dropout model is identified here.");
        }
        if (Double.isNaN(likeliest.absoluteError())) {
            return new ModelChoice(
                    likeliest, Reason.LIKELIHOOD_ALONE, name(likeliest) + ": likeliest; there is no hold-out.");
        }
        Candidate closest = eligible.stream()
                .min(Comparator.comparingDouble(Candidate::absoluteError))
                .orElseThrow();
        return byBoth(likeliest, closest);
    }

    private static ModelChoice byBoth(Candidate likeliest, Candidate closest) {
        String errors = String.format(
                Locale.ROOT,
                "mean absolute error %.3f of %s, %.3f of %s; log-likelihood %.1f and %.1f",
                closest.absoluteError(),
                name(closest),
                likeliest.absoluteError(),
                name(likeliest),
                closest.fit().logLikelihood(),
                likeliest.fit().logLikelihood());
        if (closest == likeliest) {
            return new ModelChoice(
                    closest,
                    Reason.LIKELIHOOD_AND_HOLD_OUT,
                    name(closest) + ": likeliest, and closest to the hold-out.");
        }
        boolean same = likeliest.absoluteError() <= closest.absoluteError() * (1 + SAME_ERROR);
        return same
                ? new ModelChoice(
                        likeliest,
                        Reason.LIKELIHOOD_OF_EQUALS,
                        name(likeliest) + ": likeliest, and within 1 % of " + name(closest) + " on the hold-out ("
                                + errors + ").")
                : new ModelChoice(
                        closest,
                        Reason.HOLD_OUT_OVER_LIKELIHOOD,
                        name(closest) + ": closest to the hold-out; " + name(likeliest) + " is likelier (" + errors
                                + ").");
    }

    private static String name(Candidate candidate) {
        return candidate.fit().family().label();
    }
}
