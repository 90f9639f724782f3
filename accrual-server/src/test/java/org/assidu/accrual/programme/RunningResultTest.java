package org.assidu.accrual.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunningResultTest {
    private static final long SEED = 20261122;

    @Test
    void productsOfAnyLengthAreExactTowardZero() {
        SplittableRandom random = new SplittableRandom(SEED);
        RunningResult running = new RunningResult();
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong(-1L << 50, 1L << 50);
            long unit = random.nextBoolean() ? 1 : 1000L << random.nextInt(40);
            running.start(value, unit);
            BigInteger numerator = BigInteger.valueOf(value);
            BigInteger denominator = BigInteger.valueOf(unit);
            int factors = random.nextInt(40);
            for (int f = 0; f < factors; f++) {
                int factor = 1 + random.nextInt(f % 2 == 0 ? 20_000 : 9_000);
                int divisor = 10_000 / (1 << random.nextInt(5));
                running.multiply(factor, divisor);
                numerator = numerator.multiply(BigInteger.valueOf(factor));
                denominator = denominator.multiply(BigInteger.valueOf(divisor));
                BigInteger exact = numerator.divide(denominator);
                if (exact.bitLength() < Long.SIZE) {
                    assertThat(running.micro()).as("case %s, factor %s", i, f).isEqualTo(exact.longValueExact());
                }
            }
        }
    }

    @Test
    void aResultBeyondALongStopsAtTheLargest() {
        RunningResult running = new RunningResult();
        running.start(Long.MIN_VALUE + 1, 1);
        running.multiply(2, 1);
        assertThat(running.micro()).isEqualTo(-Long.MAX_VALUE);
    }
}
