package org.assidu.analytics.model.persona;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A named group of members.
 *
 * @param profile mean of each feature over its members, in standard deviations from the average typical member, by key
 * @param means the same in the feature's own unit
 */
public record Persona(PersonaName name, int size, Map<String, Double> profile, Map<String, Double> means) {

    /** The features that set it apart most, furthest first; those within a quarter deviation are left out. */
    public List<String> marks(int most) {
        return profile.entrySet().stream()
                .filter(entry -> Math.abs(entry.getValue()) >= 0.25)
                .sorted(Comparator.<Map.Entry<String, Double>>comparingDouble(entry -> -Math.abs(entry.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
