package org.assidu.analytics.model.persona;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.clustering.DoublePoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LloydTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void centroidsAreThoseOfThePlainIterationsToTheBit(int k) {
        for (long seed = 0; seed < 12; seed++) {
            double[][] points = scattered(600, 4, seed);
            List<DoublePoint> wrapped =
                    Arrays.stream(points).map(DoublePoint::new).toList();
            double[][] plain = Clusters.centres(wrapped, k, Clusters.ITERATIONS, seed);

            double[][] settled =
                    Lloyd.settled(Draws.of(points), Clusters.centres(wrapped, k, 0, seed), Clusters.ITERATIONS);

            assertThat(settled).as("seed " + seed).isDeepEqualTo(plain);
        }
    }

    /** Clouds that overlap, with repeated points as in a bootstrap sample and ties on a grid. */
    private static double[][] scattered(int size, int dimensions, long seed) {
        var random = new SplittableRandom(seed);
        double[][] points = new double[size][];
        for (int i = 0; i < size; i++) {
            if (i > 10 && random.nextInt(3) == 0) {
                points[i] = points[random.nextInt(i)];
                continue;
            }
            int cloud = random.nextInt(4);
            boolean grid = random.nextInt(4) == 0;
            points[i] = random.doubles(dimensions)
                    .map(value -> value * 3 + cloud)
                    .map(value -> grid ? Math.rint(value) : value)
                    .toArray();
        }
        return points;
    }

    @Test
    void aClusterThatLosesItsPointsIsLeftToTheLibrary() {
        double[][] points = {{0}, {1}, {10}, {11}};
        assertThat(Lloyd.settled(Draws.of(points), new double[][] {{0}, {10}, {1000}}, 10))
                .isNull();
    }
}
