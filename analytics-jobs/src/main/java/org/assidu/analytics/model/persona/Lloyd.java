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
 *
 * <p>Points and centroids stand in one array each, and loops work on local names: reports on small data run without the
 * optimising compiler, and this is their hottest code.
 */
final class Lloyd {

    private static final double MARGIN = 1e-9;

    private final int dimensions;
    private final int clusters;
    private final double[] points;
    private final int[] drawn;
    private final double[] centroids;
    /** Of each different point, as are the bounds. */
    private final int[] nearest;
    /** At least the distance to the nearest centroid. */
    private final double[] within;
    /** At most the distance to any other centroid. */
    private final double[] beyond;

    private Lloyd(Draws draws, double[][] start) {
        this.dimensions = draws.dimensions();
        this.clusters = start.length;
        this.points = draws.distinct();
        this.drawn = draws.drawn();
        this.centroids = new double[clusters * dimensions];
        for (int c = 0; c < clusters; c++) {
            System.arraycopy(start[c], 0, centroids, c * dimensions, dimensions);
        }
        this.nearest = new int[draws.size()];
        this.within = new double[draws.size()];
        this.beyond = new double[draws.size()];
    }

    /** Centroids that no round moves any more; null where a cluster lost all its points, which is for others to mend. */
    static double @Nullable [][] settled(Draws draws, double[][] start, int rounds) {
        Lloyd lloyd = new Lloyd(draws, start);
        for (int point = 0; point < draws.size(); point++) {
            lloyd.compare(point);
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
        return lloyd.rows();
    }

    private double[][] rows() {
        double[][] rows = new double[clusters][];
        for (int c = 0; c < clusters; c++) {
            rows[c] = Arrays.copyOfRange(centroids, c * dimensions, (c + 1) * dimensions);
        }
        return rows;
    }

    /** Puts each centroid in the middle of its points; returns how far each went, or nothing where one has no points. */
    private double[] move() {
        double[] coordinates = points;
        int width = dimensions;
        double[] sums = new double[clusters * width];
        int[] sizes = new int[clusters];
        int[] owners = nearest;
        for (int point : drawn) {
            int owner = owners[point];
            sizes[owner]++;
            int at = point * width;
            int end = (owner + 1) * width;
            for (int d = owner * width; d < end; d++, at++) {
                sums[d] += coordinates[at];
            }
        }
        double[] moves = new double[clusters];
        for (int c = 0; c < clusters; c++) {
            if (sizes[c] == 0) {
                return new double[0];
            }
            double squares = 0;
            for (int d = c * width; d < (c + 1) * width; d++) {
                double middle = sums[d] / sizes[c];
                double difference = centroids[d] - middle;
                squares += difference * difference;
                centroids[d] = middle;
            }
            moves[c] = Math.sqrt(squares);
        }
        return moves;
    }

    /** Finds nearest centroids anew; returns how many different points changed. */
    private int assign(double[] moves) {
        double farthest = Arrays.stream(moves).max().orElse(0);
        double[] inside = within;
        double[] outside = beyond;
        int[] owners = nearest;
        int changes = 0;
        for (int i = 0; i < owners.length; i++) {
            int owner = owners[i];
            double atMost = inside[i] + moves[owner];
            double atLeast = outside[i] - farthest;
            if (!surely(atMost, atLeast)) {
                atMost = Math.sqrt(squared(i, owner));
                if (!surely(atMost, atLeast)) {
                    compare(i);
                    changes += owners[i] == owner ? 0 : 1;
                    continue;
                }
            }
            inside[i] = atMost;
            outside[i] = atLeast;
        }
        return changes;
    }

    private static boolean surely(double within, double beyond) {
        return within + MARGIN * (1 + within) < beyond;
    }

    private double squared(int point, int centroid) {
        double[] coordinates = points;
        double[] centres = centroids;
        int at = point * dimensions;
        int end = (centroid + 1) * dimensions;
        double sum = 0;
        for (int d = centroid * dimensions; d < end; d++, at++) {
            double difference = coordinates[at] - centres[d];
            sum += difference * difference;
        }
        return sum;
    }

    /**
     * With all centroids; of equally near ones the first. Roots are drawn only where squares leave it open: two squares that
     * differ can have one root, and the library compares roots.
     */
    private void compare(int point) {
        double[] coordinates = points;
        double[] centres = centroids;
        int from = point * dimensions;
        int to = from + dimensions;
        double least = Double.MAX_VALUE;
        double leastSquare = Double.MAX_VALUE;
        double secondSquare = Double.MAX_VALUE;
        int owner = 0;
        int d = 0;
        for (int c = 0; c < clusters; c++) {
            double square = 0;
            for (int at = from; at < to; at++, d++) {
                double difference = coordinates[at] - centres[d];
                square += difference * difference;
            }
            if (square < leastSquare) {
                double root = Math.sqrt(square);
                if (root < least) {
                    secondSquare = leastSquare;
                    least = root;
                    leastSquare = square;
                    owner = c;
                    continue;
                }
            }
            if (square < secondSquare) {
                secondSquare = square;
            }
        }
        nearest[point] = owner;
        within[point] = least;
        beyond[point] = Math.sqrt(secondSquare);
    }
}
