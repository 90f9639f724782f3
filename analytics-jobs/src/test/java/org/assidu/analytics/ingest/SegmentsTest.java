package org.assidu.analytics.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SegmentsTest {

    @Test
    void rangeIsToldFromTheName() {
        assertThat(Segments.range("000000000001-000000065536.parquet", "ledger"))
                .isEqualTo(new Segments.Range(1, 65_536));
    }

    @Test
    void foreignFileIsNamed() {
        assertThatThrownBy(() -> Segments.range("part-0.parquet", "ledger"))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("ledger")
                .hasMessageContaining("part-0.parquet");
    }

    @Test
    void overlapIsRefusedWithBothSegments() {
        List<Segments.Range> ranges = List.of(new Segments.Range(1, 10), new Segments.Range(8, 20));
        assertThatThrownBy(() -> Segments.requireDisjoint(ranges, "sale_lines"))
                .hasMessageContaining("positions 8 to 10 twice")
                .hasMessageContaining("1-10 and 8-20");
    }

    @Test
    void sameRangeInTwoMonthsIsNoOverlap() {
        Segments.requireDisjoint(List.of(new Segments.Range(1, 10), new Segments.Range(1, 10)), "sale_lines");
    }

    @Test
    void gapsAreInTheMiddleAndAtTheEnd() {
        assertThat(Segments.gaps(List.of(new Segments.Range(1, 10), new Segments.Range(13, 20)), 25))
                .containsExactly(new Segments.Range(11, 12), new Segments.Range(21, 25));
    }
}
