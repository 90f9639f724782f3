package org.assidu.analytics.model.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a later run takes over from an earlier one: rules, names, the number of personas. */
final class PersonaContinuityTest {

    private static final FeatureMatrix FIRST = PlantedMembers.threeGroups(11);
    private static final PersonaModel MODEL = new PersonaSearch(FIRST, 7).fit();
    private static final SavedPersonas SAVED = MODEL.saved("2024-06-30", 1);

    @Test
    void theSavedPersonasAssignAsTheModelDid() {
        assertThat(SAVED.assign(FIRST)).isEqualTo(MODEL.assignment());
        assertThat(MODEL.assignment().byMember()).hasSize(600).containsEntry("r0", PersonaName.REGULARS);
        assertThat(SAVED.members()).isEqualTo(600);
    }

    @Test
    void theSavedFormIsReadBackEqualAndWrittenTheSameAgain() {
        String text = SavedPersonasJson.write(SAVED);
        SavedPersonas read = SavedPersonasJson.read(text);
        assertThat(read).isEqualTo(SAVED);
        assertThat(SavedPersonasJson.write(read)).isEqualTo(text);
        assertThat(text).contains("\"asOf\" : \"2024-06-30\"").doesNotContain("\"r0\"");
    }

    @Test
    void aDamagedOrNewerFormIsRefusedWithTheRemedy() {
        String text = SavedPersonasJson.write(SAVED);
        assertThatThrownBy(() -> SavedPersonasJson.read(text.replace("\"schema\" : 1", "\"schema\" : 2")))
                .hasMessageContaining("layout 2, this version reads up to 1")
                .hasMessageContaining("find personas anew");
        assertThatThrownBy(() -> SavedPersonasJson.read(text.substring(0, 200)))
                .hasMessageContaining("no saved personas")
                .hasMessageContaining("find personas anew");
        assertThatThrownBy(() -> SavedPersonasJson.read("{}")).hasMessageContaining("no saved personas");
        assertThatThrownBy(() -> SavedPersonasJson.read(text.replace("\"DORMANT\"", "\"REGULARS\"")))
                .hasMessageContaining("distinct names");
    }

    @Test
    void membersWithoutASavedFeatureAreRefusedByName() {
        var other = new FeatureMatrix(List.of(new Feature(Feature.RECENCY, true, true)), Map.of("m", new double[] {1}));
        assertThatThrownBy(() -> SAVED.assign(other))
                .hasMessageContaining("[basket_value, orders]")
                .hasMessageContaining("it has recency_days")
                .hasMessageContaining("find personas anew");
    }

    @Test
    void aMemberAtTheEdgeOfTheSavedScaleIsExceptional() {
        var other = new FeatureMatrix(PlantedMembers.FEATURES, Map.of("wholesaler", new double[] {3, 1e9, 1e9, 0}));
        assertThat(SAVED.assign(other).byMember()).containsEntry("wholesaler", PersonaName.EXCEPTIONAL);
    }

    @Test
    void namesSurviveARefitOnOtherMembersWhateverTheSeed() {
        for (long seed = 1; seed <= 3; seed++) {
            PersonaModel later = new PersonaSearch(PlantedMembers.threeGroups(100 + seed), seed).refit(SAVED);
            assertThat(later.personas())
                    .extracting(Persona::name)
                    .containsExactlyElementsOf(
                            MODEL.personas().stream().map(Persona::name).toList());
            assertThat(later.assignment().byMember())
                    .containsEntry("r0", PersonaName.REGULARS)
                    .containsEntry("b0", PersonaName.BIG_BASKETS)
                    .containsEntry("d0", PersonaName.DORMANT);
        }
    }

