package org.assidu.analytics.model.persona;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far today's members are from those a set of personas was found on, by the population stability index Σ (now − then)
 * ln(now/then) over groups of members. By the usual convention (Siddiqi 2006) below 0.1 nothing has moved, from {@value
 * #MOVED} something has, and from {@value #SHIFTED} the personas should be found anew.
 *
 * @param ofFeatures index of each feature over the ten groups of the earlier run, by key
 * @param ofPersonas index of the shares of the personas, exceptional accounts included
 * @param then share of members of each persona in the earlier run
 * @param now share today, by the earlier personas
 */
public record PopulationDrift(
        Map<String, Double> ofFeatures,
        double ofPersonas,
        Map<PersonaName, Double> then,
        Map<PersonaName, Double> now) {

    public static final double MOVED = 0.1;
    public static final double SHIFTED = 0.25;

    /** A group that is empty on one side counts as this share, since the index would be infinite. */
    private static final double LEAST_SHARE = 1e-4;

    public PopulationDrift {
        ofFeatures = Collections.unmodifiableMap(new LinkedHashMap<>(ofFeatures));
        then = Collections.unmodifiableMap(new LinkedHashMap<>(then));
        now = Collections.unmodifiableMap(new LinkedHashMap<>(now));
    }

    /** Compares members with those of the earlier run. */
    public static PopulationDrift of(SavedPersonas earlier, FeatureMatrix matrix) {
        int[] columns = earlier.columns(matrix);
        Map<String, Double> ofFeatures = new LinkedHashMap<>();
        for (int j = 0; j < columns.length; j++) {
            SavedPersonas.SavedFeature feature = earlier.features().get(j);
            ofFeatures.put(
                    feature.key(), index(feature.shares(), shares(matrix.column(columns[j]), feature.deciles())));
        }
        Map<PersonaName, Double> then = new LinkedHashMap<>();
        earlier.personas().forEach(one -> then.put(one.name(), (double) one.size() / earlier.members()));
        then.put(PersonaName.EXCEPTIONAL, (double) earlier.exceptional() / earlier.members());
        Map<PersonaName, Double> now = new LinkedHashMap<>();
        then.keySet().forEach(name -> now.put(name, 0.0));
        earlier.assign(matrix).byMember().values().forEach(name -> now.merge(name, 1.0 / matrix.size(), Double::sum));
        return new PopulationDrift(ofFeatures, index(List.copyOf(then.values()), List.copyOf(now.values())), then, now);
    }

    /** Whether the personas no longer describe the members they are applied to. */
    public boolean refitAdvised() {
        return largest() >= SHIFTED;
    }

    /** The largest index of all. */
    public double largest() {
        return Math.max(
                ofPersonas,
                ofFeatures.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(0));
    }

    static double index(List<Double> then, List<Double> now) {
        double sum = 0;
        for (int i = 0; i < then.size(); i++) {
            double before = Math.max(then.get(i), LEAST_SHARE);
            double after = Math.max(now.get(i), LEAST_SHARE);
            sum += (after - before) * Math.log(after / before);
        }
        return sum;
    }

    /** The distinct values at 10 %, 20 % … 90 %. */
    static List<Double> deciles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        List<Double> edges = new ArrayList<>();
        for (int tenth = 1; tenth < 10; tenth++) {
            double edge = Scaler.quantile(sorted, tenth / 10.0);
            if (edges.isEmpty() || edge > edges.get(edges.size() - 1)) {
                edges.add(edge);
            }
        }
        return edges;
    }

    /** Share of values at or below the first edge, between it and the next, …, above the last. */
    static List<Double> shares(double[] values, List<Double> edges) {
        double[] shares = new double[edges.size() + 1];
        for (double value : values) {
            int group = 0;
            while (group < edges.size() && value > edges.get(group)) {
                group++;
            }
            shares[group] += 1.0 / values.length;
        }
        return Arrays.stream(shares).boxed().toList();
    }
}
