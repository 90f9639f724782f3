package org.assidu.accrual.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.assidu.accrual.model.OutcomeColumns;
import org.junit.jupiter.api.Test;

/** Every option of the earning basis: programme, receipt, points of each line, points of the receipt. */
class EarningBasisTest {
    /** {@code earning | receipt | lines | receipt's points}; the purse carries fractions. */
    private static final String TABLE = """
            points: 1                                            | 12.50 0.00                 | 12.5 0                              | 12.5
            points: 1, per: 2.00                                 | 5.00                       | 2.5                                 | 2.5
            points: 0.5                                          | 0.01                       | 0.005                               | 0.005
            points: 1                                            | 10.00 -3.00                | 10 -3                               | 7
            points: 1                                            | -11062.06                  | -11062.06                           | -11062.06
            points: 1                                            | 10.00g 5.00                | NOT_ELIGIBLE:0 5                    | 5
            points: 1, tax: EXCLUDED                             | 12.00%20 10.55%5.5 1.00    | 10 10 1                             | 21
            points: 1, tax: EXCLUDED                             | 0.03%20 -0.03%20           | 0.03 -0.03                          | 0
            points: 1, tax: EXCLUDED                             | 1.00%20                    | 0.83                                | 0.83
            points: 1, exclude: {categories: [a/b]}              | 1.00/a/b 1.00/a/b/c 1.00/a/bc 1.00/a | NOT_ELIGIBLE:0 NOT_ELIGIBLE:0 1 1 | 2
            points: 1, exclude: {stores: [Lyon]}                 | 10.00                      | NOT_ELIGIBLE:0                      | 0
            points: 1, exclude: {stores: [Lyo]}                  | 10.00                      | 10                                  | 10
            points: 1, exclude: {tenders: [GIFT_CARD]}           | 10.00 5.00 pays=GIFT_CARD:3.00 pays=CASH:12.00 | 8 4             | 12
            points: 1, exclude: {tenders: [GIFT_CARD]}           | 0.01 0.01 0.01 pays=GIFT_CARD:0.02 | 0 0 0.01                    | 0.01
            points: 1, exclude: {tenders: [GIFT_CARD]}           | 1.00 2.00 3.00 pays=GIFT_CARD:0.01 | 1 2 2.99                    | 5.99
            points: 1, exclude: {tenders: [GIFT_CARD]}           | 1.00 2.00 pays=GIFT_CARD:9.00 | 0 0                              | 0
            points: 1, exclude: {tenders: [GIFT_CARD]}           | 10.00 pays=GIFT_CARD:-2.00 | 10                                  | 10
            points: 1, exclude: {tenders: [GIFT_CARD]}, tax: EXCLUDED | 12.00%20 pays=GIFT_CARD:6.00 | 5                            | 5
            points: 1, promoted_articles_earn: false             | 10.00p 5.00                | NOT_ELIGIBLE:0 5                    | 5
            points: 1, promoted_articles_earn: true              | 10.00p 5.00                | 10 5                                | 15
            basis: ARTICLE, points: 2                            | 3x9.00 1x0.00              | 6 2                                 | 8
            basis: ARTICLE, points: 0.000001                     | 0.5x9.00 1.5x9.00          | 0 0.000001                          | 0.000001
            basis: ARTICLE, points: 2                            | 0.734x3.00w 2x1.00         | 2 4                                 | 6
            basis: ARTICLE, points: 2, weighed_goods: PER_UNIT   | 0.734x3.00w 2x1.00         | 1.468 4                             | 5.468
            basis: ARTICLE, points: 2                            | 1.00p -1.00                | 2 NOT_ELIGIBLE:0                    | 2
            basis: ARTICLE, points: 2, promoted_articles_earn: false | 1.00p 1.00             | NOT_ELIGIBLE:0 2                    | 2
            basis: ARTICLE, points: 2, exclude: {categories: [a]} | 1.00/a 1.00               | NOT_ELIGIBLE:0 2                    | 2
            basis: VISIT, points: 5                              | 1.00 2.00                  | 0 0                                 | 5
            basis: VISIT, points: 5, promoted_articles_earn: false | 1.00p                    | 0                                   | 5
            basis: VISIT, points: 5                              | 0.00 -2.00                 | 0 0                                 | 0
            basis: VISIT, points: 5                              | 9.00g                      | NOT_ELIGIBLE:0                      | 0
            basis: VISIT, points: 5                              | -1x-2.00                   | RETURNED_AT_CURRENT_RATE:0          | 0
            basis: VISIT, points: 5, exclude: {categories: [a]}  | 1.00/a                     | NOT_ELIGIBLE:0                      | 0
            basis: VISIT, points: 5, exclude: {stores: [Lyon]}   | 1.00                       | NOT_ELIGIBLE:0                      | 0
            points: 1                                            | -2x-5.00                   | RETURNED_AT_CURRENT_RATE:-5         | -5
            points: 1                                            | 10.00 -1x-4.00             | 10 RETURNED_AT_CURRENT_RATE:-4      | 6
            points: 1, tax: EXCLUDED                             | -1x-12.00%20               | RETURNED_AT_CURRENT_RATE:-10        | -10
            points: 1                                            | -1x-4.00g                  | NOT_ELIGIBLE:0                      | 0
            points: 1, promoted_articles_earn: false             | -1x-4.00p                  | NOT_ELIGIBLE:0                      | 0
            basis: ARTICLE, points: 2                            | -3x-4.00 -0.7x-1.00w       | RETURNED_AT_CURRENT_RATE:-6 RETURNED_AT_CURRENT_RATE:-2 | -8
            """;

