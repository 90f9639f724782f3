package org.assidu.accrual.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assidu.accrual.pipeline.RunningPipeline.get;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assidu.accrual.codec.RecordContext;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.file.FileJournal;
import org.assidu.accrual.model.EventKind;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.PurseBooks;
import org.assidu.accrual.replay.EngineState;
import org.assidu.accrual.replay.OutcomeReport;
import org.assidu.accrual.replay.OutcomeVerifier;
import org.assidu.accrual.replay.RecordListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days that pass while a pipeline runs, while it is down, and while history comes in. */
final class TimePassingTest {
    private static final long DAY_MILLIS = 86_400_000L;
    private static final LocalDate FIRST = LocalDate.parse("2026-03-02");
    private static final String PURSE = "purse: {validity: {length: 10, unit: DAYS}, reminder_days: [3]}";

    @TempDir
    Path temporary;

    private RunningPipeline running(String folder) {
        RunningPipeline running = new RunningPipeline(temporary.resolve(folder), JournalKind.FILE);
        running.config = new PipelineConfig(1024, 1 << 16, 1);
        return running;
    }

    private static RunningPipeline begun(RunningPipeline running) {
        running.start();
        assertThat(get(running.pipeline().publish(RunningPipeline.publication(RunningPipeline.programme(PURSE))))
                        .problems())
                .isEmpty();
        return running;
    }

    private static void sell(RunningPipeline running, int from, int to) {
        TestStream stream = new TestStream(running.pipeline(), "Lyon");
        for (int number = from; number < to; number++) {
            SalesItem sale = stream.sale(number, number, 100);
            sale.receipt(0).soldAtMillis = running.clock.get();
            stream.submit(sale);
        }
        stream.next(to - from);
    }

    private static void awaitDay(RunningPipeline running, LocalDate day) {
        RunningPipeline.await(
                "the day " + day, () -> get(running.pipeline().status()).time().day() == day.toEpochDay());
    }

    /** Ticks, and events of members, in order of the journal: {@code 2026-03-03} and {@code POINTS_EXPIRED 03-12}. */
    private static List<String> passed(Path journal) {
        List<String> passed = new ArrayList<>();
        try (JournalReader reader = FileJournal.openReadOnly(journal)) {
            EngineState.at(reader, Long.MAX_VALUE, new RecordListener() {
                @Override
                public void operation(
                        Operation operation, OutcomeColumns outcome, RecordContext context, long position, long time) {
                    if (operation.kind() == OperationKind.TICK) {
                        passed.add(LocalDate.ofEpochDay(operation.amount()).toString());
                    }
                    for (int e = 0; e < outcome.events; e++) {
                        if (outcome.eventKind[e] == EventKind.POINTS_EXPIRING
                                || outcome.eventKind[e] == EventKind.POINTS_EXPIRED) {
                            passed.add(outcome.eventKind[e] + " " + LocalDate.ofEpochDay(outcome.eventDay[e]));
                        }
                    }
                }
            });
        }
        return passed;
    }

    private static OutcomeReport verify(Path journal) {
        try (JournalReader records = FileJournal.openReadOnly(journal);
                JournalReader lookups = FileJournal.openReadOnly(journal)) {
            return OutcomeVerifier.verify(records, lookups, position -> {});
        }
    }

