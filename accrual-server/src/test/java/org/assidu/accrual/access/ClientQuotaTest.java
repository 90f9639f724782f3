package org.assidu.accrual.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientQuotaTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void oneSecondsWorthMayComeAtOnceAndTheRestIsPaidOff() {
        ClientQuota quota = new ClientQuota(new QuotaLimits(10, 0, 0), 0);
        quota.spend(10, 0, 0);
        assertThat(quota.debtNanos(0)).isZero();
        quota.spend(5, 0, 0);
        assertThat(quota.debtNanos(0)).isEqualTo(SECOND / 2);
        assertThat(quota.debtNanos(SECOND / 4)).isEqualTo(SECOND / 4);
        assertThat(quota.debtNanos(SECOND)).isZero();
    }

    @Test
    void linesAndRequestsAreCountedApartAndTheLongerWaitHolds() {
        ClientQuota quota = new ClientQuota(new QuotaLimits(1, 100, 0), 0);
        quota.spend(2, 400, 0);
        assertThat(quota.debtNanos(0)).isEqualTo(3 * SECOND);
    }

    @Test
    void idleTimeIsNotSavedUpBeyondASecond() {
        ClientQuota quota = new ClientQuota(new QuotaLimits(10, 0, 0), 0);
        quota.spend(20, 0, 100 * SECOND);
        assertThat(quota.debtNanos(100 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void zeroIsNoLimit() {
        ClientQuota quota = new ClientQuota(QuotaLimits.NONE, 0);
        quota.spend(1_000_000, 1_000_000, 0);
        assertThat(quota.debtNanos(0)).isZero();
        for (int stream = 0; stream < 10_000; stream++) {
            assertThat(quota.tryStream()).isTrue();
        }
    }

    @Test
    void aStreamGivenBackMakesRoomForAnother() {
        ClientQuota quota = new ClientQuota(new QuotaLimits(0, 0, 2), 0);
        assertThat(quota.tryStream()).isTrue();
        assertThat(quota.tryStream()).isTrue();
        assertThat(quota.tryStream()).isFalse();
        quota.streamEnded();
        assertThat(quota.tryStream()).isTrue();
    }
}
