package org.assidu.accrual.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SyntheticConfigTest {
    private final SyntheticConfig small = SyntheticConfig.small(1);

    @Test
    void smallChainHasItsDocumentedSize() {
        assertThat(small)
                .isEqualTo(new SyntheticConfig(
                        1,
                        8,
                        6,
                        5_000,
                        3_000,
                        LocalDate.of(2025, 1, 1),
                        365,
                        ZoneId.of("Europe/Paris"),
                        "EUR",
                        0.7,
                        0,
                        0.02));
    }

    @Test
    void settingsOutOfRangeAreRefusedWithTheirRange() {
        assertThatThrownBy(() -> small.withStores(0, 1)).hasMessage("stores must be 1 to 10000, not 0");
        assertThatThrownBy(() -> small.withStores(1, 201)).hasMessage("tillsPerStore must be 1 to 200, not 201");
        assertThatThrownBy(() -> small.withProducts(10)).hasMessage("products must be 200 to 1000000, not 10");
        assertThatThrownBy(() -> small.withMembers(10, 1.5)).hasMessage("identifiedShare must be 0 to 1, not 1.5");
        assertThatThrownBy(() -> small.withReturnShare(-0.1)).hasMessageContaining("returnShare must be 0 to 0.5");
        assertThatThrownBy(() -> small.withTargetLines(-1)).hasMessageContaining("targetLines");
        assertThatThrownBy(() -> small.withMembers(0, 0.5)).hasMessageContaining("both are 0 or neither is");
        assertThatThrownBy(() -> small.withMembers(0, 0)).hasMessageContaining("needs targetLines");
    }
}
