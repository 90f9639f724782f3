package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assidu.accrual.model.ReceiptColumns;
import org.assidu.accrual.model.ReceiptPhase;
import org.junit.jupiter.api.Test;

/** Laws of levels and clubs over years of random sales and returns, under random programmes. */
class StatusLawTest {
    private static final int PROGRAMMES = 60;
    private static final int STEPS = 60;
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);

    /** A receipt sold so many days after the first day, arriving so many days after that. */
    private record Step(int day, int late, ReceiptColumns receipt) {
        long soldAtMillis() {
            return RecordingEngine.noon(FIRST.plusDays(day));
        }
    }

    private static String programme(SplittableRandom random) {
        String window = new String[] {
                    "LIFETIME", "CALENDAR_YEAR", "ROLLING_MONTHS, months: 1", "ROLLING_MONTHS, months: 4"
                }
                [random.nextInt(4)];
        String reminders = window.equals("LIFETIME") ? "" : ", reminder_days: [20, 3]";
        return "accepted_window: {past_days: 3650}\nearning: {points: 1}\n"
                + "purse: {validity: {length: 6, unit: MONTHS}}\n"
                + "tiers: {measure: " + (random.nextBoolean() ? "SPEND" : "POINTS_EARNED") + ", window: " + window
                + ", grace_days: " + random.nextInt(40) + ", downgrade: "
                + (random.nextBoolean() ? "ONE_DOWN" : "REQUALIFY") + reminders
                + ", levels: [{id: silver, reaches: 80, multiplier: 1.5}, {id: gold, reaches: 200, multiplier: 2}]}\n"
                + "clubs: [{id: card, sku: s1, fee: 15, months: " + random.nextInt(1, 8)
                + ", reminder_days: [9], first_purchase_percent: 10}]\n"
                + "bonuses: [{id: extra, when: {clubs: [card]}, award: {kind: EXTRA_RATE, value: 1}}]\n";
    }

    /** Sales, and returns of earlier ones in part; some arrive late. */
    private static List<Step> history(SplittableRandom random) {
        List<Step> steps = new ArrayList<>();
        int day = 0;
        for (int number = 1; number <= STEPS; number++) {
            day += random.nextInt(25);
            int late = random.nextInt(6) == 0 ? random.nextInt(40) : 0;
            boolean back = random.nextInt(4) == 0 && number > 3;
            ReceiptColumns receipt;
            if (back) {
                ReceiptColumns sold = steps.get(random.nextInt(steps.size())).receipt();
                receipt = RandomSales.returns(number);
                int line = random.nextInt(Math.max(1, sold.lines));
                boolean whole = random.nextBoolean() && !sold.isReturn(line);
                RandomSales.addReturn(receipt, sold, line, whole ? sold.quantityThousandths[line] : 500);
            } else {
                receipt = RandomSales.receipt(random, number);
            }
            Step step = new Step(day - Math.min(day, late), late, receipt);
            receipt.soldAtMillis = step.soldAtMillis();
            steps.add(step);
        }
        return steps;
    }

    private static RecordingEngine play(String programme, List<Step> steps, boolean sweeping, int chunks) {
        RecordingEngine till = new RecordingEngine(TestProgrammes.published(programme));
        till.sweeping = sweeping;
        for (Step step : steps) {
            LocalDate arrives = FIRST.plusDays(step.day() + step.late());
            till.tickUntil(arrives);
            submit(till, step.receipt(), RecordingEngine.noon(arrives), chunks);
        }
        till.day(FIRST.plusYears(6));
        return till;
    }

    private static void submit(RecordingEngine till, ReceiptColumns receipt, long nowMillis, int chunks) {
        if (chunks == 1 || receipt.memberKey == 0) {
            till.submit(receipt, nowMillis);
            return;
        }
        for (int chunk = 1; chunk <= chunks; chunk++) {
            int from = receipt.lines * (chunk - 1) / chunks;
            ReceiptColumns part = RandomSales.chunk(receipt, from, receipt.lines * chunk / chunks);
            part.chunk = chunk;
            part.phase = chunk == chunks ? ReceiptPhase.CLOSING : ReceiptPhase.OPEN;
            till.submit(part, nowMillis);
        }
    }

    @Test
    void neitherSweepsNorChunksChangeWhereMembersStandAndAReplayAgrees() {
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 20261129L));
        int told = 0;
        for (int p = 0; p < PROGRAMMES; p++) {
            String programme = programme(random);
            List<Step> steps = history(random);
            RecordingEngine swept = play(programme, steps, true, 1);
            long hash = swept.engine.stateHash();
            assertThat(play(programme, steps, false, 1).engine.stateHash())
                    .as("without sweeps, programme %s", p)
                    .isEqualTo(hash);
            assertThat(play(programme, steps, true, 3).engine.stateHash())
                    .as("in chunks, programme %s", p)
                    .isEqualTo(hash);
            assertThat(swept.replayed().stateHash())
                    .as("replayed, programme %s", p)
                    .isEqualTo(hash);
            for (var settled : swept.settlements) {
                told += settled.events;
            }
        }
        assertThat(told).as("reviews, reminders and ends").isGreaterThan(PROGRAMMES * 5);
    }
}