    /** By the earlier rules the new members count as dormant, so members alone would not tell which of both is. */
    @Test
    void aPersonaKeepsItsNameWhenAnotherIsNew() {
        FeatureMatrix later = new PlantedMembers(12)
                .group("r", 200, PlantedMembers.REGULARS)
                .group("b", 200, PlantedMembers.BIG_BASKETS)
                .group("d", 200, PlantedMembers.DORMANT)
                .group("s", 200, PlantedMembers.SMALL_BASKETS)
                .matrix();
        PersonaModel model = new PersonaSearch(later, 7).refit(SAVED);
        assertThat(model.chosen().k()).isEqualTo(4);
        Map<String, PersonaName> names = model.assignment().byMember();
        assertThat(names)
                .containsEntry("r0", PersonaName.REGULARS)
                .containsEntry("b0", PersonaName.BIG_BASKETS)
                .containsEntry("d0", PersonaName.DORMANT);
        assertThat(model.keptNames())
                .containsExactlyInAnyOrder(PersonaName.REGULARS, PersonaName.BIG_BASKETS, PersonaName.DORMANT);
        assertThat(MODEL.keptNames()).isEmpty();
        assertThat(names.get("s0")).isNotIn(PersonaName.REGULARS, PersonaName.BIG_BASKETS, PersonaName.DORMANT);
    }

    @Test
    void aNameIsNotPassedOnToAClusterThatContradictsIt() {
        // The earlier run called the dormant champions: the members are the same, the name is false.
        var misnamed = new SavedPersonas(
                SavedPersonas.SCHEMA,
                "2024-06-30",
                SAVED.features(),
                SAVED.personas().stream()
                        .map(one -> one.name() == PersonaName.DORMANT
                                ? new SavedPersonas.SavedPersona(PersonaName.REGULARS, one.centroid(), one.size())
                                : one.name() == PersonaName.REGULARS
                                        ? new SavedPersonas.SavedPersona(
                                                PersonaName.DORMANT, one.centroid(), one.size())
                                        : one)
                        .toList(),
                0,
                600,
                1,
                SAVED.trials());
        PersonaModel later = new PersonaSearch(PlantedMembers.threeGroups(12), 7).refit(misnamed);
        assertThat(later.assignment().byMember())
                .containsEntry("r0", PersonaName.REGULARS)
                .containsEntry("d0", PersonaName.DORMANT);
    }

    @Test
    void theNumberOfPersonasIsKeptAmongEqualsOnly() {
        var three = new PersonaSearch.Trial(3, 0.36, 0.80, 0.10);
        var four = new PersonaSearch.Trial(4, 0.35, 0.95, 0.10);
        var five = new PersonaSearch.Trial(5, 0.20, 0.99, 0.10);
        var unsound = new PersonaSearch.Trial(6, 0.36, 0.20, 0.10);
        List<PersonaSearch.Trial> trials = List.of(three, four, five, unsound);
        assertThat(PersonaSearch.choose(trials, 3)).isEqualTo(three);
        assertThat(PersonaSearch.choose(trials, 0)).isEqualTo(four);
        assertThat(PersonaSearch.choose(trials, 5)).isEqualTo(four);
        assertThat(PersonaSearch.choose(trials, 6)).isEqualTo(four);
    }

    /** Against every one-to-one assignment, tall, wide and square. */
    @Test
    void theMatchingHasTheLargestSum() {
        var random = new SplittableRandom(3);
        for (int round = 0; round < 60; round++) {
            int rows = 1 + random.nextInt(5);
            int columns = 1 + random.nextInt(5);
            double[][] weights = new double[rows][columns];
            for (double[] row : weights) {
                for (int column = 0; column < columns; column++) {
                    row[column] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
                }
            }
            int[] matched = PersonaMatching.match(weights);
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += matched[row] < 0 ? 0 : weights[row][matched[row]];
            }
            assertThat(sum).isCloseTo(best(weights, 0, 0), within(1e-12));
            assertThat(Arrays.stream(matched)
                            .filter(column -> column >= 0)
                            .boxed()
                            .collect(Collectors.toList()))
                    .doesNotHaveDuplicates();
        }
        // The greedy answer takes 0.9 first and ends at 1.0.
        assertThat(PersonaMatching.match(new double[][] {{0.9, 0.8}, {0.8, 0.1}}))
                .containsExactly(1, 0);
        assertThat(PersonaMatching.match(new double[][] {{0, 0}})).containsExactly(-1);
    }

    private static double best(double[][] weights, int row, int taken) {
        if (row == weights.length) {
            return 0;
        }
        double best = best(weights, row + 1, taken);
        for (int column = 0; column < weights[row].length; column++) {
            if ((taken & 1 << column) == 0) {
                best = Math.max(best, weights[row][column] + best(weights, row + 1, taken | 1 << column));
            }
        }
        return best;
    }
}
