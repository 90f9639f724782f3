package org.assidu.analytics.model.persona;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Points as a sample drew them. A bootstrap sample holds a third of its points more than once: each stands here once, so
 * that what is found of it is found once.
 *
 * @param dimensions of every point
 * @param distinct coordinates in one array, point after point
 * @param drawn which of them, in the order of the draws
 */
record Draws(int dimensions, double[] distinct, int[] drawn) {

    /** A point drawn again is known by being the same array. */
    static Draws of(double[][] points) {
        int dimensions = points[0].length;
        Map<double[], Integer> places = new IdentityHashMap<>(points.length);
        double[] distinct = new double[points.length * dimensions];
        int[] drawn = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            int next = places.size();
            Integer before = places.putIfAbsent(points[i], next);
            if (before == null) {
                System.arraycopy(points[i], 0, distinct, next * dimensions, dimensions);
            }
            drawn[i] = before == null ? next : before;
        }
        return new Draws(dimensions, Arrays.copyOf(distinct, places.size() * dimensions), drawn);
    }

    /** How many different ones. */
    int size() {
        return distinct.length / dimensions;
    }
}
