package org.assidu.accrual.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How far a standby says that it is behind. */
final class LagTest {
    private static final long MILLI = 1_000_000;

    @Test
    void lagIsTheTimeSinceTheOldestMissingPositionWasHeardOf() {
        Lag lag = new Lag(100);
        lag.heard(100, 0);
        assertThat(lag.millis(5 * MILLI)).isZero();
        lag.heard(110, 10 * MILLI);
        lag.heard(120, 30 * MILLI);
        assertThat(lag.positions()).isEqualTo(20);
        assertThat(lag.millis(50 * MILLI)).isEqualTo(40);
        lag.followed(109);
        assertThat(lag.positions()).isEqualTo(11);
        assertThat(lag.millis(50 * MILLI)).isEqualTo(40);
        lag.followed(115);
        assertThat(lag.millis(50 * MILLI)).isEqualTo(20);
        lag.followed(120);
        assertThat(lag.millis(50 * MILLI)).isZero();
        assertThat(lag.positions()).isZero();
        assertThat(lag.primaryPosition()).isEqualTo(120);
    }

    @Test
    void withMoreNotesThanAreKeptLagIsNeverTooShort() {
        Lag lag = new Lag(0);
        for (int position = 1; position <= 10_000; position++) {
            lag.heard(position, position * MILLI);
        }
        for (int position = 0; position < 10_000; position += 7) {
            lag.followed(position);
            assertThat(lag.millis(20_000 * MILLI))
                    .as("behind position %d", position)
                    .isGreaterThanOrEqualTo(20_000 - position - 1);
        }
    }
}
