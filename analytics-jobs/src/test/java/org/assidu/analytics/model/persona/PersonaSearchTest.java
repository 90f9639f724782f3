package org.assidu.analytics.model.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PersonaSearchTest {

    private static final List<Feature> FEATURES = List.of(
            new Feature(Feature.RECENCY, true, true),
            new Feature(Feature.FREQUENCY, true, true),
            new Feature(Feature.BASKET, true, true),
            new Feature(Feature.RETURNS, false, false));

    @Test
    void threePlantedGroupsAreFoundNamedAndTheWholesalersSetApart() {
        Map<String, double[]> members = planted();
        PersonaModel model = new PersonaSearch(new FeatureMatrix(FEATURES, members), 7).fit();
        assertThat(model.chosen().k()).isEqualTo(3);
        assertThat(model.chosen().acceptable()).isTrue();
        Map<PersonaName, Integer> sizes =
                model.personas().stream().collect(Collectors.toMap(Persona::name, Persona::size));
        assertThat(sizes)
                .containsEntry(PersonaName.REGULARS, 200)
                .containsEntry(PersonaName.BIG_BASKETS, 200)
                .containsEntry(PersonaName.DORMANT, 200)
                .containsEntry(PersonaName.EXCEPTIONAL, 5);
        Persona dormant = model.personas().stream()
                .filter(persona -> persona.name() == PersonaName.DORMANT)
                .findFirst()
                .orElseThrow();
        assertThat(dormant.marks(1)).containsExactly(Feature.RECENCY);
        assertThat(dormant.profile().get(Feature.RECENCY)).isGreaterThan(1);
    }

    @Test
    void theOrderOfMembersDoesNotMatter() {
        Map<String, double[]> members = planted();
        var keys = new ArrayList<>(members.keySet());
        Collections.shuffle(keys, new Random(3));
        var shuffled = new LinkedHashMap<String, double[]>();
        keys.forEach(key -> shuffled.put(key, members.get(key)));
        PersonaModel first = new PersonaSearch(new FeatureMatrix(FEATURES, members), 7).fit();
        PersonaModel second = new PersonaSearch(new FeatureMatrix(FEATURES, shuffled), 7).fit();
        assertThat(second.trials()).isEqualTo(first.trials());
        assertThat(second.personas()).isEqualTo(first.personas());
    }

    @Test
    void anUnstableOrSplinteredClusteringLosesWhateverItsSilhouette() {
        var separated = new PersonaSearch.Trial(5, 0.60, 0.50, 0.10);
        var splintered = new PersonaSearch.Trial(6, 0.55, 0.99, 0.001);
        var sound = new PersonaSearch.Trial(3, 0.35, 0.90, 0.20);
        var alike = new PersonaSearch.Trial(4, 0.36, 0.80, 0.10);
        assertThat(PersonaSearch.choose(List.of(sound, alike, separated, splintered)))
                .isEqualTo(sound);
        assertThat(PersonaSearch.choose(List.of(separated))).isEqualTo(separated);
    }

    @Test
    void tooFewOrIdenticalMembersAreRefusedWithNumbers() {
        Map<String, double[]> few = Map.of("m1", new double[] {1, 2, 3, 0});
        assertThatThrownBy(() -> new PersonaSearch(new FeatureMatrix(FEATURES, few), 7).fit())
                .hasMessageContaining("at least 30 members, found 1");
        Map<String, double[]> same =
                IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "m" + i, i -> new double[] {1, 2, 3, 0}));
        assertThatThrownBy(() -> new PersonaSearch(new FeatureMatrix(FEATURES, same), 7).fit())
                .hasMessageContaining("100 share 1 combinations");
    }

    @Test
    void adjustedRandIsOneForTheSamePartitionAndZeroForUnrelatedOnes() {
        assertThat(ClusterQuality.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0}))
                .isEqualTo(1);
        // Hubert & Arabie's example in scikit-learn's documentation: 4/7 = 0.571…
        assertThat(ClusterQuality.adjustedRand(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1}))
                .isCloseTo(0.5714285714, within(1e-9));
        assertThat(ClusterQuality.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}))
                .isCloseTo(-0.5, within(1e-12));
    }

    @Test
    void silhouettesOfFourPointsAreAsComputedByHand() {
        double[][] points = {{0}, {1}, {10}, {12}};
        // (10.5-1)/11 … : b − a over the larger, for each point.
        double expected = ((11 - 1) / 11.0 + (10 - 1) / 10.0 + (9.5 - 2) / 9.5 + (11.5 - 2) / 11.5) / 4;
        // The last two points apart: each is alone, and alone counts 0.
        double splintered = ((10 - 1) / 10.0 + (9 - 1) / 9.0) / 4;
        assertThat(ClusterQuality.silhouettes(points, List.of(new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 2})))
                .containsExactly(new double[] {expected, splintered}, within(1e-12));
    }

    private static Map<String, double[]> planted() {
        var random = new SplittableRandom(11);
        double[][] centres = {{3, 40, 30, 0.02}, {40, 3, 300, 0.02}, {300, 1.5, 30, 0.02}};
        var members = new LinkedHashMap<String, double[]>();
        for (int i = 0; i < 600; i++) {
            double[] centre = centres[i % 3];
            members.put("member-" + i, new double[] {
                centre[0] * Math.exp(0.15 * random.nextGaussian()),
                centre[1] * Math.exp(0.15 * random.nextGaussian()),
                centre[2] * Math.exp(0.15 * random.nextGaussian()),
                random.nextDouble() * 0.04
            });
        }
        for (int i = 0; i < 5; i++) {
            members.put("wholesaler-" + i, new double[] {2, 1e7, 1e9, 0});
        }
        return members;
    }
}
