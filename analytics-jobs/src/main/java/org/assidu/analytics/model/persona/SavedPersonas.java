package org.assidu.analytics.model.persona;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Personas of an earlier run: enough to assign any member to them, to keep their names in a later run, and to tell how far
 * the membership has moved since. Holds no member.
 *
 * @param schema layout of the saved form
 * @param asOf what the run calls its day, for the reader
 * @param features those that shape the personas, in the order of the centroids' coordinates
 * @param exceptional how many accounts were set apart
 * @param members how many members there were in all
 * @param position of the journal that the run's data reached: tells a run over the same data from a later one
 * @param trials every number of personas tried, for the reader
 */
public record SavedPersonas(
        int schema,
        String asOf,
        List<SavedFeature> features,
        List<SavedPersona> personas,
        int exceptional,
        int members,
        long position,
        List<PersonaSearch.Trial> trials) {

    public static final int SCHEMA = 1;

    /**
     * A feature with its scale.
     *
     * @param deciles the values between ten groups of members
     * @param shares of members in each of these groups: a tenth, but for values that many share
     */
    public record SavedFeature(
            String key, boolean logged, double centre, double spread, List<Double> deciles, List<Double> shares) {

        public SavedFeature {
            deciles = List.copyOf(deciles);
            shares = List.copyOf(shares);
        }

        double scaled(double value) {
            return Scaler.scaled(new Feature(key, logged, true), value, centre, spread);
        }
    }

    /** A persona by its centroid in scaled features. */
    public record SavedPersona(PersonaName name, List<Double> centroid, int size) {

        public SavedPersona {
            centroid = List.copyOf(centroid);
        }

        double[] coordinates() {
            return centroid.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    public SavedPersonas {
        features = List.copyOf(features);
        personas = List.copyOf(personas);
        trials = List.copyOf(trials);
        int width = features.size();
        if (personas.isEmpty()
                || personas.stream().anyMatch(persona -> persona.centroid().size() != width)
                || personas.stream().map(SavedPersona::name).distinct().count() < personas.size()) {
            throw new IllegalArgumentException("saved personas need distinct names and one centroid coordinate for each"
                    + " of " + width + " features: " + personas);
        }
    }

    /** Persona of each row, by these personas and their scale: nothing is fitted. */
    public PersonaAssignment assign(FeatureMatrix matrix) {
        PersonaName[] byRow = new PersonaName[matrix.size()];
        Arrays.setAll(byRow, nameByRow(matrix));
        return PersonaAssignment.of(matrix, byRow);
    }

    private IntFunction<PersonaName> nameByRow(FeatureMatrix matrix) {
        int[] columns = columns(matrix);
        var clusters =
                new Clusters(personas.stream().map(SavedPersona::coordinates).toArray(double[][]::new), Double.NaN);
        return row -> {
            double[] point = point(matrix, row, columns);
            return Arrays.stream(point).anyMatch(value -> value > PersonaSearch.EXTREME)
                    ? PersonaName.EXCEPTIONAL
                    : personas.get(clusters.nearest(point)).name();
        };
    }

    /** A member among the centroids. */
    double[] point(FeatureMatrix matrix, int row, int[] columns) {
        double[] point = new double[columns.length];
        for (int j = 0; j < columns.length; j++) {
            point[j] = Math.max(features.get(j).scaled(matrix.value(row, columns[j])), PersonaSearch.LOWEST);
        }
        return point;
    }

    /** Where the matrix has each feature. */
    int[] columns(FeatureMatrix matrix) {
        int[] columns = features.stream()
                .mapToInt(feature -> matrix.indexOf(feature.key()))
                .toArray();
        Set<String> missing = new TreeSet<>();
        for (int j = 0; j < columns.length; j++) {
            if (columns[j] < 0) {
                missing.add(features.get(j).key());
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "the saved personas of " + asOf + " use features this run does not have: "
                            + missing + " (it has "
                            + matrix.features().stream().map(Feature::key).collect(Collectors.joining(", "))
                            + "); find personas anew, without the saved ones");
        }
        return columns;
    }
}
