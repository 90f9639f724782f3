package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.SplittableRandom;
import org.assidu.accrual.model.OutcomeColumns;
import org.assidu.accrual.model.ReceiptColumns;
import org.junit.jupiter.api.Test;

/** What levels cost in memory, beside lots. */
class TierMemoryTest {
    private static final int MEMBERS = 4 * 4_096;

    @Test
    void lotsAndLevelsOfTwelveMonthsTakeAtMostTwoHundredBytesForAMember() {
        AccrualEngine engine = new AccrualEngine();
        engine.applyProgramme(TestProgrammes.published("""
                        accepted_window: {past_days: 3650}
                        purse: {validity: {length: 12, unit: MONTHS, end: END_OF_MONTH}}
                        earning: {points: 1}
                        tiers:
                          measure: SPEND
                          window: ROLLING_MONTHS
                          levels: [{id: silver, reaches: 500}, {id: gold, reaches: 1000}, {id: platinum, reaches: 2500}]
                        """), 1);
        SplittableRandom random = new SplittableRandom(5);
        OutcomeColumns out = new OutcomeColumns();
        long number = 0;
        for (int month = 1; month <= 13; month++) {
            for (int member = 1; member <= MEMBERS; member++) {
                ReceiptColumns receipt = ReceiptText.receipt("#" + ++number + " m" + member + " 1.00");
                receipt.amountMinor[0] = random.nextInt(20_000);
                receipt.soldAtMillis =
                        RecordingEngine.noon(LocalDate.of(2026, 1, 15).plusMonths(month - 1));
                engine.applyReceipt(
                        engine.decide(receipt, (of, original) -> null, receipt.soldAtMillis, out),
                        out,
                        number,
                        receipt.soldAtMillis);
            }
        }
        long counters = engine.totals().counterBytes() / MEMBERS;
        long lots = engine.totals().lotBytes() / MEMBERS;
        System.out.println("bytes a member: counters " + counters + ", lots " + lots);
        assertThat(counters).isBetween(13L * 2, 13L * 4 + 10);
        assertThat(counters + lots).isLessThanOrEqualTo(200);
    }
}
