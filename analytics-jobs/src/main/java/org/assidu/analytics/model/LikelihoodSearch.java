package org.assidu.analytics.model;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.jspecify.annotations.Nullable;

/**
 * Maximises a log-likelihood over log parameters: Nelder-Mead until it stalls, then Newton steps on finite differences,
 * which land on the optimum to well under a thousandth of a standard error and leave the Hessian for the errors.
 *
 * <p>Likelihoods without an interior optimum run away along a flat ridge (a → 0, b → ∞). Parameters are therefore held
 * within e^±{@value #LIMIT} of the start's scale-free origin; a point there, or without negative curvature, is reported as {@code
 * !curved} and left to the {@link DropoutDiagnosis}.
 */
final class LikelihoodSearch {

    static final double LIMIT = 16;
    private static final double DIFFERENCE = 1e-3;
    private static final double STALLED = 1e-4;
    private static final double SETTLED = 1e-9;
    private static final int RESTARTS = 6;
    private static final int NEWTON_STEPS = 12;
    private static final int EVALUATIONS = 3_000;

    private final ToDoubleFunction<double[]> logLikelihood;
    private int evaluations;

    LikelihoodSearch(ToDoubleFunction<double[]> logLikelihood) {
        this.logLikelihood = logLikelihood;
    }

    /**
     * Where a search ended.
     *
     * @param point log parameters
     * @param curved whether the log-likelihood bends down in every direction there
     * @param covariance of the log parameters; null unless curved
     */
    record Optimum(double[] point, double logLikelihood, boolean curved, double @Nullable [][] covariance, int calls) {}

    Optimum from(double[] start) {
        double[] best = start.clone();
        double value = valueAt(best);
        double size = 0.6;
        for (int restart = 0; restart < RESTARTS; restart++) {
            best = simplex(best, size);
            Optimum optimum = newton(best);
            double gain = optimum.logLikelihood() - value;
            best = optimum.point();
            value = optimum.logLikelihood();
            if (optimum.curved() || (restart > 0 && gain < STALLED)) {
                return optimum;
            }
            size = 1.5;
        }
        return new Optimum(best, value, false, null, evaluations);
    }

    /** From a point near the optimum, such as that of a part of the data. */
    Optimum near(double[] point) {
        Optimum optimum = newton(point);
        return optimum.curved() ? optimum : from(optimum.point());
    }

    private double[] simplex(double[] start, double size) {
        var optimizer = new SimplexOptimizer(new SimpleValueChecker(-1, STALLED));
        try {
            return optimizer
                    .optimize(
                            new MaxEval(EVALUATIONS),
                            new ObjectiveFunction(this::valueAt),
                            GoalType.MAXIMIZE,
                            new InitialGuess(start),
                            new NelderMeadSimplex(start.length, size))
                    .getPoint();
        } catch (MathIllegalStateException exhausted) {
            throw new IllegalStateException(
                    "likelihood search did not settle within " + EVALUATIONS + " evaluations from log parameters "
                            + Arrays.toString(start) + "; try other starts",
                    exhausted);
        }
    }

    private Optimum newton(double[] start) {
        double[] point = start;
        double value = valueAt(point);
        for (int i = 0; i < NEWTON_STEPS; i++) {
            RealMatrix information = information(point, value);
            CholeskyDecomposition factor = factor(information);
            if (factor == null || atLimit(point)) {
                break;
            }
            double[] gradient = gradient(point);
            double[] step = factor.getSolver()
                    .solve(MatrixUtils.createRealVector(gradient))
                    .toArray();
            double promised = dot(gradient, step) / 2;
            if (promised < SETTLED) {
                double[][] covariance = factor.getSolver().getInverse().getData();
                return new Optimum(point, value, true, covariance, evaluations);
            }
            double[] next = moved(point, step, value);
            if (next == point) {
                break;
            }
            point = next;
            value = valueAt(point);
        }
        return new Optimum(point, value, false, null, evaluations);
    }

    /** The point after the longest of the halved steps that does not lose likelihood, or the same point. */
    private double[] moved(double[] point, double[] step, double value) {
        double longest = Arrays.stream(step).map(Math::abs).max().orElse(0);
        double scale = Math.min(1, 1 / longest);
        for (int halving = 0; halving < 12; halving++, scale /= 2) {
            double[] next = point.clone();
            for (int i = 0; i < next.length; i++) {
                next[i] += scale * step[i];
            }
            if (valueAt(next) >= value - SETTLED) {
                return next;
            }
        }
        return point;
    }

    private double[] gradient(double[] point) {
        double[] gradient = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            gradient[i] = (shifted(point, i, DIFFERENCE, i, 0) - shifted(point, i, -DIFFERENCE, i, 0)) / 2 / DIFFERENCE;
        }
        return gradient;
    }

    /** Minus the Hessian. */
    private RealMatrix information(double[] point, double value) {
        double square = DIFFERENCE * DIFFERENCE;
        RealMatrix matrix = new Array2DRowRealMatrix(point.length, point.length);
        for (int i = 0; i < point.length; i++) {
            double up = shifted(point, i, DIFFERENCE, i, 0);
            double down = shifted(point, i, -DIFFERENCE, i, 0);
            matrix.setEntry(i, i, -(up - 2 * value + down) / square);
            for (int j = 0; j < i; j++) {
                double mixed = shifted(point, i, DIFFERENCE, j, DIFFERENCE)
                        - shifted(point, i, DIFFERENCE, j, -DIFFERENCE)
                        - shifted(point, i, -DIFFERENCE, j, DIFFERENCE)
                        + shifted(point, i, -DIFFERENCE, j, -DIFFERENCE);
                matrix.setEntry(i, j, -mixed / 4 / square);
                matrix.setEntry(j, i, -mixed / 4 / square);
            }
        }
        return matrix;
    }

    private static @Nullable CholeskyDecomposition factor(RealMatrix information) {
        try {
            return new CholeskyDecomposition(information, 1e-6, 1e-3);
        } catch (RuntimeException notPositiveDefinite) {
            return null;
        }
    }

    private double shifted(double[] point, int i, double byI, int j, double byJ) {
        double[] moved = point.clone();
        moved[i] += byI;
        moved[j] += byJ;
        return valueAt(moved);
    }

    double valueAt(double[] point) {
        evaluations++;
        double[] held = point.clone();
        double outside = 0;
        for (int i = 0; i < held.length; i++) {
            held[i] = Math.max(-LIMIT, Math.min(LIMIT, held[i]));
            outside += Math.abs(point[i] - held[i]);
        }
        double value = logLikelihood.applyAsDouble(held);
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value - outside;
    }

    private static boolean atLimit(double[] point) {
        return Arrays.stream(point).anyMatch(value -> Math.abs(value) > LIMIT - 2 * DIFFERENCE);
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
