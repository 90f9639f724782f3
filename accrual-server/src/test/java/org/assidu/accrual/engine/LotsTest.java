package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.junit.jupiter.api.Test;

/** Lots, expiry and pending points: what {@link LotSteps} plays is member 7's points purse. */
class LotsTest {
    private static final String EARNING = """
            accepted_window: {past_days: 3650}
            earning: {points: 1}
            """;

    private static LotSteps under(String purse) {
        return new LotSteps(TestProgrammes.published(EARNING + "purse: " + purse));
    }

    @Test
    void aLotCanBeSpentUpToItsLastDayAndIsGoneOnTheNext() {
        under("{validity: {length: 1, unit: MONTHS}}").play("""
                2026-01-15 | #1 m7 100.00 | EARNED 100 ..26-02-15                              | 100: 100 ..26-02-15
                2026-02-15 |              |                                                    | 100: 100 ..26-02-15
                2026-02-16 |              | EXPIRED 100 ..26-02-15, POINTS_EXPIRED 100 26-02-15 | 0
                """);
    }

    @Test
    void theEndOfAMonthIsTheLastDayThatTheMonthHas() {
        under("{validity: {length: 1, unit: MONTHS}}").play("""
                2026-01-31 | #1 m7 1.00 | EARNED 1 ..26-02-28 | 1: 1 ..26-02-28
                2026-02-28 | #2 m7 2.00 | EARNED 2 ..26-03-28 | 3: 1 ..26-02-28, 2 ..26-03-28
                """);
    }

    @Test
    void daysAreCountedFromTheBusinessDateOfTheSale() {
        under("{validity: {length: 10, unit: DAYS}}").play("""
                2026-01-15 | #1 m7 1.00 date=20260114                     | EARNED 1 ..26-01-24 | 1: 1 ..26-01-24
                # 23:30 UTC is half past midnight of the next day in Paris
                2026-01-16 | #2 m7 2.00 @2026-01-15T23:30Z                | EARNED 2 ..26-01-26 | 3: 1 ..26-01-24, 2 ..26-01-26
                # A date that is far from the sale is a till's mistake
                2026-01-16 | #3 m7 4.00 date=20190101                     | EARNED 4 ..26-01-26 | 7: 1 ..26-01-24, 6 ..26-01-26
                """);
    }

    @Test
    void expiryMovesToTheEndOfItsMonth() {
        under("{validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}}").play("""
                2026-01-01 | #1 m7 1.00 | EARNED 1 ..27-01-31 | 1: 1 ..27-01-31
                2026-01-31 | #2 m7 2.00 | EARNED 2 ..27-01-31 | 3: 3 ..27-01-31
                2026-02-01 | #3 m7 4.00 | EARNED 4 ..27-02-28 | 7: 3 ..27-01-31, 4 ..27-02-28
                2027-02-01 | | EXPIRED 3 ..27-01-31, POINTS_EXPIRED 3 27-01-31 | 4: 4 ..27-02-28
                """);
    }

    @Test
    void expiryMovesToTheEndOfItsYear() {
        under("{validity: {length: 6, unit: MONTHS, end: END_OF_YEAR}}").play("""
                2026-06-30 | #1 m7 1.00 | EARNED 1 ..26-12-31 | 1: 1 ..26-12-31
                2026-07-01 | #2 m7 2.00 | EARNED 2 ..27-12-31 | 3: 1 ..26-12-31, 2 ..27-12-31
                2027-01-01 | | EXPIRED 1 ..26-12-31, POINTS_EXPIRED 1 26-12-31 | 2: 2 ..27-12-31
                """);
    }

    @Test
    void debitsTakeWhatEndsSoonestWithOneMovementForEachLot() {
        under("{validity: {length: 1, unit: MONTHS}}").play("""
                2026-01-10 | #1 m7 30.00 | EARNED 30 ..26-02-10 | 30: 30 ..26-02-10
                2026-01-20 | #2 m7 50.00 | EARNED 50 ..26-02-20 | 80: 30 ..26-02-10, 50 ..26-02-20
                2026-01-25 | adjust -40  | ADJUSTED -30 ..26-02-10, ADJUSTED -10 ..26-02-20 | 40: 40 ..26-02-20
                2026-02-11 | adjust -1   | ADJUSTED -1 ..26-02-20 | 39: 39 ..26-02-20
                """);
    }

