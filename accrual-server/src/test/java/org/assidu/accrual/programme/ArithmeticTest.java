package org.assidu.accrual.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    private static final int ROUNDS = 100_000;

    private final long seed = Long.getLong("seed", 20261126L);
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void sharesAreExactFloorsUpToTheLargestLong() {
        System.out.println("seed " + seed);
        for (int round = 0; round < ROUNDS; round++) {
            long a = random.nextLong() >> random.nextInt(63);
            a = a == Long.MIN_VALUE ? 0 : a;
            long whole = 1 + (random.nextLong(Long.MAX_VALUE) >> random.nextInt(62));
            long part = random.nextLong(whole + 1);
            BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(part));
            long expected = new BigDecimal(product)
                    .divide(BigDecimal.valueOf(whole), 0, RoundingMode.FLOOR)
                    .longValueExact();
            assertThat(Arithmetic.shareFloor(a, part, whole))
                    .as("%s * %s / %s", a, part, whole)
                    .isEqualTo(expected);
        }
    }

    @Test
    void halvesAreRoundedAwayFromZero() {
        assertThat(Arithmetic.divideHalfUp(5, 10)).isEqualTo(1);
        assertThat(Arithmetic.divideHalfUp(-5, 10)).isEqualTo(-1);
        assertThat(Arithmetic.divideHalfUp(4, 10)).isZero();
        assertThat(Arithmetic.divideHalfUp(-14, 10)).isEqualTo(-1);
    }

    @Test
    void monthsAreThoseOfTheJavaCalendar() {
        for (String name :
                new String[] {"UTC", "Europe/Paris", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu"}) {
            ZoneId zone = ZoneId.of(name);
            ZoneCalendar calendar = new ZoneCalendar(zone);
            for (int round = 0; round < 5_000; round++) {
                long millis =
                        random.nextLong(0, Instant.parse("2150-01-01T00:00:00Z").toEpochMilli());
                ZonedDateTime expected = Instant.ofEpochMilli(millis).atZone(zone);
                assertThat(calendar.month(millis))
                        .as("%s", expected)
                        .isEqualTo(expected.getYear() * 12 + expected.getMonthValue() - 1);
            }
            ZonedDateTime month = ZonedDateTime.of(2024, 2, 1, 0, 0, 0, 0, zone);
            for (int i = 0; i < 400; i++, month = month.plusMonths(1)) {
                long start = month.toInstant().toEpochMilli();
                assertThat(calendar.month(start)).isEqualTo(calendar.month(start - 1) + 1);
            }
        }
    }
}
