package org.assidu.analytics.model.persona;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Puts features on one scale: log1p where the feature says so, then centre and spread.
 *
 * <p>{@link #robust} uses median and interquartile range, so that a few huge accounts do not set the scale for all;
 * {@link #standard} uses mean and standard deviation. A feature without spread is worth nothing and becomes 0.
 */
public final class Scaler {

    /** Interquartile range of a normal distribution in standard deviations. */
    private static final double NORMAL_QUARTILES = 1.3489795003921634;

    private final List<Feature> features;
    private final double[] centres;
    private final double[] spreads;

    private Scaler(List<Feature> features, double[] centres, double[] spreads) {
        this.features = features;
        this.centres = centres;
        this.spreads = spreads;
    }

    public static Scaler robust(FeatureMatrix matrix) {
        return of(matrix, all(matrix), true);
    }

    public static Scaler standard(FeatureMatrix matrix) {
        return of(matrix, all(matrix), false);
    }

    /** Mean and standard deviation over some rows only. */
    static Scaler standard(FeatureMatrix matrix, int[] rows) {
        return of(matrix, rows, false);
    }

    private static int[] all(FeatureMatrix matrix) {
        return IntStream.range(0, matrix.size()).toArray();
    }

    private static Scaler of(FeatureMatrix matrix, int[] rows, boolean robust) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("no member to scale features on");
        }
        int columns = matrix.features().size();
        double[] centres = new double[columns];
        double[] spreads = new double[columns];
        for (int j = 0; j < columns; j++) {
            Feature feature = matrix.features().get(j);
            double[] column = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                column[i] = shaped(feature, matrix.value(rows[i], j));
            }
            double[] sorted = column.clone();
            Arrays.sort(sorted);
            double mean = Arrays.stream(sorted).sum() / sorted.length;
            double deviation = Math.sqrt(Arrays.stream(sorted)
                            .map(value -> (value - mean) * (value - mean))
                            .sum()
                    / sorted.length);
            double quartiles = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / NORMAL_QUARTILES;
            centres[j] = robust ? quantile(sorted, 0.5) : mean;
            spreads[j] = robust && quartiles > 0 ? quartiles : deviation;
        }
        return new Scaler(matrix.features(), centres, spreads);
    }

    /** Scaled value of one feature. */
    public double scaled(FeatureMatrix matrix, int row, int feature) {
        return scaled(features.get(feature), matrix.value(row, feature), centres[feature], spreads[feature]);
    }

    static double scaled(Feature feature, double value, double centre, double spread) {
        return spread < 1e-12 ? 0 : (shaped(feature, value) - centre) / spread;
    }

    double centre(int feature) {
        return centres[feature];
    }

    double spread(int feature) {
        return spreads[feature];
    }

    /** Scaled values of the clustering features of one member. */
    double[] point(FeatureMatrix matrix, int row) {
        return IntStream.range(0, features.size())
                .filter(j -> features.get(j).clustering())
                .mapToDouble(j -> scaled(matrix, row, j))
                .toArray();
    }

    private static double shaped(Feature feature, double value) {
        return feature.logged() ? Math.log1p(Math.max(value, 0)) : value;
    }

    /** Linear between order statistics. */
    static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
