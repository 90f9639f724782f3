package org.assidu.accrual.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.engine.AccrualEngine;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.programme.Programme;
import org.jspecify.annotations.Nullable;

/**
 * Members, purses and counters as they were at a moment of the past. Taken after the sweep: what time had in store by then is
 * done, whether the journal got to it before the moment or after.
 *
 * @param position last record that counts
 * @param day last day that has begun for members; null where no record says
 * @param atMillis the moment: time of the last record, or end of the day asked about; 0 where no record says
 * @param settled members that the replay itself settled
 */
public record PastState(
        AccrualEngine engine,
        long position,
        long atMillis,
        @Nullable LocalDate day,
        long settled) {

    /**
     * Replays a journal up to a moment.
     *
     * @param journal opens a reader; one is read at a time
     * @param listener sees each record, and what the replay itself settles as operations at position 0
     * @throws IllegalArgumentException when the journal does not reach the position
     */
    public static PastState of(
            AsOf asOf, Supplier<JournalReader> journal, RecordListener listener, LongConsumer progress) {
        long last = asOf.position() == 0 ? Long.MAX_VALUE : asOf.position();
        long untilMillis = 0;
        LocalDate asked = asOf.day();
        if (asked != null) {
            try (JournalReader reader = journal.get()) {
                JournalSurvey survey = JournalSurvey.of(reader, null, asked, progress);
                last = survey.last();
                untilMillis = survey.programmes().isEmpty() ? 0 : endOf(asked, survey.zone());
            }
        }
        AccrualEngine engine = new AccrualEngine();
        BusinessClock clock = new BusinessClock();
        long position = replay(journal, last, engine, new ClockListener(clock, listener), progress);
        if (asOf.position() > position) {
            throw new IllegalArgumentException("position " + asOf.position() + ": the journal ends at " + position);
        }
        return settle(engine, position, clock, listener, untilMillis);
    }

    private static PastState settle(
            AccrualEngine engine, long position, BusinessClock clock, RecordListener listener, long untilMillis) {
        long[] settled = new long[1];
        RecordContext none = new RecordContext();
        DaySweep days = new DaySweep(engine, (operation, outcome) -> {
            settled[0] += operation.memberKey() == 0 ? 0 : 1;
            listener.operation(operation, outcome, none, 0, operation.atMillis());
        });
        if (untilMillis > 0) {
            days.until(untilMillis, position);
        }
        days.settle(position);
        long atMillis = Math.max(clock.millis(), untilMillis);
        return new PastState(engine, position, atMillis, day(engine, atMillis), settled[0]);
    }

    private static long endOf(LocalDate day, ZoneId zone) {
        return day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli() - 1;
    }

    private static @Nullable LocalDate day(AccrualEngine engine, long millis) {
        if (engine.time().day() > 0) {
            return LocalDate.ofEpochDay(engine.time().day());
        }
        Programme programme = engine.programmeAt(millis);
        return programme == null || millis == 0
                ? null
                : Instant.ofEpochMilli(millis).atZone(programme.zone()).toLocalDate();
    }

    private static long replay(
            Supplier<JournalReader> journal,
            long last,
            AccrualEngine engine,
            RecordListener listener,
            LongConsumer progress) {
        EngineReplay replay = new EngineReplay(engine, listener);
        long position = 0;
        try (JournalReader reader = journal.get()) {
            reader.seek(1);
            while (position < last && reader.next()) {
                replay.apply(reader);
                position = reader.position();
                if (position % JournalSurvey.RECORDS_BETWEEN_REPORTS == 0) {
                    progress.accept(position);
                }
            }
        }
        progress.accept(position);
        return position;
    }
}