    @Test
    void aReturnTakesFromItsOwnLotThenWhatEndsSoonestThenFromNothing() {
        under("{validity: {length: 1, unit: MONTHS}}").play("""
                2026-01-10 | #1 m7 30.00            | EARNED 30 ..26-02-10 | 30: 30 ..26-02-10
                2026-01-20 | #2 m7 50.00            | EARNED 50 ..26-02-20 | 80: 30 ..26-02-10, 50 ..26-02-20
                2026-01-21 | #3 m7 10.00            | EARNED 10 ..26-02-21 | 90: 30 ..26-02-10, 50 ..26-02-20, 10 ..26-02-21
                2026-01-22 | adjust -35             | ADJUSTED -30 ..26-02-10, ADJUSTED -5 ..26-02-20 | 55: 45 ..26-02-20, 10 ..26-02-21
                2026-01-23 | #4 m7 -1x-50.00<2:1    | REVERSED 45 ..26-02-20, REVERSED 5 ..26-02-21 | 5: 5 ..26-02-21
                2026-01-24 | #5 m7 -1x-30.00<1:1    | REVERSED 5 ..26-02-21, REVERSED 25 | -25
                # What is missing is paid by the next credit, and only the rest is a lot
                2026-01-25 | #6 m7 40.00            | EARNED 25, EARNED 15 ..26-02-25 | 15: 15 ..26-02-25
                """);
    }

    @Test
    void whatHasExpiredIsNotTakenASecondTime() {
        under("{validity: {length: 1, unit: MONTHS}}").play("""
                2026-01-10 | #1 m7 100.00           | EARNED 100 ..26-02-10 | 100: 100 ..26-02-10
                2026-01-11 | adjust -40             | ADJUSTED -40 ..26-02-10 | 60: 60 ..26-02-10
                2026-02-11 | #2 m7 70.00            | EXPIRED 60 ..26-02-10, POINTS_EXPIRED 60 26-02-10, EARNED 70 ..26-03-11 | 70: 70 ..26-03-11
                # 60 of the 100 are gone already: 40 were used and are given back
                2026-02-12 | #3 m7 -1x-100.00<1:1   | EXPIRED -60 ..26-02-10, REVERSED 60 ..26-02-10, REVERSED 40 ..26-03-11 | 30: 30 ..26-03-11
                """);
    }

    @Test
    void salesOfOneExpiredLotAreReturnedInAnyOrderForTheSame() {
        String history = """
                2026-01-10 | #1 m7 100.00           | EARNED 100 ..26-02-10 | 100: 100 ..26-02-10
                2026-01-10 | #2 m7 50.00            | EARNED 50 ..26-02-10 | 150: 150 ..26-02-10
                2026-01-11 | adjust -40             | ADJUSTED -40 ..26-02-10 | 110: 110 ..26-02-10
                2026-02-11 |                        | EXPIRED 110 ..26-02-10, POINTS_EXPIRED 110 26-02-10 | 0
                """;
        under("{validity: {length: 1, unit: MONTHS}}").play(history + """
                2026-02-12 | #3 m7 -1x-100.00<1:1   | EXPIRED -100 ..26-02-10, REVERSED 100 ..26-02-10 | 0
                2026-02-12 | #4 m7 -1x-50.00<2:1    | EXPIRED -10 ..26-02-10, REVERSED 10 ..26-02-10, REVERSED 40 | -40
                """);
        under("{validity: {length: 1, unit: MONTHS}}").play(history + """
                2026-02-12 | #4 m7 -1x-50.00<2:1    | EXPIRED -50 ..26-02-10, REVERSED 50 ..26-02-10 | 0
                2026-02-12 | #3 m7 -1x-100.00<1:1   | EXPIRED -60 ..26-02-10, REVERSED 60 ..26-02-10, REVERSED 40 | -40
                """);
    }

