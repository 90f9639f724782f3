package org.assidu.analytics.model.persona;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds personas: robust scaling, extreme accounts apart, k-means for each k, and the k that is separated, repeatable and
 * not splintered.
 *
 * <p>Two traps are avoided by construction. Silhouette alone nearly always says k = 2 (buyers and non-buyers), so the
 * search begins at 3. And a handful of wholesalers wins any silhouette by standing far away, so accounts beyond {@link
 * #EXTREME} robust deviations on a clustering feature are a group of their own before any clustering.
 */
public final class PersonaSearch {

    /** Robust deviations above the median from which an account is set apart. */
    public static final double EXTREME = 4;

    /** Below the median, values are held here: a net spend near zero is far away in logs, but no kind of customer. */
    static final double LOWEST = -3;

    static final int FEWEST = 3;
    static final int MOST = 8;
    static final double SMALLEST_SHARE = 0.03;
    static final double STABLE = 0.75;
    private static final double SAME_SILHOUETTE = 0.02;
    private static final int SAMPLE = 5_000;
    private static final int RESTARTS = 24;
    private static final int BOOTSTRAPS = 20;
    private static final int BOOTSTRAP_RESTARTS = 4;

    private final FeatureMatrix matrix;
    private final long seed;

    public PersonaSearch(FeatureMatrix matrix, long seed) {
        this.matrix = matrix;
        this.seed = seed;
    }

    /**
     * One tried number of personas.
     *
     * @param stability mean adjusted Rand index between the clustering and those of bootstrap samples
     * @param smallestShare members of the smallest persona over all that were clustered
     */
    public record Trial(int k, double silhouette, double stability, double smallestShare) {

        /** Repeatable, and no persona too small to act upon. */
        public boolean acceptable() {
            return stability >= STABLE && smallestShare >= SMALLEST_SHARE;
        }
    }

    /** Fits, or says how many members it would need. */
    public PersonaModel fit() {
        return fit(null);
    }

    /**
     * Fits anew after an earlier run: its number of personas is kept while it is as good as the best, and personas that
     * hold the same members keep their names, see {@link PersonaMatching}.
     */
    public PersonaModel refit(SavedPersonas earlier) {
        return fit(earlier);
    }

    private PersonaModel fit(@Nullable SavedPersonas earlier) {
        Scaler scaler = Scaler.robust(matrix);
        double[][] points = points(scaler);
        boolean[] extreme = new boolean[points.length];
        for (int i = 0; i < points.length; i++) {
            extreme[i] = Arrays.stream(points[i]).anyMatch(value -> value > EXTREME);
        }
        int[] typical =
                IntStream.range(0, matrix.size()).filter(i -> !extreme[i]).toArray();
        if (typical.length < 10 * FEWEST) {
            throw new IllegalArgumentException("personas need at least " + 10 * FEWEST + " members, found "
                    + typical.length + " apart from " + (matrix.size() - typical.length) + " extreme accounts");
        }
        double[][] sample =
                Arrays.stream(sampled(typical)).mapToObj(row -> points[row]).toArray(double[][]::new);
        long distinct = Arrays.stream(sample).map(Arrays::toString).distinct().count();
        if (distinct < FEWEST) {
            throw new IllegalArgumentException("personas need members that differ; all " + matrix.size() + " share "
                    + distinct + " combinations of features");
        }
        List<Clusters> clusterings = IntStream.rangeClosed(FEWEST, (int) Math.min(MOST, distinct))
                .mapToObj(k -> Clusters.fit(sample, k, RESTARTS, seed))
                .toList();
        List<Trial> trials = trials(sample, clusterings);
        Trial chosen = choose(trials, earlier == null ? 0 : earlier.personas().size());
        Clusters clusters = clusterings.get(trials.indexOf(chosen));
        return PersonaModel.of(matrix, scaler, points, extreme, clusters, trials, earlier);
    }

    static Trial choose(List<Trial> trials) {
        return choose(trials, 0);
    }

    /**
     * The most separated acceptable k; of those within 0.02 silhouette, the one of the earlier run (0: none), else the most
     * repeatable. Where none is acceptable, the most repeatable.
     */
    static Trial choose(List<Trial> trials, int earlier) {
        List<Trial> acceptable = trials.stream().filter(Trial::acceptable).toList();
        if (acceptable.isEmpty()) {
            return trials.stream()
                    .max(Comparator.comparingDouble(Trial::stability))
                    .orElseThrow();
        }
        double best = acceptable.stream().mapToDouble(Trial::silhouette).max().orElseThrow();
        return acceptable.stream()
                .filter(trial -> trial.silhouette() >= best - SAME_SILHOUETTE)
                .max(Comparator.<Trial>comparingInt(trial -> trial.k() == earlier ? 1 : 0)
                        .thenComparingDouble(Trial::stability))
                .orElseThrow();
    }

    private double[][] points(Scaler scaler) {
        return IntStream.range(0, matrix.size())
                .mapToObj(row -> Arrays.stream(scaler.point(matrix, row))
                        .map(value -> Math.max(value, LOWEST))
                        .toArray())
                .toArray(double[][]::new);
    }

    /** All rows, or a seeded sample of them where there are many. */
    private int[] sampled(int[] rows) {
        if (rows.length <= SAMPLE) {
            return rows;
        }
        var random = new SplittableRandom(seed);
        int[] shuffled = rows.clone();
        for (int i = 0; i < SAMPLE; i++) {
            int j = i + random.nextInt(shuffled.length - i);
            int swapped = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swapped;
        }
        return Arrays.stream(shuffled, 0, SAMPLE).sorted().toArray();
    }

    private List<Trial> trials(double[][] sample, List<Clusters> clusterings) {
        List<int[]> labels =
                clusterings.stream().map(clusters -> clusters.assign(sample)).toList();
        double[] silhouettes = ClusterQuality.silhouettes(sample, labels);
        return IntStream.range(0, labels.size())
                .mapToObj(i -> trial(sample, labels.get(i), clusterings.get(i).centroids().length, silhouettes[i]))
                .toList();
    }

    private Trial trial(double[][] sample, int[] labels, int k, double silhouette) {
        int[] sizes = new int[k];
        Arrays.stream(labels).forEach(label -> sizes[label]++);
        double agreement = IntStream.range(0, BOOTSTRAPS)
                .mapToDouble(draw -> ClusterQuality.adjustedRand(
                        labels, resampled(sample, k, draw).assign(sample)))
                .sum();
        return new Trial(
                k,
                silhouette,
                agreement / BOOTSTRAPS,
                Arrays.stream(sizes).min().orElse(0) / (double) sample.length);
    }

    private Clusters resampled(double[][] sample, int k, int draw) {
        var random = new SplittableRandom(seed + 31L * (draw + 1));
        double[][] drawn = new double[sample.length][];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = sample[random.nextInt(sample.length)];
        }
        return Clusters.fit(drawn, k, BOOTSTRAP_RESTARTS, seed + draw);
    }
}
