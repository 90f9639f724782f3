package org.assidu.analytics.model.persona;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jgrapht.Graph;
import org.jgrapht.alg.matching.MaximumWeightBipartiteMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.jspecify.annotations.Nullable;

/**
 * Names for the clusters of a new run, kept from an earlier one where a cluster is still the same persona.
 *
 * <p>Today's members are assigned to the earlier personas too. A cluster is like an earlier persona as far as they share
 * members (those in both over those in either), less the further its centre has moved on the earlier scale: a new group
 * that falls to an earlier persona for want of a nearer one shares members with it, but is elsewhere. Clusters and personas
 * are matched one to one for the largest sum of likeness. A pair passes its name on when the likeness is at least {@value
 * #LEAST_LIKENESS} and the cluster still lies in the direction the name stands for; the others are named anew from what is
 * left of the vocabulary.
 *
 * @param names of the clusters, in their order
 * @param likeness to the earlier persona each is matched to, 0 to 1; 0 where to none
 * @param kept which names come from the earlier run
 */
record PersonaMatching(List<PersonaName> names, List<Double> likeness, List<Boolean> kept) {

    static final double LEAST_LIKENESS = 0.3;

    /**
     * Matches.
     *
     * @param labels cluster of each row; k or above for accounts set apart
     * @param profiles of the k clusters, z-scores by feature key
     */
    static PersonaMatching of(
            SavedPersonas earlier, FeatureMatrix matrix, int[] labels, List<Map<String, Double>> profiles) {
        double[][] alike = likeness(earlier, matrix, labels, profiles.size());
        int[] matched = match(alike);
        @Nullable PersonaName[] passedOn = new PersonaName[profiles.size()];
        List<Double> likeness = new ArrayList<>();
        List<Boolean> kept = new ArrayList<>();
        for (int cluster = 0; cluster < passedOn.length; cluster++) {
            double own = matched[cluster] < 0 ? 0 : alike[cluster][matched[cluster]];
            likeness.add(own);
            if (own >= LEAST_LIKENESS) {
                PersonaName name = earlier.personas().get(matched[cluster]).name();
                passedOn[cluster] = name.affinity(profiles.get(cluster)) > 0 ? name : null;
            }
            kept.add(passedOn[cluster] != null);
        }
        return new PersonaMatching(PersonaNaming.of(profiles, passedOn), List.copyOf(likeness), List.copyOf(kept));
    }

    /** For each row the column of the one-to-one matching with the largest sum of weights; -1 where none is worth it. */
    static int[] match(double[][] weights) {
        Graph<Integer, DefaultWeightedEdge> graph = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        Set<Integer> rows = new TreeSet<>();
        Set<Integer> columns = new TreeSet<>();
        int height = weights.length;
        for (int row = 0; row < height; row++) {
            rows.add(row);
            graph.addVertex(row);
        }
        for (int column = 0; height > 0 && column < weights[0].length; column++) {
            columns.add(height + column);
            graph.addVertex(height + column);
        }
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < weights[row].length; column++) {
                if (weights[row][column] > 0) {
                    DefaultWeightedEdge edge = graph.addEdge(row, height + column);
                    graph.setEdgeWeight(edge, weights[row][column]);
                }
            }
        }
        int[] matched = new int[height];
        Arrays.fill(matched, -1);
        for (DefaultWeightedEdge edge : new MaximumWeightBipartiteMatching<>(graph, rows, columns)
                .getMatching()
                .getEdges()) {
            int one = graph.getEdgeSource(edge);
            int other = graph.getEdgeTarget(edge);
            matched[Math.min(one, other)] = Math.max(one, other) - height;
        }
        return matched;
    }

    /** Of each cluster to each earlier persona: shared members over members of either, over 1 + distance of the centres. */
    private static double[][] likeness(SavedPersonas earlier, FeatureMatrix matrix, int[] labels, int k) {
        PersonaAssignment assigned = earlier.assign(matrix);
        int[] columns = earlier.columns(matrix);
        List<PersonaName> before = earlier.personas().stream()
                .map(SavedPersonas.SavedPersona::name)
                .toList();
        long[][] both = new long[k][before.size()];
        long[] now = new long[k];
        long[] then = new long[before.size()];
        double[][] centres = new double[k][columns.length];
        for (int row = 0; row < labels.length; row++) {
            PersonaName name = assigned.byMember().get(matrix.member(row));
            int persona = name == null ? -1 : before.indexOf(name);
            int cluster = labels[row] < k ? labels[row] : -1;
            if (persona >= 0) {
                then[persona]++;
            }
            if (cluster >= 0) {
                now[cluster]++;
                double[] point = earlier.point(matrix, row, columns);
                for (int j = 0; j < point.length; j++) {
                    centres[cluster][j] += point[j];
                }
            }
            if (persona >= 0 && cluster >= 0) {
                both[cluster][persona]++;
            }
        }
        double[][] likeness = new double[k][before.size()];
        for (int cluster = 0; cluster < k; cluster++) {
            long members = now[cluster];
            double[] centre =
                    Arrays.stream(centres[cluster]).map(sum -> sum / members).toArray();
            for (int persona = 0; persona < before.size(); persona++) {
                double shared = both[cluster][persona];
                double either = now[cluster] + then[persona] - shared;
                double distance = Math.sqrt(Clusters.squaredDistance(
                        centre, earlier.personas().get(persona).coordinates()));
                likeness[cluster][persona] = shared == 0 ? 0 : shared / either / (1 + distance);
            }
        }
        return likeness;
    }
}
