package org.assidu.analytics.model.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplanationTreeTest {

    @Test
    void separateGroupsAreToldApartByOneRuleEach() {
        ExplanationTree tree =
                new PersonaSearch(PlantedMembers.threeGroups(11), 7).fit().explanation();
        assertThat(tree.fidelity()).isEqualTo(1);
        assertThat(tree.rules()).hasSize(3).allMatch(rule -> rule.purity() == 1 && rule.coverage() == 1);
        assertThat(tree.rules())
                .extracting(ExplanationTree.Rule::persona)
                .containsExactly(PersonaName.REGULARS, PersonaName.BIG_BASKETS, PersonaName.DORMANT);
        ExplanationTree.Rule dormant = tree.rules().get(2);
        assertThat(dormant.members()).isEqualTo(200);
        assertThat(dormant.conditions()).isNotEmpty();
    }

    @Test
    void rulesAreThoseOfThePlantedThresholds() {
        // Champions from 10 orders on; below, big baskets from 50.
        var rows = new TreeMap<String, double[]>();
        var names = new TreeMap<String, PersonaName>();
        for (int i = 0; i < 400; i++) {
            double orders = 1 + i % 20;
            double basket = 5 + 5 * (i / 20);
            String member = String.format("m%03d", i);
            rows.put(member, new double[] {orders, basket});
            names.put(
                    member,
                    orders >= 10
                            ? PersonaName.CHAMPIONS
                            : basket >= 50 ? PersonaName.BIG_BASKETS : PersonaName.SMALL_BASKETS);
        }
        var matrix = new FeatureMatrix(
                List.of(new Feature(Feature.FREQUENCY, true, true), new Feature(Feature.BASKET, true, true)), rows);
        ExplanationTree tree = ExplanationTree.of(matrix, names.values().toArray(PersonaName[]::new));
        var few = new ExplanationTree.Condition(Feature.FREQUENCY, false, 10);
        assertThat(tree.fidelity()).isEqualTo(1);
        assertThat(tree.rules())
                .extracting(ExplanationTree.Rule::conditions)
                .containsExactly(
                        List.of(new ExplanationTree.Condition(Feature.FREQUENCY, true, 10)),
                        List.of(few, new ExplanationTree.Condition(Feature.BASKET, true, 50)),
                        List.of(few, new ExplanationTree.Condition(Feature.BASKET, false, 50)));
    }

    @Test
    void fidelityPurityAndCoverageCountWhatTheRulesMiss() {
        var rows = new TreeMap<String, double[]>();
        PersonaName[] names = new PersonaName[200];
        for (int i = 0; i < 200; i++) {
            rows.put(String.format("m%03d", i), new double[] {i < 100 ? 1 : 9});
            boolean mislaid = i % 10 == 0;
            names[i] = i < 100 != mislaid ? PersonaName.DORMANT : PersonaName.REGULARS;
        }
        ExplanationTree tree =
                ExplanationTree.of(new FeatureMatrix(List.of(new Feature(Feature.FREQUENCY, true, true)), rows), names);
        assertThat(tree.fidelity()).isCloseTo(0.9, within(1e-12));
        assertThat(tree.rules()).hasSize(2).allSatisfy(rule -> {
            assertThat(rule.members()).isEqualTo(100);
            assertThat(rule.purity()).isCloseTo(0.9, within(1e-12));
            assertThat(rule.coverage()).isCloseTo(0.9, within(1e-12));
        });
        assertThat(tree.sizes()).isEqualTo(Map.of(PersonaName.REGULARS, 100, PersonaName.DORMANT, 100));
    }

    @Test
    void exceptionalAccountsAreNotExplained() {
        FeatureMatrix matrix = new PlantedMembers(11)
                .group("r", 200, PlantedMembers.REGULARS)
                .group("b", 200, PlantedMembers.BIG_BASKETS)
                .group("d", 200, PlantedMembers.DORMANT)
                .group("w", 4, 2, 1e7, 1e9, 0)
                .matrix();
        ExplanationTree tree = new PersonaSearch(matrix, 7).fit().explanation();
        assertThat(tree.sizes()).doesNotContainKey(PersonaName.EXCEPTIONAL);
        assertThat(tree.sizes().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(600);
        PersonaName[] all = new PersonaName[604];
        Arrays.fill(all, PersonaName.EXCEPTIONAL);
        assertThatThrownBy(() -> ExplanationTree.of(matrix, all)).hasMessageContaining("all 604 members are set apart");
    }

    @Test
    void manyMembersAreExplainedFromASampleAndCountedWhole() {
        FeatureMatrix matrix = new PlantedMembers(5)
                .group("r", 20_000, PlantedMembers.REGULARS)
                .group("d", 20_000, PlantedMembers.DORMANT)
                .matrix();
        PersonaName[] names = new PersonaName[40_000];
        for (int row = 0; row < names.length; row++) {
            names[row] = matrix.member(row).startsWith("r") ? PersonaName.REGULARS : PersonaName.DORMANT;
        }
        ExplanationTree tree = ExplanationTree.of(matrix, names);
        assertThat(tree.rules()).extracting(ExplanationTree.Rule::members).containsExactly(20_000, 20_000);
    }

    @ParameterizedTest
    @CsvSource({
        "9, 10, 10",
        "9.2, 9.9, 9.5",
        "44, 46, 45",
        "3, 1000, 1000",
        "3, 999, 500",
        "0.0123, 0.0129, 0.0125",
        "-7, -3, -5",
        "-1, 0, 0",
        "12345, 12346, 12346"
    })
    void thresholdsAreTheRoundestBetweenTwoMembers(double low, double high, double threshold) {
        assertThat(TreeGrowth.roundest(low, high)).isEqualTo(threshold);
    }
}
