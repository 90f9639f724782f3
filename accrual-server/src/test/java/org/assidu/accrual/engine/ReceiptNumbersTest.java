package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReceiptNumbersTest {
    @Test
    void holdsExactlyWhatWasAddedWhateverTheOrder() {
        long seed = Long.getLong("seed", 20261125L);
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        long[] bases = {0, 1, 65_530, Integer.MAX_VALUE - 3L, 0xffffffffL - 40};
        for (int round = 0; round < 200; round++) {
            ReceiptNumbers numbers = new ReceiptNumbers();
            TreeSet<Long> expected = new TreeSet<>();
            long next = bases[random.nextInt(bases.length)];
            for (int step = 0; step < 200; step++) {
                next = switch (random.nextInt(10)) {
                    case 0 -> bases[random.nextInt(bases.length)] + random.nextInt(41);
                    case 1 -> next + random.nextInt(4);
                    default -> next + 1;
                };
                next = Math.min(next, 0xffffffffL);
                assertThat(numbers.contains(next)).isEqualTo(expected.contains(next));
                assertThat(numbers.add(next)).isEqualTo(expected.add(next));
            }
            TreeSet<Long> held = new TreeSet<>();
            numbers.forEach(number ->
                    assertThat(held.add(number)).as("%s is held once", number).isTrue());
            assertThat(held).isEqualTo(expected);
            assertThat(numbers.contains(0xffffffffL)).isEqualTo(expected.contains(0xffffffffL));
        }
    }
}
