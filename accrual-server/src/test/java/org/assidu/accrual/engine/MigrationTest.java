package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Opening members: lots are {@code purse micro earnedDay lastDay} with points for micro and dates for days. */
final class MigrationTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private final RecordingEngine recording = new RecordingEngine(TestProgrammes.published("""
            earning: {basis: AMOUNT, points: 1}
            purse: {id: points, validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}}
            money_purses: [{id: cagnotte}]
            tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: silver, reaches: 100}, {id: gold, reaches: 500}]}
            """));

    @BeforeEach
    void today() {
        recording.day(TODAY);
    }

    private OperationStatus migrate(String externalId, long member, String tier, long reviewDay, String... lots) {
        List<String> details = new ArrayList<>();
        for (String lot : lots) {
            String[] words = lot.split(" ");
            details.add(String.join(
                    " ",
                    "lot",
                    words[0],
                    Long.toString((long) (Double.parseDouble(words[1]) * 1_000_000)),
                    Long.toString(LocalDate.parse(words[2]).toEpochDay()),
                    words[3].equals("-")
                            ? "-1"
                            : Long.toString(LocalDate.parse(words[3]).toEpochDay())));
        }
        return recording.operate(
                new Operation(
                        OperationKind.MIGRATE,
                        member,
                        0,
                        tier,
                        externalId,
                        reviewDay,
                        RecordingEngine.noon(LocalDate.of(2024, 5, 1)),
                        "anna",
                        "migration",
                        details),
                new OutcomeColumns(),
                RecordingEngine.noon(TODAY));
    }

    @Test
    void openingLotsEndWhenTheFileOrElseThePurseSays() {
        assertThat(migrate(
                        "a",
                        7,
                        "",
                        0,
                        "points 10 2026-01-15 2026-03-02",
                        "points 20 2025-12-24 -",
                        "points 5 2020-01-15 2021-01-31",
                        "cagnotte 2.5 2026-01-01 -"))
                .isEqualTo(OperationStatus.DONE);
        assertThat(recording.balance(7)).isEqualTo("30");
        assertThat(recording.engine.balanceMicro(7, 1)).isEqualTo(2_500_000);
        assertThat(recording.engine.totals().books().get(0).migrated()).isEqualTo(35_000_000);
        assertThat(recording.engine.member(7).enrolledAtMillis())
                .isEqualTo(RecordingEngine.noon(LocalDate.of(2024, 5, 1)));
        recording.day(LocalDate.of(2026, 3, 3));
        assertThat(recording.balance(7)).isEqualTo("20");
        recording.day(LocalDate.of(2026, 12, 31));
        assertThat(recording.balance(7)).isEqualTo("20");
        recording.day(LocalDate.of(2027, 1, 1));
        assertThat(recording.balance(7)).isEqualTo("0");
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
    }

    @Test
    void anExternalIdIsInEffectOnceAndARefusedOneNotAtAll() {
        assertThat(migrate("a", 7, "", 0, "points 10 2026-01-15 -")).isEqualTo(OperationStatus.DONE);
        assertThat(migrate("a", 7, "", 0, "points 10 2026-01-15 -")).isEqualTo(OperationStatus.ALREADY_DONE);
        assertThat(migrate("b", 8, "", 0, "points 10 2026-01-15 -", "stamps 1 2026-01-15 -"))
                .isEqualTo(OperationStatus.SUBJECT_UNKNOWN);
        assertThat(migrate("c", 8, "", 0, "points 10 2026-01-15 2026-01-14")).isEqualTo(OperationStatus.MALFORMED);
        assertThat(migrate("d", 8, "", 0, "cagnotte 10 2026-01-15 2027-01-14")).isEqualTo(OperationStatus.MALFORMED);
        assertThat(migrate("e", 8, "", 0, "points -1 2026-01-15 -")).isEqualTo(OperationStatus.MALFORMED);
        assertThat(migrate("f", 8, "platinum", 0)).isEqualTo(OperationStatus.SUBJECT_UNKNOWN);
        assertThat(recording.engine.member(8)).isNull();
        assertThat(recording.balance(7)).isEqualTo("10");
        assertThat(migrate("g", 8, "", 0)).isEqualTo(OperationStatus.DONE);
        assertThat(recording.engine.member(8)).isNotNull();
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
    }

    @Test
    void aTierIsHeldUntilItsReview() {
        long review = LocalDate.of(2026, 6, 1).toEpochDay();
        assertThat(migrate("a", 7, "gold", review)).isEqualTo(OperationStatus.DONE);
        assertThat(migrate("b", 8, "silver", 0)).isEqualTo(OperationStatus.DONE);
        assertThat(recording.engine.counter(7, "tier/level")).isEqualTo(2);
        assertThat(recording.engine.counter(7, "tier/review")).isEqualTo(review);
        assertThat(recording.engine.counter(8, "tier/level")).isEqualTo(1);
        recording.day(LocalDate.of(2026, 6, 1));
        assertThat(recording.engine.counter(7, "tier/level"))
                .as("nothing spent here")
                .isLessThan(2);
        assertThat(recording.replayed().stateHash()).isEqualTo(recording.engine.stateHash());
    }
}
