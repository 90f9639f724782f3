package org.assidu.accrual.load;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Seasons of a made-up chain. Days weigh 1 on average over the period; <em>season time</em> is the sum of weights, and a member
 * whose purchases are a Poisson process in season time shows the season in calendar time.
 */
final class ChainCalendar {
    private static final double[] WEEKDAY = {0.90, 0.85, 0.95, 0.95, 1.20, 1.50, 0.55};
    private static final double[] MONTH = {0.94, 0.95, 0.98, 1.00, 1.01, 0.99, 0.93, 0.86, 1.02, 1.00, 1.04, 1.28};
    private static final int OPENING_HOUR = 8;
    private static final double[] MORNING = {1.6, 2.4, 2.6, 2.0, 1.0, 0.5, 0.8, 1.0, 1.0, 0.9, 0.6, 0.2, 0.1};
    private static final double[] DAY = {0.6, 1.0, 1.3, 1.4, 1.2, 0.9, 1.0, 1.2, 1.4, 1.6, 1.5, 0.9, 0.3};
    private static final double[] NOON = {0.9, 0.6, 0.6, 1.4, 3.0, 1.4, 0.5, 0.5, 0.7, 1.0, 1.2, 0.8, 0.3};
    private static final double[] EVENING = {0.4, 0.4, 0.5, 0.6, 1.0, 0.5, 0.5, 0.8, 1.5, 2.4, 2.8, 2.0, 0.6};
    private static final double[] SATURDAY = {0.6, 1.2, 1.6, 1.6, 1.1, 1.0, 1.3, 1.6, 1.6, 1.4, 1.1, 0.6, 0.2};
    private static final double[] SUNDAY = {0.5, 1.6, 2.4, 2.4, 1.0, 0, 0, 0, 0, 0, 0, 0, 0};

    private final LocalDate start;
    private final ZoneId zone;
    /** Season time at the start of each day, and at the end of the last. */
    private final double[] seasonTime;

    private final double[][] weekdayHours = new double[ShopperPersona.values().length][];
    private final double[] saturdayHours = Draws.cumulative(SATURDAY);
    private final double[] sundayHours = Draws.cumulative(SUNDAY);

    ChainCalendar(long seed, LocalDate start, int days, ZoneId zone) {
        this.start = start;
        this.zone = zone;
        double[] weights = new double[days];
        double sum = 0;
        for (int day = 0; day < days; day++) {
            LocalDate date = start.plusDays(day);
            double noise =
                    0.95 + 0.1 * new Draws().of(seed, Draws.Purpose.DAY, day, 0).unit();
            weights[day] = WEEKDAY[date.getDayOfWeek().getValue() - 1] * MONTH[date.getMonthValue() - 1] * noise;
            sum += weights[day];
        }
        seasonTime = new double[days + 1];
        for (int day = 0; day < days; day++) {
            seasonTime[day + 1] = seasonTime[day] + weights[day] * days / sum;
        }
        seasonTime[days] = days;
        for (ShopperPersona persona : ShopperPersona.values()) {
            weekdayHours[persona.ordinal()] = Draws.cumulative(
                    switch (persona.daypart) {
                        case "morning" -> MORNING;
                        case "noon" -> NOON;
                        case "evening" -> EVENING;
                        default -> DAY;
                    });
        }
    }

    int days() {
        return seasonTime.length - 1;
    }

    double weight(int day) {
        return seasonTime[day + 1] - seasonTime[day];
    }

    /** The day that a season time falls on; the number of days when it is beyond the last. */
    int dayOf(double time) {
        if (time >= seasonTime[days()]) {
            return days();
        }
        int low = 0;
        int high = days() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (seasonTime[middle] <= time) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    LocalDate date(int day) {
        return start.plusDays(day);
    }

    /** Offset of the stores' clocks during opening hours. */
    ZoneOffset offset(int day) {
        return date(day).atTime(12, 0).atZone(zone).getOffset();
    }

    /** Millisecond of the day at which a shopper pays. */
    int millisOfDay(DayOfWeek weekday, ShopperPersona persona, Draws draws) {
        double[] hours = switch (weekday) {
            case SATURDAY -> saturdayHours;
            case SUNDAY -> sundayHours;
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> weekdayHours[persona.ordinal()];
        };
        return (OPENING_HOUR + draws.pick(hours)) * 3_600_000 + draws.below(3_600_000);
    }
}
