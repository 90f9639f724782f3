package org.assidu.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.fixture.Found;
import org.assidu.analytics.fixture.SmallExport;
import org.assidu.analytics.fixture.TestSpark;
import org.assidu.analytics.ingest.ExportFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every expected value was worked out by hand from the thirteen lines of {@link SmallExport}. */
final class SmallExportTest {

    @TempDir
    static Path folder;

    private static ExportFolder export;
    private static Features features;
    private static Section habits;
    private static Section retention;
    private static Section quality;

    @BeforeAll
    static void report() throws Exception {
        SmallExport.write(folder).close();
        export = ExportFolder.open(TestSpark.small(), folder.toString());
        features = Features.of(export, null, null);
        habits = new HabitsReport().run(features);
        retention = new RetentionReport().run(features);
        quality = new QualityReport().run(features);
    }

    @AfterAll
    static void close() {
        features.close();
    }

    @Test
    void scopeIsToldFromTheData() {
        assertThat(features.scope().firstDate()).isEqualTo(LocalDate.of(2025, 1, 10));
        assertThat(features.scope().lastDate()).isEqualTo(LocalDate.of(2025, 4, 15));
        assertThat(features.scope().currency().getCurrencyCode()).isEqualTo("EUR");
        assertThat(features.scope().zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(features.scope().isPartial(YearMonth.of(2025, 1))).isTrue();
        assertThat(features.scope().isPartial(YearMonth.of(2025, 2))).isFalse();
        assertThat(features.scope().isPartial(YearMonth.of(2025, 4))).isTrue();
    }

    @Test
    void customerDaysAddTheReceiptsOfADayUp() {
        Row day = features.customerDays()
                .filter("member_key = 1 AND sold_date = DATE'2025-01-10'")
                .first();
        assertThat(day.<Long>getAs("orders")).isEqualTo(2);
        assertThat(day.<Long>getAs("sales_minor")).isEqualTo(2500);
        assertThat(day.<Long>getAs("articles_thousandths")).isEqualTo(4000);
        assertThat(day.<Long>getAs("orders_morning")).isEqualTo(1);
        assertThat(day.<Long>getAs("orders_evening")).isEqualTo(1);
        Row returnsOnly = features.customerDays()
                .filter("member_key = 2 AND sold_date = DATE'2025-03-01'")
                .first();
        assertThat(returnsOnly.<Long>getAs("orders")).isZero();
        assertThat(returnsOnly.<Long>getAs("net_minor")).isEqualTo(-2000);
        assertThat(features.customerDays().count()).isEqualTo(7);
    }

    @Test
    void keyFiguresLeaveOutGiftCardsZerosAndAnonymousReceipts() {
        assertThat(Found.count(habits, "members")).isEqualTo(3);
        assertThat(Found.count(habits, "orders")).isEqualTo(6);
        assertThat(Found.count(habits, "sales")).isEqualTo(17_500);
        assertThat(Found.count(habits, "net_turnover")).isEqualTo(14_500);
        assertThat(Found.decimal(habits, "average_order")).isEqualTo(17_500 / 6.0, within(1e-9));
        assertThat(Found.decimal(habits, "articles_per_order")).isEqualTo(8 / 6.0, within(1e-9));
        assertThat(Found.decimal(habits, "identified_orders_share")).isEqualTo(6 / 7.0, within(1e-9));
        assertThat(Found.decimal(habits, "identified_sales_share")).isEqualTo(175 / 182.0, within(1e-9));
        assertThat(Found.decimal(habits, "returns_rate")).isEqualTo(30 / 175.0, within(1e-9));
        assertThat(Found.decimal(habits, "gini")).isEqualTo(2 * 430 / 525.0 - 4 / 3.0, within(1e-9));
    }

    @Test
    void articlesAndCategoriesAreCountedByOrderAndByMember() {
        assertThat(Found.row(habits, "articles", "A")).containsExactly("A", "Apple", 4L, 2L, 0.5, 4_700L);
        assertThat(Found.row(habits, "articles", "B")).containsExactly("B", "Bread", 3L, 2L, 0.5, 10_500L);
        assertThat(Found.row(habits, "categories", "Food")).containsExactly("Food", null, 6L, 3L, 2 / 3.0, 15_200L);
    }

    @Test
    void cohortsFollowTheirMembers() {
        assertThat(Found.row(retention, "cohorts-members", "2025-01")).containsExactly("2025-01", 2L, 2L, 1L, 0L, 0L);
        assertThat(Found.row(retention, "cohorts-members", "2025-02")).containsExactly("2025-02", 1L, 1L, 0L, 1L, null);
        assertThat(Found.row(retention, "cohorts-on-or-after-share", "2025-02"))
                .containsExactly("2025-02", 1L, 1.0, 1.0, 1.0, null);
        assertThat(Found.row(retention, "cohorts-revenue", "2025-01"))
                .containsExactly("2025-01", 2L, 4_500L, 3_000L, 0L, 0L);
        assertThat(Found.decimal(retention, "retention_month_1")).isEqualTo(1 / 3.0, within(1e-9));
    }

    @Test
    void incompleteCellsAreMarkedAndWholeOnesAreNot() {
        HeatmapPlot plot = (HeatmapPlot) ((Chart) retention.blocks().get(0)).plot();
        assertThat(plot.cells())
                .filteredOn(HeatmapPlot.Cell::incomplete)
                .extracting(cell -> cell.row() + "/" + cell.column())
                .containsExactlyInAnyOrder("0/0", "0/3", "1/2");
        assertThat(plot.rows().get(0).en()).isEqualTo("≤ 2025-01");
    }

    @Test
    void churnWindowIsTheNinetiethPercentileOfGaps() {
        assertThat(Found.count(retention, "churn_days")).isEqualTo(60);
        assertThat(Found.count(retention, "median_gap")).isEqualTo(24);
        assertThat(Found.count(retention, "active_members")).isEqualTo(1);
    }

    @Test
    void secondPurchaseWaitsForThoseStillUnseen() {
        assertThat(Found.count(retention, "repeat_members")).isEqualTo(2);
        assertThat(Found.rows(retention, "second-purchase")).hasSize(2);
        assertThat((Double) Found.row(retention, "second-purchase", 0L).get(3)).isEqualTo(1 / 3.0, within(1e-9));
        assertThat((Double) Found.row(retention, "second-purchase", 60L).get(3)).isEqualTo(2 / 3.0, within(1e-9));
        assertThat(Found.decimal(retention, "second_within_90_days")).isNaN();
    }

    @Test
    void waterfallReconcilesMonthByMonth() {
        assertThat(Found.row(retention, "waterfall", "2025-01")).containsExactly("2025-01", 0L, 2L, 0L, 0L, 2L, 2L, 0L);
        assertThat(Found.row(retention, "waterfall", "2025-02")).containsExactly("2025-02", 2L, 1L, 0L, 0L, 3L, 2L, 1L);
        assertThat(Found.row(retention, "waterfall", "2025-03"))
                .containsExactly("2025-03", 3L, 0L, 0L, -1L, 2L, 0L, 0L);
        assertThat(Found.row(retention, "waterfall", "2025-04"))
                .containsExactly("2025-04", 2L, 0L, 0L, -1L, 1L, 1L, 1L);
    }

    @Test
    void qualityCountsWhatIsOdd() {
        assertThat(Found.count(quality, "lines")).isEqualTo(13);
        assertThat(Found.count(quality, "identified_sale_lines")).isEqualTo(7);
        assertThat(Found.rows(quality, "findings"))
                .extracting(row -> ((Text) java.util.Objects.requireNonNull(row.get(0))).en() + " = " + row.get(1))
                .contains(
                        "Lines without a card = 1",
                        "Lines with amount 0 = 2",
                        "Return lines = 2",
                        "Returns without original = 1",
                        "Gift card sales = 1",
                        "Lines that repeat another line of the receipt (article, quantity, amount) = 0",
                        "Other lines that are no sale (zero, negative amount, quantity 0) = 2");
    }

    @Test
    void anotherZoneMovesADayAcrossMidnight() {
        try (Features there = Features.of(export, ZoneId.of("Pacific/Auckland"), null)) {
            assertThat(there.scope().lastDate()).isEqualTo(LocalDate.of(2025, 4, 16));
        }
    }
}