    @Test
    void everyOptionEarnsWhatItsRowSays() {
        TABLE.lines().forEach(row -> {
            String[] cells = row.split("\\|");
            RecordingEngine till = new RecordingEngine(TestProgrammes.earning(cells[0].trim()));
            OutcomeColumns out = till.submit("#1 m1 " + cells[1]);
            assertThat(RecordingEngine.lines(out)).as(row).isEqualTo(cells[2].trim());
            assertThat(till.balance(1)).as(row).isEqualTo(cells[3].trim());
        });
    }

    /** {@code rounding | receipt | movements' sum}. */
    private static final String ROUNDINGS = """
            CARRY               | 0.60               | 0.6
            FLOOR_PER_RECEIPT   | 7.50 5.00          | 12
            FLOOR_PER_RECEIPT   | 0.99               | 0
            FLOOR_PER_RECEIPT   | -0.99              | 0
            FLOOR_PER_RECEIPT   | -1.99              | -1
            HALF_UP_PER_RECEIPT | 7.49               | 7
            HALF_UP_PER_RECEIPT | 7.50               | 8
            HALF_UP_PER_RECEIPT | -7.50              | -8
            FLOOR_PER_RECEIPT   | 1.60 -1x-1.60      | 0
            FLOOR_PER_RECEIPT   | 2.10 -1x-0.60      | 2
            HALF_UP_PER_RECEIPT | 2.10 -1x-0.60      | 1
            """;

    @Test
    void roundingSaysWhatAReceiptCredits() {
        ROUNDINGS.lines().forEach(row -> {
            String[] cells = row.split("\\|");
            RecordingEngine till = new RecordingEngine(
                    TestProgrammes.published("earning: {points: 1}\npurse: {rounding: " + cells[0].trim() + "}\n"));
            till.submit("#1 m1 " + cells[1]);
            assertThat(till.balance(1)).as(row).isEqualTo(cells[2].trim());
        });
    }

    @Test
    void carriedFractionsAddUpOverReceipts() {
        RecordingEngine till = new RecordingEngine(TestProgrammes.earning("points: 1"));

        till.play("""
                #1 m1 0.60 | ACCRUED 0.6 0.6
                #2 m1 0.40 | ACCRUED 0.4 1
                """);
    }

    @Test
    void theVersionInForceAtTheTimeOfSalePricesAReceiptThatArrivesLater() {
        RecordingEngine till = new RecordingEngine(
                TestProgrammes.earning("points: 1"),
                TestProgrammes.published(2, "effective_from: 2026-03-01\nearning: {points: 3}\n"));

        till.play("""
                #1 m1 @2026-02-28T22:59:59Z 1.00 | ACCRUED 1 1
                #2 m1 @2026-02-28T23:00:00Z 1.00 | ACCRUED 3 4
                #3 m1 @2026-02-20T10:00:00Z 1.00 | ACCRUED 1 5
                """);
    }
}
