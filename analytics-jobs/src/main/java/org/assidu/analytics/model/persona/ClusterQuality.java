package org.assidu.analytics.model.persona;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How well separated and how repeatable a clustering is. */
final class ClusterQuality {

    private ClusterQuality() {}

    /**
     * Mean silhouette (Rousseeuw 1987): (b − a)/max(a, b) per point, with a the mean distance to the own cluster and b the
     * least mean distance to another; 0 for a point alone in its cluster.
     */
    static double silhouette(double[][] points, int[] labels, int k) {
        int[] sizes = new int[k];
        Arrays.stream(labels).forEach(label -> sizes[label]++);
        double[] values = new double[points.length];
        IntStream.range(0, points.length).parallel().forEach(i -> values[i] = silhouetteOf(points, labels, sizes, i));
        return Arrays.stream(values).sum() / points.length;
    }

    private static double silhouetteOf(double[][] points, int[] labels, int[] sizes, int i) {
        double[] sums = new double[sizes.length];
        for (int j = 0; j < points.length; j++) {
            sums[labels[j]] += Math.sqrt(Clusters.squaredDistance(points[i], points[j]));
        }
        int own = labels[i];
        if (sizes[own] < 2) {
            return 0;
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
