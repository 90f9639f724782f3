package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assidu.accrual.model.LotKey;
import org.assidu.accrual.model.Operation;
import org.assidu.accrual.model.OperationKind;
import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.model.OutcomeColumns;
import org.junit.jupiter.api.Test;

/**
 * Random histories of sales, late sales, returns, corrections and passing days, against {@link NaiveLots}; each is lived three
 * times, with the sweep after every tick, with none before the end, and with sweeps that stop in the middle.
 */
class RandomLotsTest {
    private static final int HISTORIES = Integer.getInteger("lots.histories", 60);
    private static final int STEPS = 120;
    private static final int MEMBERS = 4;

    private record Sale(long number, long member, LocalDate sold, BigDecimal points) {}

    private static final class Life {
        final RecordingEngine recording;
        final Map<Long, List<String>> events = new TreeMap<>();
        final List<String> movements = new ArrayList<>();

        Life(NaiveLots.Rules rules) {
            recording = new RecordingEngine(TestProgrammes.published(
                    "effective_from: 2024-01-01\naccepted_window: {past_days: 3650}\nearning: {points: 1}\n"
                            + rules.purse()));
            recording.sweeping = false;
        }

        void tell(OutcomeColumns out) {
            for (int e = 0; e < out.events; e++) {
                if (out.eventPurse[e] == 0) {
                    String kind = out.eventKind[e].name().substring("POINTS_".length());
                    BigDecimal points = BigDecimal.valueOf(out.eventValue[e], 6);
                    events.computeIfAbsent(out.eventMember[e], key -> new ArrayList<>())
                            .add(NaiveLots.event(kind, points, LocalDate.ofEpochDay(out.eventDay[e])));
                }
            }
            for (int m = 0; m < out.movements; m++) {
                movements.add(out.movementMember[m] + " " + out.movementKind[m] + " " + out.movementMicro[m] + " "
                        + out.movementLot[m]);
            }
        }

        void sweep(int most) {
            recording.settlements.clear();
            recording.sweep(most);
            recording.settlements.forEach(this::tell);
        }

        void submit(String receipt, LocalDate today) {
            OutcomeColumns out = recording.submit(ReceiptText.receipt(receipt), RecordingEngine.noon(today));
            assertThat(out.status).hasToString("ACCRUED");
            tell(out);
        }

        void adjust(long member, BigDecimal points, LocalDate today) {
            OutcomeColumns out = new OutcomeColumns();
            Operation operation = new Operation(
                    OperationKind.ADJUST,
                    member,
                    0,
                    "points",
                    "",
                    points.movePointRight(6).longValueExact(),
                    RecordingEngine.noon(today),
                    "anna",
                    "test",
                    List.of());
            OperationStatus status = recording.operate(operation, out, RecordingEngine.noon(today));
            assertThat(status).isEqualTo(OperationStatus.DONE);
            tell(out);
        }

        String purse(long member) {
            MemberView view = recording.engine.member(member);
            MemberView.PurseView purse = view.purses().get(0);
            Map<LocalDate, BigDecimal> ends = new TreeMap<>();
            for (MemberView.Lot lot : purse.lots()) {
                LocalDate end = lot.expiryDay() == LotKey.NEVER ? LocalDate.MAX : LocalDate.ofEpochDay(lot.expiryDay());
                ends.merge(end, BigDecimal.valueOf(lot.micro(), 6), BigDecimal::add);
            }
            return NaiveLots.told(
                    BigDecimal.valueOf(purse.balanceMicro(), 6), BigDecimal.valueOf(purse.pendingMicro(), 6), ends);
        }
    }

    private static NaiveLots.Rules rules(SplittableRandom random) {
        int months = random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(5);
        String end = new String[] {"EXACT_DAY", "END_OF_MONTH", "END_OF_YEAR"}[random.nextInt(3)];
        int pending = random.nextInt(2) * (1 + random.nextInt(20));
        List<Integer> reminders = random.nextBoolean() ? List.of() : List.of(20, 3);
        return new NaiveLots.Rules(
                months,
                end,
                months > 0 && random.nextInt(3) == 0,
                months == 0 ? Math.max(1, pending) : pending,
                months == 0 ? List.of() : reminders);
    }

