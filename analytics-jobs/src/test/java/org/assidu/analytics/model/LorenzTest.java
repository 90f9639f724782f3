package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LorenzTest {

    @Test
    void equalHoldingsHaveNoConcentration() {
        Lorenz lorenz = new Lorenz(new TreeMap<>(Map.of(5L, 100L)));
        assertThat(lorenz.gini()).isEqualTo(0, within(1e-12));
        assertThat(lorenz.shareOfTop(20)).isEqualTo(0.2, within(1e-12));
        assertThat(lorenz.shareOfLowest(0.37)).isEqualTo(0.37, within(1e-12));
    }

    @Test
    void oneHolderOfAllIsTheExtreme() {
        Lorenz lorenz = new Lorenz(new TreeMap<>(Map.of(0L, 9L, 50L, 1L)));
        assertThat(lorenz.gini()).isEqualTo(0.9, within(1e-12));
        assertThat(lorenz.shareOfTop(1)).isEqualTo(1);
        assertThat(lorenz.shareOfLowest(0.9)).isZero();
    }

    @Test
    void tiesCountAsManyHolders() {
        Lorenz lorenz = new Lorenz(new TreeMap<>(Map.of(1L, 2L, 2L, 2L)));
        assertThat(lorenz.gini()).isEqualTo(2 * (1 + 2 + 6 + 8) / (4 * 6.0) - 5 / 4.0, within(1e-12));
    }
}
