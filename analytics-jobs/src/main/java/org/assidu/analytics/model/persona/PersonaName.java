package org.assidu.analytics.model.persona;

import java.util.Map;

/**
 * The fixed vocabulary of personas. A name stands for a direction among the features, in standard deviations from the
 * average member; a persona takes the name whose direction it goes furthest in, so names survive a refit.
 */
public enum PersonaName {
    CHAMPIONS(Map.of(Feature.FREQUENCY, 1.0, Feature.SPEND, 1.0, Feature.RECENCY, -1.0)),
    REGULARS(Map.of(Feature.FREQUENCY, 1.0, Feature.BASKET, -0.8, Feature.RECENCY, -0.6)),
    BIG_BASKETS(Map.of(Feature.BASKET, 1.0, Feature.FREQUENCY, -0.3)),
    SMALL_BASKETS(Map.of(Feature.BASKET, -1.0, Feature.SPEND, -0.4)),
    NEWCOMERS(Map.of(Feature.TENURE, -1.0, Feature.RECENCY, -0.7, Feature.FREQUENCY, -0.4)),
    OCCASIONAL(Map.of(Feature.FREQUENCY, -0.7, Feature.TENURE, 0.6, Feature.RECENCY, -0.4)),
    FADING(Map.of(Feature.RECENCY, 0.8, Feature.FREQUENCY, 0.6, Feature.TENURE, 0.4)),
    DORMANT(Map.of(Feature.RECENCY, 1.0, Feature.FREQUENCY, -0.6, Feature.SPEND, -0.5)),
    PROMOTION_SEEKERS(Map.of(Feature.PROMOTED, 1.0)),
    FREQUENT_RETURNERS(Map.of(Feature.RETURNS, 1.0)),
    /** Not a cluster: accounts far outside what other members do. */
    EXCEPTIONAL(Map.of());

    private final Map<String, Double> direction;

    PersonaName(Map<String, Double> direction) {
        this.direction = direction;
    }

    /** Length of the profile (z-scores by feature key) along this name's direction; NaN where no feature is known. */
    double affinity(Map<String, Double> profile) {
        double product = 0;
        double square = 0;
        for (String feature : direction.keySet().stream().sorted().toList()) {
            double along = direction.getOrDefault(feature, 0.0);
            Double z = profile.get(feature);
            if (z != null) {
                product += along * z;
                square += along * along;
            }
        }
        return square > 0 ? product / Math.sqrt(square) : Double.NaN;
    }
}
