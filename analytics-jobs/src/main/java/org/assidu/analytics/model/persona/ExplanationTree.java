package org.assidu.analytics.model.persona;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Personas in words a person can check: a small classification tree (CART, Gini impurity) that tells the personas apart by
 * thresholds on the features that shape them, in their own units. It explains the assignment, it does not make it; {@link
 * #fidelity} says how much of it the rules reproduce.
 *
 * <p>The split that lowers the impurity most is made first, until there are twice as many leaves as personas, so that the
 * rules stay few. Accounts set apart are not explained: being extreme is their rule.
 *
 * @param fidelity share of members whom the tree gives the persona they have
 * @param sizes members of each persona explained
 */
public record ExplanationTree(Node root, double fidelity, Map<PersonaName, Integer> sizes) {

    public ExplanationTree {
        sizes = Collections.unmodifiableMap(new EnumMap<>(sizes));
    }

    /** A split or a leaf. */
    public sealed interface Node permits Split, Leaf {}

    /** Members with less than the threshold go below, the others above. */
    public record Split(String feature, double threshold, Node below, Node above) implements Node {}

    /**
     * Where a rule ends.
     *
     * @param agreeing members of the leaf that have its persona
     */
    public record Leaf(PersonaName persona, int members, int agreeing) implements Node {}

    /**
     * One side of a threshold.
     *
     * @param atLeast the feature is at or above it, else below
     */
    public record Condition(String feature, boolean atLeast, double threshold) {}

    /**
     * What leads to one leaf.
     *
     * @param purity share of the members it catches that have the persona
     * @param coverage share of the persona's members that it catches
     */
    public record Rule(PersonaName persona, List<Condition> conditions, int members, double purity, double coverage) {}

    static ExplanationTree of(FeatureMatrix matrix, PersonaName[] byRow) {
        int[] rows = IntStream.range(0, byRow.length)
                .filter(row -> byRow[row] != PersonaName.EXCEPTIONAL)
                .toArray();
        if (rows.length == 0) {
            throw new IllegalArgumentException("no persona to explain: all " + byRow.length + " members are set apart");
        }
        Map<PersonaName, Integer> sizes = new EnumMap<>(PersonaName.class);
        for (int row : rows) {
            sizes.merge(byRow[row], 1, Integer::sum);
        }
        Node root = new TreeGrowth(matrix, byRow, sizes.size()).grow(rows);
        return new ExplanationTree(root, (double) agreeing(root) / rows.length, sizes);
    }

    /** One rule a leaf; those of a persona together, the one that catches most of it first. */
    public List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        collect(root, List.of(), rules);
        return rules.stream()
                .sorted(Comparator.comparing(Rule::persona)
                        .thenComparing(
                                Comparator.comparingDouble(Rule::coverage).reversed()))
                .toList();
    }

    private void collect(Node node, List<Condition> path, List<Rule> rules) {
        if (node instanceof Leaf leaf) {
            rules.add(new Rule(
                    leaf.persona(),
                    path,
                    leaf.members(),
                    (double) leaf.agreeing() / leaf.members(),
                    (double) leaf.agreeing() / sizes.getOrDefault(leaf.persona(), 1)));
        } else if (node instanceof Split split) {
            collect(split.below(), tightened(path, new Condition(split.feature(), false, split.threshold())), rules);
            collect(split.above(), tightened(path, new Condition(split.feature(), true, split.threshold())), rules);
        }
    }

    /** A later condition on the same side of a feature is the tighter one and takes the place of the former. */
    private static List<Condition> tightened(List<Condition> path, Condition next) {
        List<Condition> conditions = new ArrayList<>(path);
        conditions.removeIf(one -> one.feature().equals(next.feature()) && one.atLeast() == next.atLeast());
        conditions.add(next);
        return List.copyOf(conditions);
    }

    private static int agreeing(Node node) {
        return node instanceof Split split
                ? agreeing(split.below()) + agreeing(split.above())
                : ((Leaf) node).agreeing();
    }
}