    @Test
    void lotsAreThoseOfANaiveLedgerWheneverTheyAreSettled() {
        long seed = Long.getLong("seed", 20261201L);
        System.out.println("seed " + seed);
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int history = 0; history < HISTORIES; history++) {
            SplittableRandom random = seeds.split();
            NaiveLots.Rules rules = rules(random);
            NaiveLots naive = new NaiveLots(rules);
            Life swept = new Life(rules);
            Life touched = new Life(rules);
            Life interrupted = new Life(rules);
            List<Life> lives = List.of(swept, touched, interrupted);
            List<Sale> sales = new ArrayList<>();
            LocalDate today = LocalDate.parse("2024-02-01");
            for (int step = 0; step < STEPS; step++) {
                String name = "history " + history + " of " + rules + ", step " + step;
                int days = step == 0 ? 1 : random.nextInt(3) == 0 ? random.nextInt(25) : 0;
                for (; days > 0; days--) {
                    today = today.plusDays(1);
                    naive.day(today);
                    for (Life life : lives) {
                        life.recording.tickUntil(today);
                    }
                    swept.sweep(Integer.MAX_VALUE);
                    interrupted.sweep(random.nextInt(2));
                }
                step(random, step, today, naive, lives, sales);
                for (long member = 1; member <= MEMBERS; member++) {
                    for (Life life : lives) {
                        if (life.recording.engine.member(member) != null) {
                            assertThat(life.purse(member)).as(name).isEqualTo(naive.purse(member));
                        }
                    }
                }
            }
            for (Life life : lives) {
                life.sweep(Integer.MAX_VALUE);
                for (long member = 1; member <= MEMBERS; member++) {
                    assertThat(life.events.getOrDefault(member, List.of()))
                            .as("events of %s in history %s of %s", member, history, rules)
                            .isEqualTo(naive.events(member));
                }
                assertThat(life.recording.engine.stateHash())
                        .as("state hash of history %s of %s", history, rules)
                        .isEqualTo(swept.recording.engine.stateHash());
                assertThat(life.recording.replayed().stateHash()).isEqualTo(swept.recording.engine.stateHash());
                assertThat(life.movements)
                        .as("movements of history %s of %s", history, rules)
                        .containsExactlyInAnyOrderElementsOf(swept.movements);
            }
        }
    }

    private static void step(
            SplittableRandom random, int step, LocalDate today, NaiveLots naive, List<Life> lives, List<Sale> sales) {
        long member = 1 + random.nextInt(MEMBERS);
        BigDecimal points = BigDecimal.valueOf(100 + random.nextInt(9_900), 2);
        int kind = random.nextInt(10);
        if (kind < 5 || sales.isEmpty()) {
            LocalDate sold = random.nextInt(4) == 0 ? today.minusDays(random.nextInt(200)) : today;
            LocalDate since = LocalDate.parse("2024-01-02");
            LocalDate day = sold.isBefore(since) ? since : sold;
            sales.add(new Sale(step + 1, member, day, points));
            naive.sell(member, day, points);
            lives.forEach(life ->
                    life.submit("#" + (step + 1) + " m" + member + " " + points + " @" + day + "T08:00Z", today));
        } else if (kind < 8) {
            // Anyone brings it back, and the member who bought it gives the points.
            Sale sale = sales.remove(random.nextInt(sales.size()));
            if (sale.sold().isBefore(today.minusDays(300))) {
                return;
            }
            naive.takeBack(sale.member(), sale.sold(), sale.points());
            String bringer = random.nextBoolean() ? " m" + sale.member() : random.nextBoolean() ? " m" + member : "";
            lives.forEach(life -> life.submit(
                    "#" + (1000 + step) + bringer + " -1x-" + sale.points() + "<" + sale.number() + ":1 @" + today
                            + "T08:00Z",
                    today));
        } else if (lives.get(0).recording.engine.member(member) != null) {
            BigDecimal correction = random.nextInt(3) == 0 ? points : points.negate();
            naive.adjust(member, correction);
            lives.forEach(life -> life.adjust(member, correction, today));
        }
    }
}
