package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.MovementKind;
import org.junit.jupiter.api.Test;

class LotPagesTest {
    @Test
    void whatIsWrittenIsReadBackWhateverHappensToTheNeighbours() {
        SplittableRandom random = new SplittableRandom(11);
        LotPages pages = new LotPages();
        LotList lots = new LotList();
        Map<Integer, Map<Long, Long>> expected = new TreeMap<>();
        for (int step = 0; step < 40_000; step++) {
            int row = random.nextInt(2_500);
            pages.read(row, lots);
            Map<Long, Long> of = expected.computeIfAbsent(row, key -> new TreeMap<>());
            assertThat(content(lots)).isEqualTo(of);
            assertThat(pages.isEmpty(row)).isEqualTo(of.isEmpty());
            for (int change = random.nextInt(4); change >= 0; change--) {
                long key = LotKey.of(20_000 + random.nextInt(30), 600 + random.nextInt(3), random.nextInt(2) * 19_000);
                long before = of.getOrDefault(key, 0L);
                long micro = random.nextInt(5) == 0 ? -before : random.nextLong(1L << random.nextInt(1, 62)) - before;
                lots.move(key, MovementKind.EARNED, micro);
                of.put(key, before + micro);
                of.remove(key, 0L);
            }
            pages.write(row, lots);
        }
        for (Map.Entry<Integer, Map<Long, Long>> member : expected.entrySet()) {
            pages.read(member.getKey(), lots);
            assertThat(content(lots)).isEqualTo(member.getValue());
        }
    }

    private static Map<Long, Long> content(LotList lots) {
        Map<Long, Long> content = new TreeMap<>();
        for (int i = 0; i < lots.size; i++) {
            assertThat(content.put(lots.keys[i], lots.micro[i])).isNull();
            assertThat(i == 0 || lots.keys[i - 1] < lots.keys[i])
                    .as("ascending")
                    .isTrue();
        }
        return content;
    }

    @Test
    void whatMembersLeaveBehindIsReclaimed() {
        LotPages pages = new LotPages();
        LotList lots = new LotList();
        long most = 0;
        for (int month = 0; month < 240; month++) {
            for (int row = 0; row < 1_000; row++) {
                pages.read(row, lots);
                lots.move(LotKey.of(20_000 + month * 30, month, 0), MovementKind.EARNED, 50_000_000 + row);
                if (lots.size > 12) {
                    lots.move(lots.keys[0], MovementKind.SPENT, -lots.micro[0]);
                }
                pages.write(row, lots);
            }
            most = Math.max(most, pages.bytes());
        }
        System.out.println(most / 1_000 + " bytes a member of 12 lots, at most over 240 months");
        assertThat(most / 1_000).isLessThan(160);
    }
}