    @Test
    void underFloorAtZeroWhatNoLotHoldsIsForgiven() {
        under("{negative: FLOOR_AT_ZERO, validity: {length: 1, unit: MONTHS}}").play("""
                2026-01-10 | #1 m7 30.00            | EARNED 30 ..26-02-10 | 30: 30 ..26-02-10
                2026-01-11 | adjust -20             | ADJUSTED -20 ..26-02-10 | 10: 10 ..26-02-10
                2026-01-12 | #2 m7 -1x-30.00<1:1    | REVERSED 10 ..26-02-10, REVERSED 20, FORGIVEN 20 | 0
                """);
    }

    @Test
    void underDebtWhatNoLotHoldsIsOwedAndPaidByTheNextCredit() {
        under("{negative: DEBT, validity: {length: 1, unit: MONTHS}}").play("""
                2026-01-10 | #1 m7 30.00            | EARNED 30 ..26-02-10 | 30: 30 ..26-02-10
                2026-01-11 | adjust -20             | ADJUSTED -20 ..26-02-10 | 10: 10 ..26-02-10
                2026-01-12 | #2 m7 -1x-30.00<1:1    | REVERSED 10 ..26-02-10 | 0 debt 20
                2026-01-13 | #3 m7 50.00            | EARNED 50 ..26-02-13, REVERSED 20 ..26-02-13 | 30: 30 ..26-02-13
                """);
    }

    @Test
    void pendingPointsAreShownApartAndAreNotSpent() {
        under("{pending_days: 14, validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}}")
                .play("""
                2026-01-10 | #1 m7 30.00            | EARNED 30 ..27-01-31~26-01-24 | 30 pending 30: 30 ..27-01-31~26-01-24
                2026-01-12 | #2 m7 20.00            | EARNED 20 ..27-01-31~26-01-26 | 50 pending 50: 30 ..27-01-31~26-01-24, 20 ..27-01-31~26-01-26
                2026-01-23 |                        |                               | 50 pending 50: 30 ..27-01-31~26-01-24, 20 ..27-01-31~26-01-26
                2026-01-24 |                        |                               | 50 pending 20: 30 ..27-01-31, 20 ..27-01-31~26-01-26
                2026-01-25 | adjust -10             | ADJUSTED -10 ..27-01-31 | 40 pending 20: 20 ..27-01-31, 20 ..27-01-31~26-01-26
                2026-01-26 |                        |                               | 40: 40 ..27-01-31
                # Lots that wait no longer become one with those of their expiry and month
                2026-01-27 | #3 m7 1.00             | EARNED 1 ..27-01-31~26-02-10  | 41 pending 1: 40 ..27-01-31, 1 ..27-01-31~26-02-10
                """);
    }

    @Test
    void pendingPointsAreLastToBeTaken() {
        under("{pending_days: 14}").play("""
                2026-01-10 | #1 m7 30.00            | EARNED 30 ..~26-01-24 | 30 pending 30: 30 ..~26-01-24
                2026-01-20 | #2 m7 20.00            | EARNED 20 ..~26-02-03 | 50 pending 50: 30 ..~26-01-24, 20 ..~26-02-03
                2026-01-25 | #3 m7 -1x-35.00        | REVERSED 30 .., REVERSED 5 ..~26-02-03 | 15 pending 15: 15 ..~26-02-03
                # A return's own lot comes first, pending or not
                2026-01-26 | #4 m7 -1x-20.00<2:1    | REVERSED 15 ..~26-02-03, REVERSED 5 | -5
                """);
    }

    @Test
    void whatTheDeskCreditsIsNeverPending() {
        under("{pending_days: 14, validity: {length: 10, unit: DAYS}}".replace("10", "30"))
                .play("""
                2026-01-10 | #1 m7 30.00            | EARNED 30 ..26-02-09~26-01-24 | 30 pending 30: 30 ..26-02-09~26-01-24
                2026-01-11 | adjust 5               | ADJUSTED 5 ..26-02-10 | 35 pending 30: 30 ..26-02-09~26-01-24, 5 ..26-02-10
                """);
    }

