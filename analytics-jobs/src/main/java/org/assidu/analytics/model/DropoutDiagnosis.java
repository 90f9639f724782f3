package org.assidu.analytics.model;

import java.util.Locale;

/**
 * Whether the data say anything about customers stopping for good.
 *
 * <p>On data where silence is no rarer than plain Poisson luck, a dropout model slides to the edge of its parameters and
 * repeats NBD: everyone is alive. That is the absence of evidence about dropout, not evidence of its absence, and
 * P(alive) = 1 must not be shown as a finding.
 *
 * @param gain log-likelihood of the model over NBD on the same customers
 * @param meanDropout of one chance to stop: a/(a+b), or the share of customers gone within one mean age for Pareto/NBD
 */
public record DropoutDiagnosis(PurchaseFamily family, Verdict verdict, double gain, double meanDropout) {

    /** What the fit shows, in order of precedence. */
    public enum Verdict {
        /** NBD: dropout is excluded by assumption. */
        ASSUMED_AWAY,
        /** The gain over NBD is below {@value DropoutDiagnosis#LEAST_GAIN} log-likelihood units. */
        NO_GAIN_OVER_NBD,
        /** The dropout rate goes to zero (a → 0, s → 0, or β → ∞ with s). */
        VANISHES,
        /** Dropout exists but its spread over customers does not show (b → ∞, or s and β → ∞ together). */
        SPREAD_UNKNOWN,
        /** The optimum is interior and dropout earns its parameters. */
        IDENTIFIED
    }

    static final double LEAST_GAIN = 2;
    private static final double VANISHING = 1e-3;
    private static final double HUGE = 1e4;

    /** Standard error over value; above it the 95 % interval spans more than a factor of 50 to either side. */
    private static final double WIDEST_ERROR = 2;

    /** Compares a dropout model with NBD, both fitted on the same customers. */
    public static DropoutDiagnosis of(PurchaseFit fit, PurchaseFit nbd, SummaryTable table) {
        if (nbd.family() != PurchaseFamily.NBD || nbd.customers() != fit.customers()) {
            throw new IllegalArgumentException("dropout is judged against NBD on the same customers, not against "
                    + nbd.family() + " on " + nbd.customers() + " (model: " + fit.customers() + ")");
        }
        double gain = fit.logLikelihood() - nbd.logLikelihood();
        double dropout = meanDropout(fit.model(), table);
        return new DropoutDiagnosis(fit.family(), verdict(fit, gain, dropout), gain, dropout);
    }

    public boolean identified() {
        return verdict == Verdict.IDENTIFIED;
    }

    private static Verdict verdict(PurchaseFit fit, double gain, double dropout) {
        if (!fit.family().hasDropout()) {
            return Verdict.ASSUMED_AWAY;
        }
        if (gain < LEAST_GAIN) {
            return Verdict.NO_GAIN_OVER_NBD;
        }
        if (dropout < VANISHING) {
            return Verdict.VANISHES;
        }
        int shape = fit.family() == PurchaseFamily.PARETO_NBD ? 2 : 3;
        return spreadUnknown(
                        fit.curved(),
                        fit.model().parameters().get(shape),
                        fit.standardErrors().get(shape))
                ? Verdict.SPREAD_UNKNOWN
                : Verdict.IDENTIFIED;
    }

    /** Whether the shape that says how customers differ is at infinity, or might as well be. */
    static boolean spreadUnknown(boolean curved, double shape, double standardError) {
        return !curved || shape > HUGE || standardError > WIDEST_ERROR * shape;
    }

    private static double meanDropout(PurchaseModel model, SummaryTable table) {
        double meanAge = table.observedTime() / table.customers();
        if (model instanceof BgNbd bg) {
            return bg.a() / (bg.a() + bg.b());
        }
        if (model instanceof MbgNbd mbg) {
            return mbg.a() / (mbg.a() + mbg.b());
        }
        if (model instanceof ParetoNbd pareto) {
            return -Math.expm1(-pareto.s() * Math.log1p(meanAge / pareto.beta()));
        }
        return 0;
    }

    /** The verdict in a sentence with its numbers, for the reader of a report. */
    public String explanation() {
        String numbers = String.format(Locale.ROOT, "gain over NBD %.2f log-likelihood units", gain);
        return switch (verdict) {
            case ASSUMED_AWAY -> "NBD assumes that nobody stops; P(alive) = 1 is an assumption, not a finding.";
            case NO_GAIN_OVER_NBD ->
                "Dropout is not identifiable (" + numbers + ", under " + LEAST_GAIN
                        + "): the data do not tell customers who stopped from customers who are between two purchases."
                        + " P(alive) is not shown.";
            case VANISHES ->
                "Dropout is not identifiable (" + numbers + ", dropout rate near zero): the model is at the"
                        + " edge of its parameters. P(alive) is not shown.";
            case SPREAD_UNKNOWN ->
                "Dropout is not identifiable per customer (" + numbers + "): its spread over"
                        + " customers is at the edge of the parameters. P(alive) is not shown.";
            case IDENTIFIED -> "Dropout is identified (" + numbers + ").";
        };
    }
}
