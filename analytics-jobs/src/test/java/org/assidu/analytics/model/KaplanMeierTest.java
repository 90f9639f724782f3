package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class KaplanMeierTest {

    /** Remission times of the 6-MP arm (Freireich 1963): S(6) = 0.857, S(10) = 0.753, S(23) = 0.448. */
    @Test
    void freireichRemissionsAreReproduced() {
        TreeMap<Integer, KaplanMeier.Exits> exits = new TreeMap<>();
        int[][] rows = {
            {6, 3, 1},
            {7, 1, 0},
            {9, 0, 1},
            {10, 1, 1},
            {11, 0, 1},
            {13, 1, 0},
            {16, 1, 0},
            {17, 0, 1},
            {19, 0, 1},
            {20, 0, 1},
            {22, 1, 0},
            {23, 1, 0},
            {25, 0, 1},
            {32, 0, 2},
            {34, 0, 1},
            {35, 0, 1}
        };
        for (int[] row : rows) {
            exits.put(row[0], new KaplanMeier.Exits(row[1], row[2]));
        }
        List<KaplanMeier.Step> steps = KaplanMeier.fit(exits);
        assertThat(steps).extracting(KaplanMeier.Step::time).containsExactly(6, 7, 10, 13, 16, 22, 23);
        assertThat(steps).extracting(KaplanMeier.Step::atRisk).containsExactly(21L, 17L, 15L, 12L, 11L, 7L, 6L);
        assertThat(steps.get(0).survival()).isEqualTo(0.857, within(0.0005));
        assertThat(steps.get(2).survival()).isEqualTo(0.753, within(0.0005));
        assertThat(steps.get(6).survival()).isEqualTo(0.448, within(0.0005));
        assertThat(steps.get(0).low()).isEqualTo(0.620, within(0.001));
        assertThat(steps.get(0).high()).isEqualTo(0.952, within(0.001));
    }

    @Test
    void nobodyLeftAtRiskEndsAtZero() {
        TreeMap<Integer, KaplanMeier.Exits> exits = new TreeMap<>();
        exits.put(3, new KaplanMeier.Exits(2, 0));
        assertThat(KaplanMeier.fit(exits))
                .singleElement()
                .satisfies(step -> assertThat(step.survival()).isZero());
    }
}