    @Test
    void aLotThatIsPastOnArrivalIsCreditedAndExpiredInOneOutcome() {
        LotSteps steps = under("{validity: {length: 1, unit: MONTHS}}");
        steps.play("""
                2026-03-01 | #1 m7 100.00 @2026-03-01T08:00Z | EARNED 100 ..26-04-01 | 100: 100 ..26-04-01
                2026-03-02 | #2 m7 40.00 @2026-01-10T08:00Z  | EARNED 40 ..26-02-10, EXPIRED 40 ..26-02-10, POINTS_EXPIRED 40 26-02-10 | 100: 100 ..26-04-01
                # Its return takes nothing: all of it has expired
                2026-03-03 | #3 m7 -1x-40.00<2:1 | EXPIRED -40 ..26-02-10, REVERSED 40 ..26-02-10 | 100: 100 ..26-04-01
                """);
        assertThat(steps.recording.journal.get(1).outcome().pointsMicro)
                .as("points of the late receipt")
                .isEqualTo(40_000_000);
    }

    @Test
    void aShorterValidityNeverShortensWhatIsEarned() {
        new LotSteps(
                        TestProgrammes.published(
                                1, EARNING + "purse: {validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}}"),
                        TestProgrammes.published(
                                2,
                                "effective_from: 2026-03-01\n" + EARNING
                                        + "purse: {validity: {length: 1, unit: MONTHS, end: END_OF_MONTH}}"))
                .play("""
                        2026-01-10 | #1 m7 10.00 | EARNED 10 ..27-01-31 | 10: 10 ..27-01-31
                        2026-03-10 | #2 m7 20.00 | EARNED 20 ..26-04-30 | 30: 20 ..26-04-30, 10 ..27-01-31
                        # Sold under the first version, though it arrives under the second
                        2026-03-11 | #3 m7 40.00 @2026-02-10T08:00Z | EARNED 40 ..27-02-28 | 70: 20 ..26-04-30, 10 ..27-01-31, 40 ..27-02-28
                        2026-05-01 | | EXPIRED 20 ..26-04-30, POINTS_EXPIRED 20 26-04-30 | 50: 10 ..27-01-31, 40 ..27-02-28
                        2027-03-01 | | EXPIRED 10 ..27-01-31, POINTS_EXPIRED 10 27-01-31, EXPIRED 40 ..27-02-28, POINTS_EXPIRED 40 27-02-28 | 0
                        """);
    }

    @Test
    void pointsFromBeforeAValidityLiveForEverAndAreTakenAfterThoseThatEnd() {
        new LotSteps(
                        TestProgrammes.published(1, EARNING),
                        TestProgrammes.published(
                                2,
                                "effective_from: 2026-03-01\n" + EARNING
                                        + "purse: {validity: {length: 1, unit: MONTHS}}"))
                .play("""
                        2026-01-10 | #1 m7 10.00 | EARNED 10 | 10
                        2026-03-10 | #2 m7 20.00 | EARNED 20 ..26-04-10 | 30: 20 ..26-04-10
                        2026-03-11 | adjust -25  | ADJUSTED -20 ..26-04-10, ADJUSTED -5 | 5
                        2026-04-11 |             |           | 5
                        """);
    }

    @Test
    void laterSalesRenewAllLotsWhereTheProgrammeSaysSo() {
        under("{validity: {length: 3, unit: MONTHS, renewed_by_activity: true}}")
                .play("""
                2026-01-10 | #1 m7 10.00            | EARNED 10 ..26-04-10 | 10: 10 ..26-04-10
                2026-03-01 | #2 m7 5.00             | EARNED 5 ..26-06-01  | 15: 10 ..26-06-01, 5 ..26-06-01
                # A return and the desk are no activity
                2026-03-20 | #3 m7 -1x-5.00<2:1     | REVERSED 5 ..26-06-01 | 10: 10 ..26-06-01
                2026-03-21 | adjust 2               | ADJUSTED 2 ..26-06-21 | 12: 10 ..26-06-01, 2 ..26-06-21
                # A late sale comes under the renewal of a later one
                2026-03-22 | #4 m7 1.00 @2026-02-01T08:00Z | EARNED 1 ..26-06-01 | 13: 10 ..26-06-01, 1 ..26-06-01, 2 ..26-06-21
                2026-06-02 |                        | EXPIRED 10 ..26-06-01, EXPIRED 1 ..26-06-01, POINTS_EXPIRED 11 26-06-01 | 2: 2 ..26-06-21
                # Sold with an expiry of April, expired in June: nothing is taken
                2026-06-03 | #5 m7 -1x-10.00<1:1    | EXPIRED -10 ..26-06-01, REVERSED 10 ..26-06-01 | 2: 2 ..26-06-21
                """);
    }

