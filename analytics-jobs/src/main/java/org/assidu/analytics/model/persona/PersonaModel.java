package org.assidu.analytics.model.persona;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Personas found among members, which member belongs to which, and how the number of personas was chosen. */
public final class PersonaModel {

    private final List<Persona> personas;
    private final PersonaName[] byRow;
    private final List<PersonaSearch.Trial> trials;
    private final PersonaSearch.Trial chosen;
    private final FeatureMatrix matrix;
    private final Scaler scaler;
    private final Map<PersonaName, double[]> centroids;
    private final Set<PersonaName> keptNames;

    private PersonaModel(
            List<Persona> personas,
            PersonaName[] byRow,
            List<PersonaSearch.Trial> trials,
            PersonaSearch.Trial chosen,
            FeatureMatrix matrix,
            Scaler scaler,
            Map<PersonaName, double[]> centroids,
            Set<PersonaName> keptNames) {
        this.personas = personas;
        this.byRow = byRow;
        this.trials = trials;
        this.chosen = chosen;
        this.matrix = matrix;
        this.scaler = scaler;
        this.centroids = centroids;
        this.keptNames = Set.copyOf(keptNames);
    }

    static PersonaModel of(
            FeatureMatrix matrix,
            Scaler scaler,
            double[][] points,
            boolean[] extreme,
            Clusters clusters,
            List<PersonaSearch.Trial> trials,
            PersonaSearch.Trial chosen,
            @Nullable SavedPersonas earlier) {
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
        List<PersonaName> names = new ArrayList<>();
        Set<PersonaName> kept = EnumSet.noneOf(PersonaName.class);
        if (earlier == null) {
            names.addAll(PersonaNaming.of(profiles.subList(0, k)));
        } else {
            var matching = PersonaMatching.of(earlier, matrix, labels, profiles.subList(0, k));
            names.addAll(matching.names());
            IntStream.range(0, k).filter(matching.kept()::get).forEach(c -> kept.add(names.get(c)));
        }
        names.add(PersonaName.EXCEPTIONAL);
        PersonaName[] byRow = IntStream.of(labels).mapToObj(names::get).toArray(PersonaName[]::new);
        List<Persona> personas = IntStream.rangeClosed(0, k)
                .filter(c -> members.get(c).length > 0)
                .mapToObj(c -> new Persona(
                        names.get(c), members.get(c).length, profiles.get(c), means(matrix, members.get(c))))
                .sorted(Comparator.comparing(Persona::name))
                .toList();
        Map<PersonaName, double[]> centroids = new EnumMap<>(PersonaName.class);
        for (int c = 0; c < k; c++) {
            centroids.put(names.get(c), clusters.centroids()[c]);
        }
        return new PersonaModel(personas, byRow, trials, chosen, matrix, scaler, centroids, kept);
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

    /** Names taken over from the earlier run, because the persona is the same; the others are new. Empty without one. */
    public Set<PersonaName> keptNames() {
        return keptNames;
    }

    /** What a later run needs to assign members to these personas and to keep their names. */
    public SavedPersonas saved(String asOf) {
        List<SavedPersonas.SavedFeature> features = new ArrayList<>();
        for (int j = 0; j < matrix.features().size(); j++) {
            Feature feature = matrix.features().get(j);
            if (feature.clustering()) {
                features.add(new SavedPersonas.SavedFeature(
                        feature.key(),
                        feature.logged(),
                        scaler.centre(j),
                        scaler.spread(j),
                        PopulationDrift.deciles(matrix.column(j)),
                        PopulationDrift.shares(matrix.column(j), PopulationDrift.deciles(matrix.column(j)))));
            }
        }
        List<SavedPersonas.SavedPersona> saved = new ArrayList<>();
        centroids.forEach((name, centroid) -> saved.add(new SavedPersonas.SavedPersona(
                name, Arrays.stream(centroid).boxed().toList(), sizeOf(name))));
        return new SavedPersonas(
                SavedPersonas.SCHEMA, asOf, features, saved, sizeOf(PersonaName.EXCEPTIONAL), matrix.size());
    }

    /** Which member has which persona. */
    public PersonaAssignment assignment() {
        return PersonaAssignment.of(matrix, byRow);
    }

    /** The personas in rules that a person can read. */
    public ExplanationTree explanation() {
        return ExplanationTree.of(matrix, byRow);
    }

    private int sizeOf(PersonaName name) {
        return personas.stream()
                .filter(persona -> persona.name() == name)
                .mapToInt(Persona::size)
                .sum();
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
