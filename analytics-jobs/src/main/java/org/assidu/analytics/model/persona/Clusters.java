package org.assidu.analytics.model.persona;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.clustering.CentroidCluster;
import org.hipparchus.clustering.DoublePoint;
import org.hipparchus.clustering.KMeansPlusPlusClusterer;
import org.hipparchus.clustering.distance.EuclideanDistance;
import org.hipparchus.random.Well19937c;

/**
 * Centroids of k-means and the points they own.
 *
 * @param spread sum of squared distances to the nearest centroid
 */
record Clusters(double[][] centroids, double spread) {

    static final int ITERATIONS = 300;

    /** The least spread of several k-means++ starts. Starts run in parallel, each from its own seed. */
    static Clusters fit(double[][] points, int k, int restarts, long seed) {
        List<DoublePoint> wrapped = Arrays.stream(points).map(DoublePoint::new).toList();
        Draws draws = Draws.of(points);
        return IntStream.range(0, restarts)
                .parallel()
                .mapToObj(start -> once(points, draws, wrapped, k, seed * 1_000_003 + start))
                .min(Comparator.comparingDouble(Clusters::spread))
                .orElseThrow();
    }

    private static Clusters once(double[][] points, Draws draws, List<DoublePoint> wrapped, int k, long seed) {
        double[][] centroids = Lloyd.settled(draws, centres(wrapped, k, 0, seed), ITERATIONS);
        if (centroids == null) {
            centroids = centres(wrapped, k, ITERATIONS, seed);
        }
        Arrays.sort(centroids, Arrays::compare);
        double spread = 0;
        for (double[] point : points) {
            spread += squaredDistance(point, centroids[nearest(centroids, point)]);
        }
        return new Clusters(centroids, spread);
    }

    /** Of the library's k-means++ after so many iterations; after none, where it starts. */
    static double[][] centres(List<DoublePoint> points, int k, int iterations, long seed) {
        var clusterer =
                new KMeansPlusPlusClusterer<DoublePoint>(k, iterations, new EuclideanDistance(), new Well19937c(seed));
        return clusterer.cluster(points).stream()
                .map(CentroidCluster::getCenter)
                .map(centre -> centre.getPoint().clone())
                .toArray(double[][]::new);
    }

    int[] assign(double[][] points) {
        return Arrays.stream(points)
                .mapToInt(point -> nearest(centroids, point))
                .toArray();
    }

    int nearest(double[] point) {
        return nearest(centroids, point);
    }

    private static int nearest(double[][] centroids, double[] point) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < centroids.length; i++) {
            double distance = squaredDistance(point, centroids[i]);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    static double squaredDistance(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            double difference = left[i] - right[i];
            sum += difference * difference;
        }
        return sum;
    }
}
