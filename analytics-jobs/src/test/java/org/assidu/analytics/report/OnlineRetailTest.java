package org.assidu.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.Found;
import org.assidu.analytics.fixture.OnlineRetail;
import org.assidu.analytics.fixture.TestSpark;
import org.assidu.analytics.ingest.ExportFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public UCI file: published figures, and DuckDB over the same lines as an oracle. */
final class OnlineRetailTest {

    private static final String SALES =
            "FROM sale_lines WHERE member_key IS NOT NULL AND quantity_thousandths > 0 AND amount_minor > 0";

    @TempDir
    static Path folder;

    private static ExportFixture duck;
    private static Features features;
    private static Section habits;
    private static Section retention;
    private static Section quality;

    @BeforeAll
    static void report() throws Exception {
        OnlineRetail.requireFile();
        duck = OnlineRetail.write(folder);
        features = Features.of(ExportFolder.open(TestSpark.small(), folder.toString()), null, null);
        habits = new HabitsReport().run(features);
        retention = new RetentionReport().run(features);
        quality = new QualityReport().run(features);
    }

    @AfterAll
    static void close() throws Exception {
        if (features != null) {
            features.close();
            duck.close();
        }
    }

    @Test
    void publishedFiguresAreMet() {
        assertThat(Found.count(quality, "lines")).isEqualTo(541_909);
        assertThat(Found.count(quality, "receipts")).isEqualTo(25_900);
        assertThat(Found.count(habits, "orders")).isEqualTo(18_532);
        assertThat(Found.count(habits, "members")).isEqualTo(4_338);
        assertThat(Found.decimal(habits, "average_order") / 100).isEqualTo(480.87, within(0.005));
        assertThat(Found.decimal(habits, "orders_per_member")).isEqualTo(4.272, within(0.0005));
        assertThat(Found.count(retention, "repeat_members")).isEqualTo(2_845);
        assertThat(Found.decimal(habits, "top_20_share")).isEqualTo(0.7459, within(0.00005));
        assertThat(Found.decimal(habits, "gini")).isEqualTo(0.7151, within(0.00005));
    }

    @Test
    void firstCohortIsAsPublished() {
        List<@Nullable Object> row = Found.row(retention, "cohorts-members", "2010-12");
        assertThat(row.subList(2, row.size()))
                .containsExactly(885L, 324L, 286L, 340L, 321L, 352L, 321L, 309L, 313L, 350L, 331L, 445L, 235L);
    }

    @Test
    void moneyEqualsDuckDbToThePenny() throws Exception {
        assertThat(Found.count(habits, "sales")).isEqualTo((long) duck.number("SELECT sum(amount_minor) " + SALES));
        assertThat(Found.count(habits, "net_turnover"))
                .isEqualTo((long) duck.number("SELECT sum(amount_minor) FROM sale_lines WHERE member_key IS NOT NULL"));
        assertThat(Found.count(quality, "amount"))
                .isEqualTo((long) duck.number("SELECT sum(amount_minor) FROM sale_lines"));
        for (List<@Nullable Object> row : Found.rows(habits, "turnover-by-month")) {
            String month = " AND sold_month = '" + row.get(0) + "'";
            assertThat(row.get(1)).isEqualTo((long) duck.number("SELECT count(DISTINCT member_key) " + SALES + month));
            assertThat(row.get(2)).isEqualTo((long) duck.number("SELECT count(DISTINCT position) " + SALES + month));
            assertThat(row.get(3)).isEqualTo((long) duck.number("SELECT sum(amount_minor) " + SALES + month));
        }
    }

    @Test
    void everyCohortEqualsDuckDb() throws Exception {
        for (List<@Nullable Object> row : Found.rows(retention, "cohorts-members")) {
            List<Double> expected = duck.numbers("WITH s AS (SELECT member_key, sold_date " + SALES
                    + "), f AS (SELECT member_key, min(sold_date) AS first FROM s GROUP BY member_key)"
                    + " SELECT count(DISTINCT s.member_key) FROM s JOIN f USING (member_key)"
                    + " WHERE strftime(first, '%Y-%m') = '" + row.get(0) + "'"
                    + " GROUP BY date_trunc('month', sold_date) ORDER BY date_trunc('month', sold_date)");
            assertThat(row.subList(2, 2 + expected.size()).stream()
                            .map(value -> ((Long) Objects.requireNonNull(value)).doubleValue())
                            .toList())
                    .as("cohort %s", row.get(0))
                    .isEqualTo(expected);
        }
    }

    @Test
    void gapsAndChurnEqualDuckDb() throws Exception {
        String gaps = "WITH d AS (SELECT DISTINCT member_key, sold_date " + SALES
                + "), g AS (SELECT sold_date - lag(sold_date) OVER (PARTITION BY member_key ORDER BY sold_date) AS gap"
                + " FROM d)";
        assertThat((double) Found.count(retention, "churn_days"))
                .isEqualTo(duck.number(gaps + " SELECT quantile_disc(gap, 0.9) FROM g WHERE gap IS NOT NULL"));
        assertThat(Found.rows(retention, "gaps").stream()
                        .mapToLong(row -> (Long) Objects.requireNonNull(row.get(1)))
                        .sum())
                .isEqualTo((long) duck.number(gaps + " SELECT count(gap) FROM g"));
    }