    @Test
    void ownersAreRemindedBeforeTheEndAndOnlyOfWhatIsLeft() {
        under("{validity: {length: 2, unit: MONTHS}, reminder_days: [30, 7]}").play("""
                2026-01-10 | #1 m7 10.00 | EARNED 10 ..26-03-10 | 10: 10 ..26-03-10
                2026-02-07 |             |                      | 10: 10 ..26-03-10
                2026-02-08 |             | POINTS_EXPIRING 10 26-03-10 | 10: 10 ..26-03-10
                2026-02-20 | adjust -4   | ADJUSTED -4 ..26-03-10 | 6: 6 ..26-03-10
                2026-03-03 |             | POINTS_EXPIRING 6 26-03-10 | 6: 6 ..26-03-10
                2026-03-10 |             |                      | 6: 6 ..26-03-10
                2026-03-11 |             | EXPIRED 6 ..26-03-10, POINTS_EXPIRED 6 26-03-10 | 0
                """);
    }

    @Test
    void daysThatPassedUnseenAreCaughtUpInOrder() {
        under("{validity: {length: 2, unit: MONTHS}, reminder_days: [30, 7]}").play("""
                2026-01-10 | #1 m7 10.00 | EARNED 10 ..26-03-10 | 10: 10 ..26-03-10
                2026-01-20 | #2 m7 20.00 | EARNED 20 ..26-03-20 | 30: 10 ..26-03-10, 20 ..26-03-20
                2026-03-12 |             | POINTS_EXPIRING 10 26-03-10, POINTS_EXPIRING 20 26-03-20, POINTS_EXPIRING 10 26-03-10, EXPIRED 10 ..26-03-10, POINTS_EXPIRED 10 26-03-10 | 20: 20 ..26-03-20
                """);
    }

    @Test
    void remindersOfDaysThatWereOverWhenALotWasEarnedAreNotSent() {
        under("{validity: {length: 3, unit: MONTHS}, reminder_days: [60, 30]}").play("""
                2026-02-20 | #1 m7 10.00 @2026-01-05T08:00Z | EARNED 10 ..26-04-05 | 10: 10 ..26-04-05
                2026-03-05 |             |                      | 10: 10 ..26-04-05
                2026-03-06 |             | POINTS_EXPIRING 10 26-04-05 | 10: 10 ..26-04-05
                """);
    }

    @Test
    void ticksComeOneByOneAndOnlyForward() {
        RecordingEngine recording = new RecordingEngine(TestProgrammes.published(EARNING + "purse: {pending_days: 1}"));
        assertThat(recording.engine.time().nextTickMillis()).isZero();
        recording.day(LocalDate.parse("2026-03-01"));
        assertThat(LocalDate.ofEpochDay(recording.engine.time().day())).hasToString("2026-03-01");
        assertThat(Instant.ofEpochMilli(recording.engine.time().nextTickMillis()))
                .as("midnight in Paris")
                .hasToString("2026-03-01T23:00:00Z");
        assertThat(recording.operate(tick(recording.engine.time().day()))).hasToString("NOTHING_TO_DO");
        assertThat(recording.operate(tick(recording.engine.time().day() + 2))).hasToString("NOT_ALLOWED");
        assertThat(recording.operate(tick(recording.engine.time().day() + 1))).hasToString("DONE");
    }

    @Test
    void aProgrammeThatTimeDoesNotChangeHasNoTicks() {
        RecordingEngine recording = new RecordingEngine(TestProgrammes.published(EARNING));
        assertThat(recording.engine.time().nextTickMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(recording.engine.time().nextTick(RecordingEngine.NOW)).isNull();
        recording.submit("#1 m7 1.00");
        assertThat(recording.engine.time().isSweepPending()).isFalse();
    }

    private static Operation tick(int day) {
        return new Operation(OperationKind.TICK, 0, 0, "", "", day, 0, "", "", List.of());
    }
}
