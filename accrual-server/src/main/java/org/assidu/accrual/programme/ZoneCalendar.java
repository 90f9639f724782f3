package org.assidu.accrual.programme;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * Calendar months and years of a time zone, from a table of its offset changes, so that a look-up allocates nothing. The
 * table comes from the JDK's time zone data: replicas that must agree run the same release of it.
 */
final class ZoneCalendar {
    private static final long LAST_MILLIS =
            Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();
    private static final long DAY_MILLIS = 86_400_000L;

    private final long[] changeMillis;
    /** Offset before the first change, then after each. */
    private final int[] offsetMillis;

    ZoneCalendar(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        long[] changes = new long[16];
        int[] offsets = new int[17];
        Instant at = Instant.EPOCH;
        offsets[0] = rules.getOffset(at).getTotalSeconds() * 1000;
        int count = 0;
        for (ZoneOffsetTransition next = rules.nextTransition(at);
                next != null && next.getInstant().toEpochMilli() < LAST_MILLIS;
                next = rules.nextTransition(next.getInstant())) {
            if (count == changes.length) {
                changes = Arrays.copyOf(changes, count * 2);
                offsets = Arrays.copyOf(offsets, count * 2 + 1);
            }
            changes[count++] = next.getInstant().toEpochMilli();
            offsets[count] = next.getOffsetAfter().getTotalSeconds() * 1000;
        }
        changeMillis = Arrays.copyOf(changes, count);
        offsetMillis = Arrays.copyOf(offsets, count + 1);
    }

    /** Months since January of year 0, in local time. */
    int month(long millis) {
        return CivilDays.month(day(millis));
    }

    /** Days since 1970-01-01, in local time. */
    int day(long millis) {
        return Math.toIntExact(Math.floorDiv(local(millis), DAY_MILLIS));
    }

    /** Milliseconds since 1970-01-01T00:00 in local time. */
    long local(long millis) {
        int found = Arrays.binarySearch(changeMillis, millis);
        return millis + offsetMillis[found >= 0 ? found + 1 : -found - 1];
    }

    int year(long millis) {
        return month(millis) / 12;
    }
}