    @Test
    void articlesEqualDuckDb() throws Exception {
        assertThat(Found.rows(habits, "articles")).hasSize(20);
        for (List<@Nullable Object> row : Found.rows(habits, "articles")) {
            String sku = "FROM sale_lines WHERE quantity_thousandths > 0 AND amount_minor > 0 AND sku = '" + row.get(0)
                    + "'";
            assertThat(row.get(2)).isEqualTo((long) duck.number("SELECT count(DISTINCT position) " + sku));
            assertThat(row.get(3)).isEqualTo((long) duck.number("SELECT count(DISTINCT member_key) " + sku));
        }
    }

    @Test
    void waterfallEndsWithTheMembersStillActive() {
        List<List<@Nullable Object>> rows = Found.rows(retention, "waterfall");
        assertThat(rows.get(rows.size() - 1).get(5)).isEqualTo(Found.count(retention, "active_members"));
    }

    @Test
    void mistypedSalesAndFeesAreShown() {
        assertThat(Found.rows(quality, "largest-receipts").stream()
                        .limit(4)
                        .map(row -> row.get(0) + " " + ((Text) Objects.requireNonNull(row.get(5))).en()))
                .containsExactly(
                        "United Kingdom / 1 / 581483 extreme, mirrored",
                        "United Kingdom / C / 581484 extreme, mirrored",
                        "United Kingdom / 1 / 541431 extreme, mirrored",
                        "United Kingdom / C / 541433 extreme, mirrored");
        assertThat(Found.rows(quality, "codes-without-digit"))
                .extracting(row -> row.get(0))
                .contains("POST", "DOT", "AMAZONFEE", "B");
        assertThat(Found.row(quality, "codes-without-digit", "B").get(2)).isEqualTo(-1_106_206L);
    }

    @Test
    void exactDuplicatesAreKeptAndFreeArticlesAreNoSales() throws Exception {
        assertThat(duck.number(
                        "SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT * EXCLUDE (n) FROM csv)) FROM csv"))
                .isEqualTo(5_268);
        assertThat(Found.count(quality, "lines")).isEqualTo((long) duck.number("SELECT count(*) FROM csv"));
        assertThat(duck.number("SELECT count(*) FROM csv WHERE UnitPrice = 0")).isEqualTo(2_515);
        // A few lines more repeat article, quantity and amount, but not the rest; four more round to no penny.
        long repeated = (long) duck.number("SELECT sum(n - 1) FROM (SELECT count(*) AS n FROM csv"
                + " GROUP BY InvoiceNo, StockCode, Quantity, round(Quantity * UnitPrice * 100))");
        assertThat(repeated).isBetween(5_268L, 5_280L);
        assertThat(Found.rows(quality, "findings"))
                .extracting(row -> ((Text) Objects.requireNonNull(row.get(0))).en() + " = " + row.get(1))
                .contains(
                        "Lines with amount 0 = 2519",
                        "Lines that repeat another line of the receipt (article, quantity, amount) = " + repeated);
    }

    @Test
    void theTwoBadDebtLinesTakeTheirMoneyOffTheNetOfAllLinesOnly() throws Exception {
        assertThat(duck.number("SELECT count(*) FROM csv WHERE UnitPrice = -11062.06"))
                .isEqualTo(2);
        assertThat(duck.number("SELECT sum(Quantity * UnitPrice) FROM csv")).isEqualTo(9_747_747.934, within(0.0005));
        // Amounts are pence, each line rounded half up.
        assertThat(Found.count(quality, "amount") / 100.0).isEqualTo(9_747_747.93, within(10.0));
        assertThat(duck.number("SELECT count(*) FROM csv WHERE UnitPrice < 0 AND CustomerID IS NOT NULL"))
                .isZero();
    }

    @Test
    void theFirstMonthIsTruncatedAndTheLastIsCut() {
        assertThat(Found.row(quality, "completeness", "2011-12").get(1)).isEqualTo(9L);
        assertThat(((Text) Objects.requireNonNull(
                                Found.row(quality, "completeness", "2011-12").get(5)))
                        .en())
                .isEqualTo("cut");
        assertThat(Found.rows(quality, "findings"))
                .extracting(row -> ((Text) Objects.requireNonNull(row.get(0))).en())
                .contains("First month: 2010-12", "Last month: 2011-12, until 2011-12-09");
        HeatmapPlot cohorts = retention.blocks().stream()
                .filter(block -> block instanceof Chart chart && chart.key().equals("cohorts-members"))
                .map(block -> (HeatmapPlot) ((Chart) block).plot())
                .findFirst()
                .orElseThrow();
        assertThat(cohorts.rows().get(0).en()).isEqualTo("≤ 2010-12");
        assertThat(cohorts.cells())
                .allSatisfy(cell -> assertThat(cell.incomplete()).isEqualTo(cell.row() + cell.column() == 12));
    }

    @Test
    void leftOutRowsAreCounted() {
        assertThat(Found.rows(quality, "findings"))
                .extracting(row -> ((Text) Objects.requireNonNull(row.get(0))).en() + " = " + row.get(1))
                .contains("Lines without a card = 135080", "Return lines = 10624", "Returns without original = 10624");
    }
}
