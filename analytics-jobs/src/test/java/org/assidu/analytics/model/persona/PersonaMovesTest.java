package org.assidu.analytics.model.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assidu.analytics.model.persona.PersonaName.BIG_BASKETS;
import static org.assidu.analytics.model.persona.PersonaName.DORMANT;
import static org.assidu.analytics.model.persona.PersonaName.REGULARS;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Members between two days: flows, drift, and the assignment that is kept for them. */
final class PersonaMovesTest {

    private static final SavedPersonas SAVED =
            new PersonaSearch(PlantedMembers.threeGroups(11), 7).fit().saved("2024-06-30", 1);

    @Test
    void flowsCountEveryMemberOnce() {
        var before = assignment(Map.of("a", REGULARS, "b", REGULARS, "c", DORMANT, "gone", DORMANT));
        var now = assignment(Map.of("a", REGULARS, "b", DORMANT, "c", DORMANT, "new", BIG_BASKETS));
        PersonaFlows flows = PersonaFlows.between(before, now);
        assertThat(flows.flows())
                .containsExactly(
                        new PersonaFlows.Flow(null, BIG_BASKETS, 1),
                        new PersonaFlows.Flow(REGULARS, REGULARS, 1),
                        new PersonaFlows.Flow(REGULARS, DORMANT, 1),
                        new PersonaFlows.Flow(DORMANT, DORMANT, 1),
                        new PersonaFlows.Flow(DORMANT, null, 1));
        assertThat(flows.stayed()).isEqualTo(3);
        assertThat(flows.arrived()).isEqualTo(1);
        assertThat(flows.left()).isEqualTo(1);
        assertThat(flows.moved()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(PersonaFlows.between(assignment(Map.of()), now).moved()).isNaN();
    }

    @Test
    void everyPairOfPersonasHasItsOwnFlow() {
        var before = new TreeMap<String, PersonaName>();
        var now = new TreeMap<String, PersonaName>();
        for (PersonaName from : PersonaName.values()) {
            for (PersonaName to : PersonaName.values()) {
                before.put(from + " " + to, from);
                now.put(from + " " + to, to);
            }
        }
        assertThat(PersonaFlows.between(new PersonaAssignment(before), new PersonaAssignment(now))
                        .flows())
                .hasSize(121)
                .allMatch(flow -> flow.members() == 1)
                .doesNotHaveDuplicates();
    }

    @Test
    void membersOfTheSameHabitsHaveNotDrifted() {
        PopulationDrift drift = PopulationDrift.of(SAVED, PlantedMembers.threeGroups(99));
        assertThat(drift.ofFeatures()).containsOnlyKeys(Feature.RECENCY, Feature.FREQUENCY, Feature.BASKET);
        assertThat(drift.largest()).isLessThan(PopulationDrift.MOVED);
        assertThat(drift.refitAdvised()).isFalse();
        assertThat(drift.then().get(REGULARS)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(drift.now().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void whenRegularsFallAsleepTheirFeaturesAndSharesDrift() {
        FeatureMatrix later = new PlantedMembers(12)
                .group("r", 40, PlantedMembers.REGULARS)
                .group("b", 200, PlantedMembers.BIG_BASKETS)
                .group("d", 360, PlantedMembers.DORMANT)
                .matrix();
        PopulationDrift drift = PopulationDrift.of(SAVED, later);
        assertThat(drift.now().get(DORMANT)).isCloseTo(0.6, within(0.01));
        // (0.6 − 1/3) ln(0.6 · 3) + (1/15 − 1/3) ln(0.2)
        assertThat(drift.ofPersonas()).isCloseTo(0.5859, within(0.01));
        assertThat(drift.ofFeatures().get(Feature.RECENCY)).isGreaterThan(PopulationDrift.SHIFTED);
        assertThat(drift.refitAdvised()).isTrue();
    }

    @Test
    void theIndexIsAsComputedByHandAndFiniteForAnEmptyGroup() {
        assertThat(PopulationDrift.index(List.of(0.5, 0.5), List.of(0.6, 0.4)))
                .isCloseTo(0.1 * Math.log(1.2) - 0.1 * Math.log(0.8), within(1e-12));
        assertThat(PopulationDrift.index(List.of(1.0, 0.0), List.of(0.5, 0.5)))
                .isFinite()
                .isGreaterThan(1);
    }

    @Test
    void decilesOfAFeatureThatManyShareAreFewer() {
        double[] values = {1, 1, 1, 1, 1, 1, 1, 1, 2, 3};
        List<Double> edges = PopulationDrift.deciles(values);
        assertThat(edges).doesNotHaveDuplicates().hasSizeLessThan(9);
        assertThat(PopulationDrift.shares(values, edges).get(0)).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void theAssignmentIsReadBackEqual() throws IOException {
        var assignment = assignment(Map.of("a,\"b\"", REGULARS, "é", DORMANT));
        var text = new StringWriter();
        assignment.write(text);
        assertThat(text.toString()).isEqualTo("member_key,persona\n\"a,\"\"b\"\"\",REGULARS\né,DORMANT\n");
        assertThat(PersonaAssignment.read(new StringReader(text.toString()))).isEqualTo(assignment);
    }

    @Test
    void aDamagedAssignmentIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("member,segment\na,REGULARS\n")).hasMessageContaining("line 1");
        assertThatThrownBy(() -> read("member_key,persona\na,REGULAR\n"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("CHAMPIONS, REGULARS");
        assertThatThrownBy(() -> read("member_key,persona\na,REGULARS\na,DORMANT\n"))
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> read("member_key,persona\na\n")).hasMessageContaining("give the file a run wrote");
    }

    private static PersonaAssignment read(String text) throws IOException {
        return PersonaAssignment.read(new StringReader(text));
    }

    private static PersonaAssignment assignment(Map<String, PersonaName> names) {
        return new PersonaAssignment(new TreeMap<>(names));
    }
}
