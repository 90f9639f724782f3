package org.assidu.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class RevenueTreeTest {

    @Test
    void effectsAddUpToTheChange() {
        RevenueTree before = new RevenueTree(100, 250, 1_000_000);
        RevenueTree now = new RevenueTree(130, 240, 1_234_567);
        RevenueTree.Effects effects = now.since(before);
        assertThat(effects.members() + effects.frequency() + effects.basket()).isEqualTo(234_567, within(1e-6));
        assertThat(effects.members()).isPositive();
        assertThat(effects.frequency()).isNegative();
    }

    @Test
    void aFactorThatStaysHasNoEffect() {
        RevenueTree.Effects effects = new RevenueTree(200, 400, 2_000).since(new RevenueTree(100, 200, 1_000));
        assertThat(effects.members()).isEqualTo(1_000, within(1e-9));
        assertThat(effects.frequency()).isZero();
        assertThat(effects.basket()).isEqualTo(0, within(1e-9));
    }

    @Test
    void equalTurnoverIsNoDivisionByZero() {
        RevenueTree.Effects effects = new RevenueTree(50, 100, 1_000).since(new RevenueTree(100, 100, 1_000));
        assertThat(effects.members() + effects.frequency()).isEqualTo(0, within(1e-9));
        assertThat(effects.members()).isEqualTo(-1_000 * Math.log(2), within(1e-9));
    }
}
