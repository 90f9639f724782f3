package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SparseColumnsTest {
    private static final int PAGE = 4_096;

    @Test
    void aPageIsAsWideAsItsLargestValueHasBeen() {
        SparseColumns columns = new SparseColumns();
        assertThat(columns.bytes()).isZero();
        columns.set(3, 5, 127);
        assertThat(columns.bytes()).isEqualTo(PAGE);
        columns.set(3, 6, -128);
        assertThat(columns.bytes()).isEqualTo(PAGE);
        columns.set(3, 7, 128);
        assertThat(columns.bytes()).isEqualTo(2 * PAGE);
        columns.set(3, 8, -32_769);
        assertThat(columns.bytes()).isEqualTo(4 * PAGE);
        columns.set(3, 9, 1L << 31);
        assertThat(columns.bytes()).isEqualTo(8 * PAGE);
        columns.set(3, 9, 0);
        assertThat(columns.bytes()).isEqualTo(8 * PAGE);
        columns.set(3, PAGE, 1);
        columns.set(20, 0, 1);
        assertThat(columns.bytes()).isEqualTo(10 * PAGE);
        assertThat(columns.value(3, 5)).isEqualTo(127);
        assertThat(columns.value(3, 6)).isEqualTo(-128);
        assertThat(columns.value(3, 7)).isEqualTo(128);
        assertThat(columns.value(3, 8)).isEqualTo(-32_769);
        assertThat(columns.value(3, 9)).isZero();
    }

    @Test
    void everyValueIsFoundAgain() {
        SplittableRandom random = new SplittableRandom(11);
        SparseColumns columns = new SparseColumns();
        Map<String, Long> known = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int column = random.nextInt(20);
            int row = random.nextInt(3 * PAGE);
            long value = random.nextLong() >> random.nextInt(64);
            columns.set(column, row, value);
            known.put(column + " " + row, value);
        }
        known.forEach((place, value) -> {
            String[] at = place.split(" ");
            assertThat(columns.value(Integer.parseInt(at[0]), Integer.parseInt(at[1])))
                    .isEqualTo(value);
        });
        assertThat(columns.value(40, 0) + columns.value(0, 9 * PAGE)).isZero();
    }
}
