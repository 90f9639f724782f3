package org.assidu.analytics.model.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RfmScoreTest {

    @ParameterizedTest
    @CsvSource({
        "5, HIBERNATING HIBERNATING ABOUT_TO_SLEEP PROMISING NEW_MEMBERS, 1",
        "5, HIBERNATING HIBERNATING ABOUT_TO_SLEEP POTENTIAL_LOYALISTS POTENTIAL_LOYALISTS, 2",
        "5, AT_RISK AT_RISK NEED_ATTENTION POTENTIAL_LOYALISTS POTENTIAL_LOYALISTS, 3",
        "5, AT_RISK AT_RISK LOYAL LOYAL CHAMPIONS, 4",
        "5, CANNOT_LOSE CANNOT_LOSE LOYAL LOYAL CHAMPIONS, 5"
    })
    void everyCellHasItsSegment(int cells, String segmentsByRecency, int frequency) {
        String[] expected = segmentsByRecency.split(" ");
        assertThat(expected).hasSize(cells);
        for (int recency = 1; recency <= cells; recency++) {
            assertThat(RfmSegment.of(recency, frequency)).hasToString(expected[recency - 1]);
        }
    }

    @Test
    void everySegmentHasACell() {
        var seen = EnumSet.noneOf(RfmSegment.class);
        for (int cell = 0; cell < 25; cell++) {
            seen.add(RfmSegment.of(1 + cell / 5, 1 + cell % 5));
        }
        assertThat(seen).containsExactlyInAnyOrder(RfmSegment.values());
        assertThatThrownBy(() -> RfmSegment.of(0, 3)).hasMessageContaining("recency 0");
    }

    @Test
    void distinctValuesFallIntoFiveEqualGroups() {
        double[] values = {10, 3, 7, 1, 9, 2, 8, 4, 6, 5};
        assertThat(Quintiles.of(values)).containsExactly(5, 2, 4, 1, 5, 1, 4, 2, 3, 3);
    }

    @Test
    void equalValuesShareAScore() {
        assertThat(Quintiles.of(new double[] {1, 1, 1, 1, 2, 3})).containsExactly(2, 2, 2, 2, 4, 5);
        assertThat(Quintiles.of(new double[] {4, 4, 4})).containsExactly(3, 3, 3);
    }

    @Test
    void theMostRecentMemberScoresHighest() {
        List<RfmScore> scores = RfmScore.of(
                new double[] {1, 30, 90, 200, 400}, new double[] {9, 5, 3, 2, 1}, new double[] {5, 4, 3, 2, 1});
        assertThat(scores.get(0)).isEqualTo(new RfmScore(5, 5, 5));
        assertThat(scores.get(0).segment()).isEqualTo(RfmSegment.CHAMPIONS);
        assertThat(scores.get(4)).isEqualTo(new RfmScore(1, 1, 1));
        assertThat(scores.get(4).segment()).isEqualTo(RfmSegment.HIBERNATING);
    }
}
