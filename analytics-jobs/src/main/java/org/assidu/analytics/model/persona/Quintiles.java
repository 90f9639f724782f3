package org.assidu.analytics.model.persona;

import java.util.Arrays;

/**
 * Scores 1 to 5 by rank. Equal values share the score of their middle rank, so a score does not depend on the order of
 * members; where one value is very common (a single order), the scores beside it may stay empty.
 */
final class Quintiles {

    private Quintiles() {}

    static int[] of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int[] scores = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int below = firstAtLeast(sorted, values[i]);
            int upTo = firstAtLeast(sorted, Math.nextUp(values[i]));
            double middle = (below + upTo) / 2.0 / values.length;
            scores[i] = Math.min(5, 1 + (int) (5 * middle));
        }
        return scores;
    }

    private static int firstAtLeast(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
