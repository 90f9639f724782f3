package org.assidu.analytics.model.persona;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Grows an {@link ExplanationTree}: the best split of any leaf first. The same members give the same tree. */
final class TreeGrowth {

    private static final int LEAVES_A_PERSONA = 2;
    private static final int DEEPEST = 4;
    private static final double SMALLEST_LEAF = 0.01;

    /** Least fall of the impurity of all members together; below it a split is not worth a line. */
    private static final double LEAST_GAIN = 0.002;

    /** Splits are sought among so many members, evenly drawn; leaves are counted over all. */
    private static final int SAMPLE = 20_000;

    private static final int NAMES = PersonaName.values().length;

    private final FeatureMatrix matrix;
    private final PersonaName[] byRow;
    private final int mostLeaves;
    private final int[] features;

    TreeGrowth(FeatureMatrix matrix, PersonaName[] byRow, int personas) {
        this.matrix = matrix;
        this.byRow = byRow;
        this.mostLeaves = LEAVES_A_PERSONA * personas;
        this.features = IntStream.range(0, matrix.features().size())
                .filter(j -> matrix.features().get(j).clustering())
                .toArray();
    }

    /** The best split of a leaf's members. */
    private record Cut(int feature, double threshold, double gain) {}

    /** A leaf while the tree grows; a split once it has children. */
    private static final class Branch {

        private final int[] rows;
        private final int depth;
        private final @Nullable Cut best;
        private @Nullable Cut cut;
        private @Nullable Branch below;
        private @Nullable Branch above;

        Branch(int[] rows, int depth, @Nullable Cut best) {
            this.rows = rows;
            this.depth = depth;
            this.best = best;
        }

        double gain() {
            return best == null ? 0 : best.gain();
        }
    }

    ExplanationTree.Node grow(int[] rows) {
        int[] sample = sampled(rows);
        Branch root = branch(sample, 0, sample.length);
        List<Branch> leaves = new ArrayList<>(List.of(root));
        while (leaves.size() < mostLeaves) {
            Branch widest = leaves.stream()
                    .max(Comparator.comparingDouble(Branch::gain))
                    .orElseThrow();
            Cut cut = widest.best;
            if (cut == null) {
                break;
            }
            Branch below = branch(side(widest.rows, cut, false), widest.depth + 1, sample.length);
            Branch above = branch(side(widest.rows, cut, true), widest.depth + 1, sample.length);
            widest.cut = cut;
            widest.below = below;
            widest.above = above;
            leaves.remove(widest);
            leaves.add(below);
            leaves.add(above);
        }
        return node(root, rows);
    }

    private Branch branch(int[] rows, int depth, int all) {
        return new Branch(rows, depth, depth < DEEPEST ? bestCut(rows, all) : null);
    }

    /** The branch counted over all members; two leaves of one persona under one split are one leaf. */
    private ExplanationTree.Node node(Branch branch, int[] rows) {
        Cut cut = branch.cut;
        Branch lower = branch.below;
        Branch upper = branch.above;
        if (cut == null || lower == null || upper == null) {
            return leaf(rows);
        }
        ExplanationTree.Node below = node(lower, side(rows, cut, false));
        ExplanationTree.Node above = node(upper, side(rows, cut, true));
        boolean same = below instanceof ExplanationTree.Leaf one
                && above instanceof ExplanationTree.Leaf other
                && one.persona() == other.persona();
        return same
                ? leaf(rows)
                : new ExplanationTree.Split(matrix.features().get(cut.feature()).key(), cut.threshold(), below, above);
    }

    private ExplanationTree.Leaf leaf(int[] rows) {
        int[] counts = counts(rows);
        int most = 0;
        for (int name = 1; name < NAMES; name++) {
            most = counts[name] > counts[most] ? name : most;
        }
        return new ExplanationTree.Leaf(PersonaName.values()[most], rows.length, counts[most]);
    }

    private @Nullable Cut bestCut(int[] rows, int all) {
        int least = Math.max(1, (int) Math.ceil(SMALLEST_LEAF * all));
        int[] counts = counts(rows);
        double whole = impurity(counts, rows.length);
        Cut best = null;
        for (int feature : features) {
            Integer[] sorted = Arrays.stream(rows).boxed().toArray(Integer[]::new);
            Arrays.sort(sorted, Comparator.comparingDouble(row -> matrix.value(row, feature)));
            int[] below = new int[NAMES];
            int[] above = counts.clone();
            for (int i = 1; i < sorted.length; i++) {
                int name = byRow[sorted[i - 1]].ordinal();
                below[name]++;
                above[name]--;
                double low = matrix.value(sorted[i - 1], feature);
                double high = matrix.value(sorted[i], feature);
                if (low < high && i >= least && sorted.length - i >= least) {
                    double gain = (whole - impurity(below, i) - impurity(above, sorted.length - i)) / all;
                    if (gain >= LEAST_GAIN && (best == null || gain > best.gain())) {
                        best = new Cut(feature, roundest(low, high), gain);
                    }
                }
            }
        }
        return best;
    }

    /** Gini impurity times the number of members. */
    private static double impurity(int[] counts, int members) {
        double squares = 0;
        for (int count : counts) {
            squares += (double) count * count;
        }
        return members - squares / members;
    }

    private int[] counts(int[] rows) {
        int[] counts = new int[NAMES];
        for (int row : rows) {
            counts[byRow[row].ordinal()]++;
        }
        return counts;
    }

    private int[] side(int[] rows, Cut cut, boolean above) {
        return Arrays.stream(rows)
                .filter(row -> (matrix.value(row, cut.feature()) >= cut.threshold()) == above)
                .toArray();
    }

    private static int[] sampled(int[] rows) {
        if (rows.length <= SAMPLE) {
            return rows;
        }
        int[] sample = new int[SAMPLE];
        for (int i = 0; i < SAMPLE; i++) {
            sample[i] = rows[(int) ((long) i * rows.length / SAMPLE)];
        }
        return sample;
    }

    /** The number with the fewest digits above {@code low} and at most {@code high}: a threshold fit to be read. */
    static double roundest(double low, double high) {
        BigDecimal upper = BigDecimal.valueOf(high);
        BigDecimal step = BigDecimal.ONE.movePointRight((int) Math.ceil(Math.log10(Math.abs(high) + high - low)) + 1);
        for (int tries = 0; tries < 40; tries++) {
            for (int part : new int[] {10, 5, 2}) {
                BigDecimal grid = step.multiply(BigDecimal.valueOf(part)).movePointLeft(1);
                BigDecimal multiple = upper.divide(grid, MathContext.DECIMAL64)
                        .setScale(0, RoundingMode.FLOOR)
                        .multiply(grid);
                double candidate = multiple.doubleValue();
                if (candidate > low && candidate <= high) {
                    return candidate;
                }
            }
            step = step.movePointLeft(1);
        }
        return high;
    }
}
