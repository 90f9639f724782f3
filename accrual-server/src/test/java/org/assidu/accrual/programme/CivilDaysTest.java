package org.assidu.accrual.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class CivilDaysTest {
    @Test
    void calendarArithmeticIsThatOfJavaTime() {
        for (int day = -800_000; day < 800_000; day += 13) {
            LocalDate date = LocalDate.ofEpochDay(day);
            int month = date.getYear() * 12 + date.getMonthValue() - 1;
            assertThat(CivilDays.month(day)).as("month of %s", date).isEqualTo(month);
            assertThat(CivilDays.dayOfMonth(day)).as("day of %s", date).isEqualTo(date.getDayOfMonth());
            assertThat(CivilDays.firstDay(month))
                    .isEqualTo((int) date.withDayOfMonth(1).toEpochDay());
            assertThat(CivilDays.lastDay(month))
                    .isEqualTo((int) YearMonth.from(date).atEndOfMonth().toEpochDay());
            for (int months : new int[] {1, 12, 18}) {
                assertThat(CivilDays.plusMonths(day, months))
                        .as("%s and %s months", date, months)
                        .isEqualTo((int) date.plusMonths(months).toEpochDay());
            }
            if (date.getYear() >= 1970) {
                int written = date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
                assertThat(CivilDays.of(written)).isEqualTo(day);
            }
        }
    }
}
