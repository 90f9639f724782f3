package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnTimesTest {
    @Test
    void everyDurationIsInTheBucketThatBeginsAtOrBelowIt() {
        for (long micros = 0; micros < 100_000; micros++) {
            int bucket = TurnTimes.bucket(micros);
            assertThat(TurnTimes.fromMicros(bucket)).as("%s µs", micros).isLessThanOrEqualTo(micros);
            assertThat(TurnTimes.fromMicros(bucket + 1)).as("%s µs", micros).isGreaterThan(micros);
        }
    }

    @Test
    void turnsAreCountedUpToTheLongest() {
        TurnTimes times = new TurnTimes();
        times.add(900);
        times.add(3_400_000);
        times.add(3_500_000);
        assertThat(times.counts()).hasSize(TurnTimes.bucket(3_500) + 1).endsWith(2L);
        assertThat(times.counts().stream().mapToLong(count -> count).sum()).isEqualTo(3);
        times.add(Long.MAX_VALUE);
        assertThat(times.counts()).hasSize(100);
    }
}