    @Test
    void pointsExpireAtMidnightWithoutAnyoneAsking() {
        try (RunningPipeline running = begun(running("data"))) {
            sell(running, 1, 4);
            assertThat(running.balanceMicro(1)).isEqualTo(1_000_000);
            running.clock.addAndGet(10 * DAY_MILLIS);
            awaitDay(running, FIRST.plusDays(10));
            assertThat(running.balanceMicro(1)).isEqualTo(1_000_000);
            // 12:00 in UTC is 13:00 in Paris: ten hours and a minute to go to the 13th.
            running.clock.addAndGet(11 * 3_600_000L + 60_000);
            awaitDay(running, FIRST.plusDays(11));
            PipelineStatus status = get(running.pipeline().status());
            assertThat(status.outstandingMicro()).isZero();
            assertThat(status.time().settlements()).as("reminders and expiries").isEqualTo(6);
            assertThat(status.durablePosition()).isGreaterThanOrEqualTo(12);
            PurseBooks books = status.books().get(0);
            assertThat(books.issued()).isEqualTo(3_000_000);
            assertThat(books.expired()).isEqualTo(3_000_000);
            assertThat(books.balanced()).isTrue();
            running.stop();
            assertThat(passed(running.journalFolder()))
                    .containsExactly(
                            "2026-03-02",
                            "2026-03-03",
                            "2026-03-04",
                            "2026-03-05",
                            "2026-03-06",
                            "2026-03-07",
                            "2026-03-08",
                            "2026-03-09",
                            "2026-03-10",
                            "2026-03-11",
                            "2026-03-12",
                            "POINTS_EXPIRING 2026-03-12",
                            "POINTS_EXPIRING 2026-03-12",
                            "POINTS_EXPIRING 2026-03-12",
                            "2026-03-13",
                            "POINTS_EXPIRED 2026-03-12",
                            "POINTS_EXPIRED 2026-03-12",
                            "POINTS_EXPIRED 2026-03-12");
            assertThat(verify(running.journalFolder()).identical()).isTrue();
            running.start();
        }
    }

    @Test
    void daysOfADowntimeAreCaughtUpInOrderBeforeTheFirstSale() {
        try (RunningPipeline running = begun(running("data"))) {
            sell(running, 1, 2);
            running.stop();
            running.clock.addAndGet(20 * DAY_MILLIS);
            running.start();
            sell(running, 2, 3);
            assertThat(get(running.pipeline().status()).time().day())
                    .isEqualTo((int) FIRST.plusDays(20).toEpochDay());
            assertThat(running.balanceMicro(1)).isZero();
            assertThat(running.balanceMicro(2)).isEqualTo(1_000_000);
            running.stop();
            List<String> ticks = passed(running.journalFolder()).stream()
                    .filter(line -> !line.startsWith("POINTS"))
                    .toList();
            assertThat(ticks)
                    .containsExactlyElementsOf(FIRST.datesUntil(FIRST.plusDays(21))
                            .map(LocalDate::toString)
                            .toList());
            assertThat(verify(running.journalFolder()).identical()).isTrue();
            running.start();
        }
    }

    @Test
    void historyPassesByTheTimeOfItsSalesUntilALiveOneComes() {
        try (RunningPipeline running = begun(running("data"))) {
            LocalDate then = LocalDate.parse("2026-01-05");
            TestStream stream = new TestStream(running.pipeline(), "Lyon");
            for (int number = 1; number <= 30; number++) {
                SalesItem sale = stream.sale(number, number == 30 ? 1 : number, 100);
                sale.receipt(0).historical = true;
                sale.receipt(0).soldAtMillis = then.plusDays(number - 1)
                        .atTime(12, 0)
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
                stream.send(sale);
            }
            PipelineStatus status = get(running.pipeline().status());
            assertThat(status.time().day()).isEqualTo((int) then.plusDays(29).toEpochDay());
            assertThat(status.outstandingMicro())
                    .as("sales of the last 11 days")
                    .isEqualTo(11_000_000);
            assertThat(running.balanceMicro(1)).isEqualTo(1_000_000);
            // The clock waits, also over a restart and a midnight.
            running.stop();
            running.clock.addAndGet(DAY_MILLIS);
            running.start();
            running.clock.addAndGet(DAY_MILLIS);
            assertThat(get(running.pipeline().status()).time().day())
                    .isEqualTo((int) then.plusDays(29).toEpochDay());
            // An operator lets days pass,
            get(running.pipeline().passUntil((int) then.plusDays(38).toEpochDay()));
            status = get(running.pipeline().status());
            assertThat(status.time().day()).isEqualTo((int) then.plusDays(38).toEpochDay());
            assertThat(status.outstandingMicro()).isEqualTo(2_000_000);
            // and a live sale brings the present.
            sell(running, 31, 32);
            assertThat(get(running.pipeline().status()).time().day())
                    .isEqualTo((int) FIRST.plusDays(2).toEpochDay());
            assertThat(get(running.pipeline().status()).outstandingMicro()).isEqualTo(1_000_000);
            running.stop();
            assertThat(verify(running.journalFolder()).identical()).isTrue();
            running.start();
        }
    }

