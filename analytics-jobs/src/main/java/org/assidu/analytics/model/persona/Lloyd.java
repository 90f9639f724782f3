package org.assidu.analytics.model.persona;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lloyd's iterations of k-means from given centroids, with the bounds of Hamerly (2010), "Making k-means even faster":
 * a point whose own centroid is surely nearer than any other can be is not compared with all of them. Most are, after a
 * few rounds; a search with resampling makes some hundred million comparisons without.
 *
 * <p>A point is skipped only with a margin far above what the bounds lose by rounding, so assignments, and with them the
 * centroids to the last bit, are those of the plain iterations: every distance that decides is worked out as plainly, and
 * sums run over points in their order.
 */
final class Lloyd {

    private static final double MARGIN = 1e-9;

    private final double[][] points;
    private final double[][] centroids;
    private final int[] nearest;
    /** At least the distance to the nearest centroid. */
    private final double[] within;
    /** At most the distance to any other centroid. */
    private final double[] beyond;

    private Lloyd(double[][] points, double[][] centroids) {
        this.points = points;
        this.centroids = centroids;
        this.nearest = new int[points.length];
        this.within = new double[points.length];
        this.beyond = new double[points.length];
    }

    /** Centroids that no round moves any more; null where a cluster lost all its points, which is for others to mend. */
    static double @Nullable [][] settled(double[][] points, double[][] start, int rounds) {
        double[][] centroids = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
        Lloyd lloyd = new Lloyd(points, centroids);
        for (int i = 0; i < points.length; i++) {
            lloyd.compare(i);
        }
        for (int round = 0; round < rounds; round++) {
            double[] moves = lloyd.move();
            if (moves.length == 0) {
                return null;
            }
            if (lloyd.assign(moves) == 0) {
                break;
            }
        }
        return centroids;
    }

    /** Puts each centroid in the middle of its points; returns how far each went, or nothing where one has no points. */
    private double[] move() {
        int dimensions = centroids[0].length;
        double[][] sums = new double[centroids.length][dimensions];
        int[] sizes = new int[centroids.length];
        for (int i = 0; i < points.length; i++) {
            double[] sum = sums[nearest[i]];
            sizes[nearest[i]]++;
            for (int d = 0; d < dimensions; d++) {
                sum[d] += points[i][d];
            }
        }
        double[] moves = new double[centroids.length];
        for (int c = 0; c < centroids.length; c++) {
            if (sizes[c] == 0) {
                return new double[0];
            }
            for (int d = 0; d < dimensions; d++) {
                sums[c][d] /= sizes[c];
            }
            moves[c] = distance(centroids[c], sums[c]);
            centroids[c] = sums[c];
        }
        return moves;
    }

    /** Finds nearest centroids anew; returns how many points changed. */
    private int assign(double[] moves) {
        double farthest = Arrays.stream(moves).max().orElse(0);
        int changes = 0;
        for (int i = 0; i < points.length; i++) {
            within[i] += moves[nearest[i]];
            beyond[i] -= farthest;
            if (surely(i)) {
                continue;
            }
            within[i] = distance(points[i], centroids[nearest[i]]);
            if (!surely(i)) {
                int before = nearest[i];
                compare(i);
                changes += nearest[i] == before ? 0 : 1;
            }
        }
        return changes;
    }

    private boolean surely(int point) {
        return within[point] + MARGIN * (1 + within[point]) < beyond[point];
    }

    /** With all centroids; of equally near ones the first. */
    private void compare(int point) {
        double least = Double.MAX_VALUE;
        double second = Double.MAX_VALUE;
        for (int c = 0; c < centroids.length; c++) {
            double distance = distance(points[point], centroids[c]);
            if (distance < least) {
                second = least;
                least = distance;
                nearest[point] = c;
            } else if (distance < second) {
                second = distance;
            }
        }
        within[point] = least;
        beyond[point] = second;
    }

    private static double distance(double[] left, double[] right) {
        return Math.sqrt(Clusters.squaredDistance(left, right));
    }
}
