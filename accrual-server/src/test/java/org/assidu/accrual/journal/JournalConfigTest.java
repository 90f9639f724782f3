package org.assidu.accrual.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class JournalConfigTest {
    @Test
    void defaultsAreAsDocumented() {
        assertThat(JournalConfig.defaults())
                .isEqualTo(new JournalConfig(
                        Durability.DURABLE,
                        1_073_741_824L,
                        1_048_576_000L,
                        536_870_912L,
                        4_194_304L,
                        100L,
                        67_108_864L,
                        1L));
    }

    @Test
    void eachSettingCanBeChangedAlone() {
        JournalConfig config = JournalConfig.defaults()
                .withDurability(Durability.FAST)
                .withRollBytes(1 << 16)
                .withGenerationBytes(1 << 17)
                .withMinimumFreeBytes(2)
                .withSpaceCheck(3, 4)
                .withMapBlockBytes(16 << 20)
                .withVerifyFromPosition(5);
        assertThat(config).isEqualTo(new JournalConfig(Durability.FAST, 1 << 16, 1 << 17, 2, 3, 4, 16 << 20, 5));
    }

    @Test
    void impossibleSettingsAreRefusedWithTheirNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JournalConfig.defaults().withRollBytes(65_535))
                .withMessage("journal rollBytes=65535, expected 65536 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JournalConfig.defaults().withGenerationBytes(0))
                .withMessage("journal generationBytes=0, expected 4096 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JournalConfig.defaults().withMinimumFreeBytes(-1))
                .withMessageContaining("minimumFreeBytes=-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JournalConfig.defaults().withMapBlockBytes(4096))
                .withMessageContaining("mapBlockBytes=4096");
    }
}