    /** A kill leaves the journal as far as it got: here as far as each of several points within the sweep. */
    @Test
    void aSweepThatWasKilledInTheMiddleGoesOnAndEndsInTheSameState() throws IOException {
        int members = 400;
        long hash;
        long last;
        long firstSettle;
        try (RunningPipeline running = begun(running("undisturbed"))) {
            sell(running, 1, members + 1);
            running.clock.addAndGet(11 * DAY_MILLIS);
            awaitDay(running, FIRST.plusDays(11));
            hash = get(running.pipeline().status()).stateHash();
            last = get(running.pipeline().status()).appliedPosition();
            firstSettle = last - get(running.pipeline().status()).time().settlements() + 1;
        }
        Path journal = temporary.resolve("undisturbed").resolve("journal");
        for (int part = 1; part <= 5; part++) {
            long upTo = firstSettle + part * (last - firstSettle) / 6;
            String folder = "killed-" + part;
            truncated(journal, temporary.resolve(folder).resolve("journal"), upTo);
            copy(
                    temporary.resolve("undisturbed").resolve("directory"),
                    temporary.resolve(folder).resolve("directory"));
            try (RunningPipeline killed = running(folder)) {
                killed.clock.addAndGet(11 * DAY_MILLIS);
                killed.start();
                awaitDay(killed, FIRST.plusDays(11));
                PipelineStatus status = get(killed.pipeline().status());
                assertThat(status.time().settlements())
                        .as("members left to settle")
                        .isPositive();
                assertThat(status.stateHash())
                        .as("state hash after a kill at %s", upTo)
                        .isEqualTo(hash);
                assertThat(status.outstandingMicro()).isZero();
            }
            OutcomeReport report = verify(temporary.resolve(folder).resolve("journal"));
            assertThat(report.identical()).isTrue();
            assertThat(report.stateHash()).isEqualTo(String.format(Locale.ROOT, "%016x", hash));
        }
    }

    private static void truncated(Path from, Path to, long upTo) {
        try (Journal target = FileJournal.open(to, JournalConfig.defaults(), RecoveryProgress.silent());
                JournalReader records = FileJournal.openReadOnly(from)) {
            while (records.next() && records.position() <= upTo) {
                target.appender()
                        .append(
                                records.type(),
                                records.timeMillis(),
                                records.buffer(),
                                records.offset(),
                                records.length());
                target.appender().commit();
            }
            while (target.barrier().advance() < upTo) {
                Thread.onSpinWait();
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    @Test
    void aSweepLeavesRoomForSales() {
        try (RunningPipeline running = begun(running("data"))) {
            int members = 20_000;
            sell(running, 1, members + 1);
            running.clock.addAndGet(11 * DAY_MILLIS);
            sell(running, members + 1, members + 2_000);
            PipelineStatus status = get(running.pipeline().status());
            assertThat(status.outstandingMicro()).isEqualTo(1_999 * 1_000_000L);
            System.out.println(status.time().settlements() + " members settled, longest slice "
                    + status.time().longestSliceMicros() + " µs, "
                    + status.time().lotBytes() + " bytes of lots");
            assertThat(status.time().settlements()).as("reminders and expiries").isEqualTo(2 * members);
        }
    }
}
