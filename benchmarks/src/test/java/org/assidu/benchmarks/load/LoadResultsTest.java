package org.assidu.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadResultsTest {
    private static final Shape SHAPE = new Shape(16, 5);

    @Test
    void ratioIsTheMedianOfRatiosWithinARound() {
        LoadResults results = new LoadResults();
        double[] noop = {1_000, 500, 2_000, 1_000};
        double[] fast = {900, 100, 1_000, 300};
        for (int round = 0; round < noop.length; round++) {
            results.add(closed(round, "noop", noop[round]));
            results.add(closed(round, "fast", fast[round]));
        }

        // 0.9, 0.2, 0.5, 0.3
        assertThat(results.ratio(SHAPE, "fast")).isEqualTo(0.4);
        assertThat(results.ratio(SHAPE, "noop")).isEqualTo(1);
        assertThat(results.ratio(SHAPE, "durable")).isNaN();
    }

    private static Measurement closed(int round, String target, double linesPerSecond) {
        return new Measurement(round, SHAPE, target, "closed", linesPerSecond, 0, 0, 0, 1, 2, 3, 4);
    }
}
