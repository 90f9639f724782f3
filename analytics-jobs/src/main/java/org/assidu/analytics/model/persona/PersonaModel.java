package org.assidu.analytics.model.persona;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Personas found among members, which member belongs to which, and how the number of personas was chosen. */
public final class PersonaModel {

    private final List<Persona> personas;
    private final PersonaName[] byRow;
    private final List<PersonaSearch.Trial> trials;
    private final PersonaSearch.Trial chosen;

    private PersonaModel(
            List<Persona> personas, PersonaName[] byRow, List<PersonaSearch.Trial> trials, PersonaSearch.Trial chosen) {
        this.personas = personas;
        this.byRow = byRow;
        this.trials = trials;
        this.chosen = chosen;
    }

    static PersonaModel of(
            FeatureMatrix matrix,
            double[][] points,
            boolean[] extreme,
            Clusters clusters,
            List<PersonaSearch.Trial> trials,
            PersonaSearch.Trial chosen) {
        int k = clusters.centroids().length;
        int[] labels = IntStream.range(0, matrix.size())
                .map(row -> extreme[row] ? k : clusters.nearest(points[row]))
                .toArray();
        int[] typical =
                IntStream.range(0, labels.length).filter(i -> labels[i] < k).toArray();
        Scaler deviations = Scaler.standard(matrix, typical);
        List<int[]> members = IntStream.rangeClosed(0, k)
                .mapToObj(c -> IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == c)
                        .toArray())
                .toList();
        List<Map<String, Double>> profiles =
                members.stream().map(rows -> profile(matrix, deviations, rows)).toList();
        List<PersonaName> names = new ArrayList<>(PersonaNaming.of(profiles.subList(0, k)));
        names.add(PersonaName.EXCEPTIONAL);
        PersonaName[] byRow = IntStream.of(labels).mapToObj(names::get).toArray(PersonaName[]::new);
        List<Persona> personas = IntStream.rangeClosed(0, k)
                .filter(c -> members.get(c).length > 0)
                .mapToObj(c -> new Persona(
                        names.get(c), members.get(c).length, profiles.get(c), means(matrix, members.get(c))))
                .sorted(Comparator.comparing(Persona::name))
                .toList();
        return new PersonaModel(personas, byRow, trials, chosen);
    }

    /** In the order of the vocabulary; exceptional accounts last. */
    public List<Persona> personas() {
        return personas;
    }

    /** Persona of a row of the matrix. */
    public PersonaName nameOf(int row) {
        return byRow[row];
    }

    /** Every number of personas tried. */
    public List<PersonaSearch.Trial> trials() {
        return trials;
    }

    public PersonaSearch.Trial chosen() {
        return chosen;
    }

    private static Map<String, Double> profile(FeatureMatrix matrix, Scaler deviations, int[] rows) {
        var profile = new LinkedHashMap<String, Double>();
        for (int j = 0; j < matrix.features().size(); j++) {
            int feature = j;
            double sum = IntStream.of(rows)
                    .mapToDouble(row -> deviations.scaled(matrix, row, feature))
                    .sum();
            profile.put(matrix.features().get(j).key(), rows.length == 0 ? 0 : sum / rows.length);
        }
        return profile;
    }

    private static Map<String, Double> means(FeatureMatrix matrix, int[] rows) {
        var means = new LinkedHashMap<String, Double>();
        for (int j = 0; j < matrix.features().size(); j++) {
            int feature = j;
            double sum = IntStream.of(rows)
                    .mapToDouble(row -> matrix.value(row, feature))
                    .sum();
            means.put(matrix.features().get(j).key(), sum / rows.length);
        }
        return means;
    }
}
