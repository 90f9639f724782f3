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
    private final FeatureMatrix matrix;
    private final Set<PersonaName> keptNames;
    private final SavedPersonas saved;

    private PersonaModel(
            List<Persona> personas,
            PersonaName[] byRow,
            List<PersonaSearch.Trial> trials,
            FeatureMatrix matrix,
            Set<PersonaName> keptNames,
            SavedPersonas saved) {
        this.personas = personas;
        this.byRow = byRow;
        this.trials = trials;
        this.matrix = matrix;
        this.keptNames = Set.copyOf(keptNames);
        this.saved = saved;
    }

    static PersonaModel of(
            FeatureMatrix matrix,
            Scaler scaler,
            double[][] points,
            boolean[] extreme,
            Clusters clusters,
            List<PersonaSearch.Trial> trials,
            @Nullable SavedPersonas earlier) {
        int k = clusters.centroids().length;
        int[] labels = IntStream.range(0, matrix.size())
                .map(row -> extreme[row] ? k : clusters.nearest(points[row]))
                .toArray();
        Grouped grouped = Grouped.of(matrix, labels, k);
        List<PersonaName> names = new ArrayList<>();
        Set<PersonaName> kept = EnumSet.noneOf(PersonaName.class);
        if (earlier == null) {
            names.addAll(PersonaNaming.of(grouped.profiles().subList(0, k)));
        } else {
            var matching = PersonaMatching.of(
                    earlier, matrix, labels, grouped.profiles().subList(0, k));
            names.addAll(matching.names());
            IntStream.range(0, k).filter(matching.kept()::get).forEach(c -> kept.add(names.get(c)));
        }
        names.add(PersonaName.EXCEPTIONAL);
        List<Persona> personas = grouped.named(matrix, names);
        Map<PersonaName, double[]> centroids = new EnumMap<>(PersonaName.class);
        for (int c = 0; c < k; c++) {
            centroids.put(names.get(c), clusters.centroids()[c]);
        }
        return new PersonaModel(
                personas,
                IntStream.of(labels).mapToObj(names::get).toArray(PersonaName[]::new),
                trials,
                matrix,
                kept,
                saved(matrix, scaler, centroids, personas, trials));
    }

    /** The personas of an earlier run with these members in them: nothing is fitted, every name is kept. */
    public static PersonaModel assigned(FeatureMatrix matrix, SavedPersonas saved) {
        List<PersonaName> names = new ArrayList<>(
                saved.personas().stream().map(SavedPersonas.SavedPersona::name).toList());
        names.add(PersonaName.EXCEPTIONAL);
        Map<String, PersonaName> byMember = saved.assign(matrix).byMember();
        int[] labels = IntStream.range(0, matrix.size())
                .map(row -> names.indexOf(byMember.get(matrix.member(row))))
                .toArray();
        return new PersonaModel(
                Grouped.of(matrix, labels, names.size() - 1).named(matrix, names),
                IntStream.of(labels).mapToObj(names::get).toArray(PersonaName[]::new),
                saved.trials(),
                matrix,
                EnumSet.copyOf(names.subList(0, names.size() - 1)),
                saved);
    }

    /**
     * Members by cluster, the extreme ones last.
     *
     * @param profiles of each in z-scores
     */
    private record Grouped(List<int[]> rows, List<Map<String, Double>> profiles) {

        static Grouped of(FeatureMatrix matrix, int[] labels, int k) {
            int[] typical =
                    IntStream.range(0, labels.length).filter(i -> labels[i] < k).toArray();
            Scaler deviations = Scaler.standard(matrix, typical);
            List<int[]> rows = IntStream.rangeClosed(0, k)
                    .mapToObj(c -> IntStream.range(0, labels.length)
                            .filter(i -> labels[i] == c)
                            .toArray())
                    .toList();
            return new Grouped(
                    rows,
                    rows.stream().map(of -> profile(matrix, deviations, of)).toList());
        }

        List<Persona> named(FeatureMatrix matrix, List<PersonaName> names) {
            return IntStream.range(0, rows.size())
                    .filter(c -> rows.get(c).length > 0)
                    .mapToObj(c ->
                            new Persona(names.get(c), rows.get(c).length, profiles.get(c), means(matrix, rows.get(c))))
                    .sorted(Comparator.comparing(Persona::name))
                    .toList();
        }
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

    /** The one that was taken, when the personas were found. */
    public PersonaSearch.Trial chosen() {
        return trials.stream()
                .filter(trial -> trial.k() == saved.personas().size())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no trial of " + saved.personas().size() + " personas among " + trials));
    }

    /** Names taken over from the earlier run, because the persona is the same; the others are new. Empty without one. */
    public Set<PersonaName> keptNames() {
        return keptNames;
    }

    /**
     * What a later run needs to assign members to these personas and to keep their names; of assigned personas, what they were
     * assigned by.
     *
     * @param position of the journal that the data reached
     */
    public SavedPersonas saved(String asOf, long position) {
        return saved.asOf().isEmpty()
                ? new SavedPersonas(
                        saved.schema(),
                        asOf,
                        saved.features(),
                        saved.personas(),
                        saved.exceptional(),
                        saved.members(),
                        position,
                        saved.trials())
                : saved;
    }

    private static SavedPersonas saved(
            FeatureMatrix matrix,
            Scaler scaler,
            Map<PersonaName, double[]> centroids,
            List<Persona> personas,
            List<PersonaSearch.Trial> trials) {
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
                name, Arrays.stream(centroid).boxed().toList(), sizeOf(personas, name))));
        return new SavedPersonas(
                SavedPersonas.SCHEMA,
                "",
                features,
                saved,
                sizeOf(personas, PersonaName.EXCEPTIONAL),
                matrix.size(),
                0,
                trials);
    }

    /** Which member has which persona. */
    public PersonaAssignment assignment() {
        return PersonaAssignment.of(matrix, byRow);
    }

    /** The personas in rules that a person can read. */
    public ExplanationTree explanation() {
        return ExplanationTree.of(matrix, byRow);
    }

    private static int sizeOf(List<Persona> personas, PersonaName name) {
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
