package org.assidu.analytics.model.persona;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Members in groups whose habits are known. */
final class PlantedMembers {

    static final List<Feature> FEATURES = List.of(
            new Feature(Feature.RECENCY, true, true),
            new Feature(Feature.FREQUENCY, true, true),
            new Feature(Feature.BASKET, true, true),
            new Feature(Feature.RETURNS, false, false));

    static final double[] REGULARS = {3, 40, 30, 0.02};
    static final double[] BIG_BASKETS = {40, 3, 300, 0.02};
    static final double[] DORMANT = {300, 1.5, 30, 0.02};
    static final double[] SMALL_BASKETS = {40, 6, 4, 0.02};

    private final Map<String, double[]> members = new LinkedHashMap<>();
    private final SplittableRandom random;

    PlantedMembers(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Three groups of 200 members each. */
    static FeatureMatrix threeGroups(long seed) {
        return new PlantedMembers(seed)
                .group("r", 200, REGULARS)
                .group("b", 200, BIG_BASKETS)
                .group("d", 200, DORMANT)
                .matrix();
    }

    /** Adds members called {@code prefix0}, {@code prefix1}, … within some 15 % of a centre. */
    PlantedMembers group(String prefix, int count, double... centre) {
        for (int i = 0; i < count; i++) {
            double[] row = new double[centre.length];
            for (int j = 0; j < row.length; j++) {
                row[j] = centre[j] * Math.exp(0.15 * random.nextGaussian());
            }
            members.put(prefix + i, row);
        }
        return this;
    }

    FeatureMatrix matrix() {
        return new FeatureMatrix(FEATURES, members);
    }
}
