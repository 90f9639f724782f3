package org.assidu.analytics.model;

/**
 * How far predictions per customer were from what happened.
 *
 * @param meanAbsoluteError per customer
 * @param rootMeanSquareError per customer
 * @param correlation of Pearson; NaN when either side is constant
 */
public record PredictionError(
        double predictedTotal,
        double actualTotal,
        double meanAbsoluteError,
        double rootMeanSquareError,
        double correlation) {

    private static final double ROUNDING = 1e-9;

    /** Compares two lists of the same length and order, which must not be empty. */
    public static PredictionError between(double[] predicted, double[] actual) {
        double predictedTotal = 0;
        double actualTotal = 0;
        double absolute = 0;
        double squared = 0;
        for (int i = 0; i < predicted.length; i++) {
            double error = predicted[i] - actual[i];
            predictedTotal += predicted[i];
            actualTotal += actual[i];
            absolute += Math.abs(error);
            squared += error * error;
        }
        return new PredictionError(
                predictedTotal,
                actualTotal,
                absolute / predicted.length,
                Math.sqrt(squared / predicted.length),
                correlation(predicted, actual));
    }

    static double correlation(double[] left, double[] right) {
        double leftMean = mean(left);
        double rightMean = mean(right);
        double leftSquares = 0;
        double rightSquares = 0;
        double products = 0;
        for (int i = 0; i < left.length; i++) {
            leftSquares += (left[i] - leftMean) * (left[i] - leftMean);
            rightSquares += (right[i] - rightMean) * (right[i] - rightMean);
            products += (left[i] - leftMean) * (right[i] - rightMean);
        }
        boolean constant =
                isConstant(leftSquares, leftMean, left.length) || isConstant(rightSquares, rightMean, right.length);
        return constant ? Double.NaN : products / Math.sqrt(leftSquares * rightSquares);
    }

    /** Whether what varies is the rounding of the mean. */
    private static boolean isConstant(double squares, double mean, int count) {
        return squares <= count * (ROUNDING * mean) * (ROUNDING * mean);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
