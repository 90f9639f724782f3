package org.assidu.analytics.model.persona;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How well separated and how repeatable a clustering is. */
final class ClusterQuality {

    private ClusterQuality() {}

    /**
     * Mean silhouette (Rousseeuw 1987) of each of several clusterings of the same points: (b − a)/max(a, b) per point, with a
     * the mean distance to the own cluster and b the least mean distance to another; 0 for a point alone in its cluster.
     * Distances between points are the costly part, so they are worked out once for all.
     *
     * @param labels by clustering and point, from 0; clusters without points are allowed
     */
    static double[] silhouettes(double[][] points, List<int[]> labels) {
        List<Labelled> clusterings = labels.stream().map(Labelled::of).toList();
        double[][] values = new double[points.length][];
        IntStream.range(0, points.length).parallel().forEach(i -> {
            double[] distances = distances(points, points[i]);
            values[i] = clusterings.stream()
                    .mapToDouble(clustering -> clustering.silhouette(i, distances))
                    .toArray();
        });
        return IntStream.range(0, labels.size())
                .mapToDouble(c ->
                        Arrays.stream(values).mapToDouble(value -> value[c]).sum() / points.length)
                .toArray();
    }

    private static double[] distances(double[][] points, double[] from) {
        double[] distances = new double[points.length];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.sqrt(Clusters.squaredDistance(from, points[i]));
        }
        return distances;
    }

    private record Labelled(int[] labels, int[] sizes) {

        static Labelled of(int[] labels) {
            int[] sizes = new int[Arrays.stream(labels).max().orElse(0) + 1];
            Arrays.stream(labels).forEach(label -> sizes[label]++);
            return new Labelled(labels, sizes);
        }

        double silhouette(int point, double[] distances) {
            int own = labels[point];
            if (sizes[own] < 2) {
                return 0;
            }
            double[] sums = new double[sizes.length];
            for (int i = 0; i < distances.length; i++) {
                sums[labels[i]] += distances[i];
            }
            double within = sums[own] / (sizes[own] - 1);
            double beside = Double.POSITIVE_INFINITY;
            for (int c = 0; c < sizes.length; c++) {
                if (c != own && sizes[c] > 0) {
                    beside = Math.min(beside, sums[c] / sizes[c]);
                }
            }
            double larger = Math.max(within, beside);
            return larger > 0 && larger < Double.POSITIVE_INFINITY ? (beside - within) / larger : 0;
        }
    }

    /** Adjusted Rand index (Hubert &amp; Arabie 1985): 1 for the same partition, about 0 for unrelated ones. */
    static double adjustedRand(int[] left, int[] right) {
        int rows = Arrays.stream(left).max().orElse(0) + 1;
        int columns = Arrays.stream(right).max().orElse(0) + 1;
        long[][] table = new long[rows][columns];
        long[] leftSizes = new long[rows];
        long[] rightSizes = new long[columns];
        for (int i = 0; i < left.length; i++) {
            table[left[i]][right[i]]++;
            leftSizes[left[i]]++;
            rightSizes[right[i]]++;
        }
        double together = Arrays.stream(table)
                .flatMapToLong(Arrays::stream)
                .mapToDouble(ClusterQuality::pairs)
                .sum();
        double leftPairs =
                Arrays.stream(leftSizes).mapToDouble(ClusterQuality::pairs).sum();
        double rightPairs =
                Arrays.stream(rightSizes).mapToDouble(ClusterQuality::pairs).sum();
        double expected = leftPairs * rightPairs / pairs(left.length);
        double largest = (leftPairs + rightPairs) / 2;
        return largest == expected ? 1 : (together - expected) / (largest - expected);
    }

    private static double pairs(long n) {
        return n * (n - 1) / 2.0;
    }
}
