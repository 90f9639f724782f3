package org.assidu.analytics.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws customers from a purchase model: rates and dropout per customer, then one purchase after the other. Serves the
 * parametric bootstrap; the same seed gives the same customers.
 */
public final class PurchaseSimulator {

    private final PurchaseModel model;
    private final SplittableRandom random;

    public PurchaseSimulator(PurchaseModel model, long seed) {
        this.model = model;
        this.random = new SplittableRandom(seed);
    }

    /** A customer drawn over calibration and the time after it. */
    public record Drawn(CustomerSummary customer, int purchasesAfter) {}

    /** One customer for each given age. */
    public List<CustomerSummary> customers(List<Double> ages) {
        var drawn = new ArrayList<CustomerSummary>(ages.size());
        for (double age : ages) {
            drawn.add(draw(age, 0).customer());
        }
        return drawn;
    }

    public Drawn draw(double age, double timeAfter) {
        double rate = gamma(first(), second());
        double end = lifetime();
        double stop = stopProbability();
        int repeats = 0;
        int after = 0;
        double lastAt = 0;
        double at = 0;
        boolean active = model.family() != PurchaseFamily.MBG_NBD || random.nextDouble() >= stop;
        while (active) {
            at += -Math.log(1 - random.nextDouble()) / rate;
            if (at > Math.min(end, age + timeAfter)) {
                break;
            }
            if (at <= age) {
                repeats++;
                lastAt = at;
            } else {
                after++;
            }
            active = random.nextDouble() >= stop;
        }
        return new Drawn(new CustomerSummary(repeats, lastAt, age), after);
    }

    private double first() {
        return model.parameters().get(0);
    }

    private double second() {
        return model.parameters().get(1);
    }

    private double lifetime() {
        return model instanceof ParetoNbd pareto
                ? -Math.log(1 - random.nextDouble()) / gamma(pareto.s(), pareto.beta())
                : Double.POSITIVE_INFINITY;
    }

    private double stopProbability() {
        if (model instanceof BgNbd bg) {
            return beta(bg.a(), bg.b());
        }
        return model instanceof MbgNbd mbg ? beta(mbg.a(), mbg.b()) : 0;
    }

    private double beta(double a, double b) {
        double x = gamma(a, 1);
        double y = gamma(b, 1);
        return x + y > 0 ? x / (x + y) : 0;
    }

    /** Marsaglia &amp; Tsang (2000), with the usual boost for shapes below one. */
    private double gamma(double shape, double rate) {
        if (shape < 1) {
            double boost = Math.log(1 - random.nextDouble()) / shape;
            return gamma(shape + 1, rate) * Math.exp(boost);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = random.nextGaussian();
            double cube = 1 + c * normal;
            cube = cube * cube * cube;
            if (cube > 0
                    && Math.log(1 - random.nextDouble()) < normal * normal / 2 + d - d * cube + d * Math.log(cube)) {
                return d * cube / rate;
            }
        }
    }
}
