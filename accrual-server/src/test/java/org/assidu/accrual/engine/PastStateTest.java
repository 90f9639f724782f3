package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assidu.accrual.model.Points;
import org.assidu.accrual.replay.AsOf;
import org.assidu.accrual.replay.PastLedger;
import org.assidu.accrual.replay.PastLiability;
import org.assidu.accrual.replay.PastReceipt;
import org.assidu.accrual.replay.PastState;
import org.assidu.accrual.replay.RecordListener;
import org.junit.jupiter.api.Test;

/** Members as they were: by position and by day, after what time had in store by then. */
final class PastStateTest {
    private static final String TEN_DAYS = "earning: {points: 1}\npurse: {validity: {length: 10, unit: DAYS}}\n";

    private static PastState state(JournalTill till, AsOf asOf, RecordListener listener) {
        return PastState.of(asOf, till::reader, listener, position -> {});
    }

    private static String balance(JournalTill till, String day) {
        PastState state = state(till, new AsOf(0, LocalDate.parse(day)), new RecordListener() {});
        return state.position() + ": " + Points.format(state.engine().totals().outstandingMicro(0));
    }

    /** A history that stopped earlier is a history as of its last position, settled. */
    @Test
    void theStateAsOfAPositionIsTheOneThatTheServerHad() {
        long seed = Long.getLong("seed", 20261122L);
        System.out.println("seed " + seed);
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int history = 0; history < 25; history++) {
            long one = seeds.nextLong();
            JournalTill whole = RandomTill.of(new SplittableRandom(one), 120).till;
            for (int steps = 20; steps < 120; steps += 33) {
                JournalTill part = RandomTill.of(new SplittableRandom(one), steps).till;
                PastState state = state(whole, new AsOf(part.position(), null), new RecordListener() {});
                part.sweep();
                assertThat(state.engine().stateHash())
                        .as("history of seed %s after %s steps", one, steps)
                        .isEqualTo(part.engine.stateHash());
            }
        }
    }

    @Test
    void aStatementAddsUpToTheBalanceOfItsMoment() {
        SplittableRandom seeds = new SplittableRandom(Long.getLong("seed", 20261122L));
        for (int history = 0; history < 25; history++) {
            long one = seeds.nextLong();
            JournalTill till = RandomTill.of(new SplittableRandom(one), 100).till;
            for (long position : new long[] {till.position() / 3, till.position() / 2, till.position()}) {
                PastLedger ledger = new PastLedger(2, Integer.MAX_VALUE);
                PastState state = state(till, new AsOf(position, null), ledger);
                Map<String, Long> sums = new TreeMap<>();
                ledger.entries(state.engine()).forEach(entry -> sums.merge(entry.purseId(), entry.micro(), Long::sum));
                for (int purse = 0; purse < state.engine().purses(); purse++) {
                    assertThat(sums.getOrDefault(state.engine().purseId(purse), 0L))
                            .as("history of seed %s, position %s", one, position)
                            .isEqualTo(state.engine().balanceMicro(2, purse));
                }
            }
        }
    }

    @Test
    void aDayIsWholeAndWhatExpiredByItsEndIsGone() {
        JournalTill till = new JournalTill(TEN_DAYS);
        till.sell("#1 m1 10.00");
        till.passDays(4);
        till.sell("#2 m1 20.00");
        till.passDays(16);
        till.sell("#3 m1 40.00");
        // Sales on the 5th, 9th and 25th of January; the journal's first tick comes before the first sale.
        assertThat(balance(till, "2026-01-04")).isEqualTo("1: 0");
        assertThat(balance(till, "2026-01-05")).isEqualTo("3: 10");
        assertThat(balance(till, "2026-01-08")).isEqualTo("6: 10");
        assertThat(balance(till, "2026-01-09")).isEqualTo("8: 30");
        assertThat(balance(till, "2026-01-15")).endsWith(": 30");
        assertThat(balance(till, "2026-01-16")).endsWith(": 20");
        assertThat(balance(till, "2026-01-20")).endsWith(": 0");
        assertThat(balance(till, "2026-01-25")).endsWith(": 40");
        // No record says that these days have passed.
        assertThat(balance(till, "2026-02-04")).endsWith(": 40");
        assertThat(balance(till, "2026-02-05")).endsWith(": 0");
    }

    @Test
    void withoutDaysInTheRulesADayEndsBeforeTheFirstSaleOfTheNext() {
        JournalTill till = new JournalTill("earning: {points: 1}\n");
        till.sell("#1 m1 10.00");
        till.passDays(1);
        // Late from a till that was cut off: known on the 6th only.
        till.sell("#2 m1 20.00 @2026-01-05T10:00Z");
        till.passDays(1);
        till.sell("#3 m1 40.00");
        assertThat(balance(till, "2026-01-05")).isEqualTo("2: 10");
        assertThat(balance(till, "2026-01-06")).isEqualTo("3: 30");
        assertThat(balance(till, "2026-12-31")).isEqualTo("4: 70");
        // The 7th of January begins in Paris while it is the 6th in UTC.
        till.pass(14 * 3_600_000L + 1_800_000);
        till.sell("#4 m1 80.00");
        assertThat(balance(till, "2026-01-07")).isEqualTo("4: 70");
        assertThat(balance(till, "2026-01-08")).isEqualTo("5: 150");
    }

    @Test
    void aStatementSaysWhatTimeTookThoughNoRecordDoesYet() {
        JournalTill till = new JournalTill(TEN_DAYS);
        till.sell("#1 m1 2x10.00");
        till.sell("#2 m1 -1x-5.00<1:1");
        PastLedger ledger = new PastLedger(1, 2);
        PastState state = state(till, new AsOf(0, LocalDate.parse("2026-01-31")), ledger);
        List<PastLedger.Entry> entries = ledger.entries(state.engine());
        assertThat(ledger.movements()).isEqualTo(3);
        assertThat(entries).hasSize(2);
        assertThat(entries.get(0).position()).isZero();
        assertThat(entries.get(0).kind()).hasToString("EXPIRED");
        assertThat(entries.get(0).cause().operation()).isNotNull();
        assertThat(entries.get(1).kind()).hasToString("REVERSED");
        assertThat(entries.get(1).ruleId()).isEqualTo("base");
        assertThat(entries.get(1).cause().number()).isEqualTo(2);
        assertThat(state.settled()).isEqualTo(1);
        assertThat(state.day()).isEqualTo(LocalDate.parse("2026-01-31"));
    }

    @Test
    void aReceiptIsExplainedAsItStoodThen() {
        JournalTill till = new JournalTill("earning: {points: 1}\n");
        till.sell("#1 m1 3x30.00");
        long before = till.position();
        till.sell("#2 m1 -2x-20.00<1:1");
        PastReceipt sought = new PastReceipt("Lyon", "1", 0, 1, 0);
        PastState then = state(till, new AsOf(before, null), sought);
        assertThat(sought.found()).isNotNull();
        assertThat(then.engine().returnedThousandths(sought.found().receipt(), 0))
                .isZero();
        PastState now = state(till, AsOf.THE_END, sought);
        assertThat(now.engine().returnedThousandths(sought.found().receipt(), 0))
                .isEqualTo(2_000);
        PastReceipt later = new PastReceipt("Lyon", "1", 0, 2, 0);
        state(till, new AsOf(before, null), later);
        assertThat(later.found()).isNull();
    }

    @Test
    void aLiabilitySaysWhatIsOwedToWhomAndUntilWhen() {
        JournalTill till = new JournalTill("earning: {points: 1}\npurse: {validity: {length: 1, unit: MONTHS}}\n"
                + "money_purses: [{id: cagnotte}]\n"
                + "bonuses: [{id: cash, award: {kind: CASHBACK_PERCENT, target: cagnotte, value: 10}}]\n");
        till.sell("#1 m1 10.00");
        till.passDays(30);
        till.sell("#2 m2 20.00");
        till.sell("#3 m3 -1x-5.00");
        PastLiability liability = PastLiability.of(
                state(till, AsOf.THE_END, new RecordListener() {}).engine(), new BigDecimal("0.05"), 0);
        PastLiability.PurseLiability points = liability.purses().get(0);
        assertThat(points.books().outstanding()).isEqualTo(25_000_000);
        assertThat(points.minor()).isEqualTo(125);
        assertThat(points.holders()).isEqualTo(2);
        assertThat(points.belowZero()).isEqualTo(1);
        assertThat(points.belowZeroMicro()).isEqualTo(-5_000_000);
        assertThat(points.endings())
                .containsExactly(
                        new PastLiability.Ending(YearMonth.parse("2026-02"), 10_000_000),
                        new PastLiability.Ending(YearMonth.parse("2026-03"), 20_000_000),
                        new PastLiability.Ending(null, -5_000_000));
        PastLiability.PurseLiability cagnotte = liability.purses().get(1);
        assertThat(cagnotte.money()).isTrue();
        assertThat(cagnotte.minor()).isEqualTo(300);
    }

    @Test
    void aPositionBeyondTheEndIsRefusedByItsNumber() {
        JournalTill till = new JournalTill(TEN_DAYS);
        assertThatThrownBy(() -> state(till, new AsOf(9, null), new RecordListener() {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("position 9: the journal ends at 1");
        assertThatThrownBy(() -> new AsOf(1, LocalDate.EPOCH)).hasMessageContaining("one of them");
    }
}
