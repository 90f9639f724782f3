package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.assidu.accrual.model.MemberStanding;
import org.assidu.accrual.model.MemberStanding.Expiring;
import org.assidu.accrual.model.MemberStanding.Progress;
import org.assidu.accrual.model.MemberStanding.Usable;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final long POINT = 1_000_000;

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @Test
    void standingTellsBalanceRewardsAndProgress() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published("""
                earning: {points: 1}
                threshold_rewards:
                  - {id: gift, measure: POINTS, reaches: 100, reward: {kind: GIFT_VOUCHER, value: 5}}
                  - {id: visits, measure: VISITS, reaches: 3, window: CALENDAR_MONTH, reward: {kind: GIFT_VOUCHER, value: 1}}
                """));
        till.submit("#1 m1 130.00 @2026-02-28T10:00:00Z");
        till.submit("#2 m1 25.00 @2026-02-28T11:00:00Z");

        MemberStanding february = till.engine.standing(1, at("2026-02-28T12:00:00Z"));
        assertThat(february.balanceMicro()).isEqualTo(155 * POINT);
        assertThat(february.receipts()).isEqualTo(2);
        assertThat(february.usable()).containsExactly(new Usable("gift", 1));
        assertThat(february.progress())
                .containsExactly(new Progress("gift", 55 * POINT, 100 * POINT), new Progress("visits", 2, 3));
        assertThat(february.day()).isEqualTo((int) LocalDate.of(2026, 2, 28).toEpochDay());

        // In Paris it is March already: what was reached in February counts no more.
        MemberStanding march = till.engine.standing(1, at("2026-02-28T23:30:00Z"));
        assertThat(march.progress())
                .containsExactly(new Progress("gift", 55 * POINT, 100 * POINT), new Progress("visits", 0, 3));
        assertThat(march.day()).isEqualTo((int) LocalDate.of(2026, 3, 1).toEpochDay());

        MemberStanding nobody = till.engine.standing(99, at("2026-02-28T12:00:00Z"));
        assertThat(nobody.usable()).isEmpty();
        assertThat(nobody.progress()).extracting(Progress::reachedUnits).containsExactly(0L, 0L);
        assertThat(till.engine.standing(1, at("2025-01-01T00:00:00Z")).programme())
                .isNull();
    }

    @Test
    void pointsThatEndWithinTheRemindersAreToldByDay() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published("""
                purse: {validity: {length: 10, unit: DAYS, end: EXACT_DAY}, reminder_days: [7, 2]}
                earning: {points: 1}
                """));
        till.submit("#1 m1 10.00 @2026-03-01T10:00:00Z");
        till.submit("#2 m1 5.00 @2026-03-02T08:00:00Z");
        till.submit("#3 m1 3.00 @2026-03-02T09:00:00Z");
        int first = (int) LocalDate.of(2026, 3, 1).toEpochDay();
        List<Expiring> lots =
                till.engine.standing(1, at("2026-03-05T10:00:00Z")).expiring();
        assertThat(lots).hasSize(2);
        int ends = lots.get(0).day();
        assertThat(ends - first).isBetween(9, 10);
        assertThat(lots).containsExactly(new Expiring(ends, 10 * POINT), new Expiring(ends + 1, 8 * POINT));
        assertThat(till.engine.standing(1, at("2026-03-02T10:00:00Z")).expiring())
                .as("further away than the first reminder")
                .isEmpty();
    }
}
