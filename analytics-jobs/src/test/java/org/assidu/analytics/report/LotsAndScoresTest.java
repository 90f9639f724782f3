package org.assidu.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.Found;
import org.assidu.analytics.fixture.SmallChain;
import org.assidu.analytics.fixture.TestSpark;
import org.assidu.analytics.ingest.ExportFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reports make of columns that only newer servers export: lots of points, and answers with a score. */
final class LotsAndScoresTest {

    private static final String POSITIVE =
            "(SELECT member_key, lot_cohort_month AS c, sum(points_micro) AS p FROM ledger"
                    + " GROUP BY 1, 2 HAVING sum(points_micro) > 0)";

    @TempDir
    static Path folder;

    private static ExportFixture duck;
    private static Features features;
    private static Section liability;
    private static Section satisfaction;
    private static Section goals;

    @BeforeAll
    static void report() throws Exception {
        duck = SmallChain.make(folder.resolve("first"));
        duck.run("ALTER TABLE ledger ADD COLUMN lot_expires_on DATE");
        duck.run("ALTER TABLE ledger ADD COLUMN lot_cohort_month INTEGER");
        duck.run("UPDATE ledger SET lot_cohort_month = strftime(sold_at, '%Y%m')::INTEGER,"
                + " lot_expires_on = last_day(sold_at::DATE) + 60");
        duck.run("CREATE TABLE events AS SELECT position, 1::INTEGER AS event, 'SURVEY' AS kind, member_key,"
                + " 0::BIGINT AS value, sold_at AS happened_at, sold_at AS posted_at, store,"
                + " (hash(position * 5) % 11)::INTEGER AS score, strftime(sold_at, '%Y-%m') AS posted_month"
                + " FROM receipts WHERE member_key IS NOT NULL AND position % 3 = 0");
        duck.run("UPDATE stores SET legal_entity = CASE store WHEN 'S1' THEN 'North' ELSE 'South' END");
        Path export = folder.resolve("export");
        duck.writeUpTo(export, SmallChain.ZONE, 2400);
        features = Features.of(ExportFolder.open(TestSpark.small(), export.toString()), null, null);
        liability = new LiabilityReport().run(features);
        satisfaction = new SatisfactionReport().run(features);
        goals = new GoalsReport().run(features);
    }

    @AfterAll
    static void close() throws Exception {
        features.close();
        duck.close();
    }

    @Test
    void pointsAreAgedByTheirLots() throws Exception {
        List<List<@Nullable Object>> expected = duck.rows("SELECT c // 100 || '-' || lpad((c % 100)::VARCHAR, 2, '0'),"
                + " sum(p) FROM " + POSITIVE + " GROUP BY c ORDER BY c");
        List<List<@Nullable Object>> rows = Found.rows(liability, "age-of-points");
        assertThat(rows).hasSameSizeAs(expected);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).get(0)).isEqualTo(expected.get(i).get(0));
            assertThat((Long) rows.get(i).get(2))
                    .isEqualTo(((Number) Objects.requireNonNull(expected.get(i).get(1))).longValue());
        }
    }

    @Test
    void expiryIsShownByMonth() throws Exception {
        String end = "(SELECT max(posted_at)::DATE FROM ledger)";
        long months = (long) duck.number("SELECT count(DISTINCT strftime(lot_expires_on, '%Y-%m')) FROM ledger"
                + " WHERE lot_expires_on > " + end);
        assertThat(Found.rows(liability, "expiring")).hasSize((int) months);
        long total = Found.rows(liability, "expiring").stream()
                .mapToLong(row -> (Long) Objects.requireNonNull(row.get(1)))
                .sum();
        assertThat(total)
                .isEqualTo((long) duck.number("SELECT sum(points_micro) FROM ledger WHERE lot_expires_on > " + end));
    }

    @Test
    void pointsAreFollowedByAgeFromTheMonthTheyWereEarnedIn() throws Exception {
        String age = "datediff('month', strptime(lot_cohort_month::VARCHAR, '%Y%m'), (posted_at)::DATE)";
        List<List<@Nullable Object>> rows = Found.rows(liability, "breakage-curve");
        for (int months = 0; months < rows.size(); months++) {
            String old = " FROM ledger WHERE datediff('month', strptime(lot_cohort_month::VARCHAR, '%Y%m'),"
                    + " (SELECT max(posted_at)::DATE FROM ledger)) >= " + months;
            assertThat(rows.get(months).get(1)).isEqualTo((long)
                    duck.number("SELECT sum(points_micro) FILTER (kind IN ('EARNED', 'REVERSED'))" + old));
            assertThat(rows.get(months).get(2))
                    .isEqualTo((long) duck.number("SELECT -coalesce(sum(points_micro) FILTER (kind = 'SPENT'), 0)" + old
                            + " AND " + age + " <= " + months));
        }
        // Half a year of lots is too short to say what will never be used.
        assertThat(Found.decimal(liability, "breakage")).isNaN();
    }

    @Test
    void whatEntitiesPayEachOtherNetsToZero() {
        List<List<@Nullable Object>> rows = Found.rows(liability, "between-entities");
        assertThat(rows).extracting(row -> row.get(0)).containsExactly("North", "South");
        assertThat((Long) rows.get(0).get(1)).isPositive().isEqualTo((Long)
                rows.get(1).get(2));
        assertThat(rows.stream()
                        .mapToLong(row -> (Long) Objects.requireNonNull(row.get(3)))
                        .sum())
                .isZero();
    }

    @Test
    void entriesAreBalancedAndAddUpToTheViews() {
        Table entries = liability.blocks().stream()
                .filter(block -> block instanceof Listing listing
                        && listing.table().key().equals("journal-entries"))
                .map(block -> ((Listing) block).table())
                .findFirst()
                .orElseThrow();
        long debit = entries.rows().stream()
                .mapToLong(row -> (Long) Objects.requireNonNull(row.get(4)))
                .sum();
        long credit = entries.rows().stream()
                .mapToLong(row -> (Long) Objects.requireNonNull(row.get(5)))
                .sum();
        assertThat(debit).isPositive().isEqualTo(credit);
        long owed = 0;
        long provided = 0;
        for (List<@Nullable Object> row : entries.rows()) {
            long credited = (Long) Objects.requireNonNull(row.get(5)) - (Long) Objects.requireNonNull(row.get(4));
            owed += "487".equals(row.get(2)) ? credited : 0;
            provided += "1518".equals(row.get(2)) ? credited : 0;
        }
        // Each entry is in whole cents: half a cent a month at most.
        assertThat((double) owed).isEqualTo(Found.decimal(liability, "contract_liability"), within(10.0));
        assertThat((double) provided).isEqualTo(Found.decimal(liability, "provision"), within(10.0));
    }

    @Test
    void scoresAreCountedAndTheNetScoreIsPromotersLessDetractors() throws Exception {
        assertThat(Found.count(satisfaction, "answers")).isEqualTo((long) duck.number("SELECT count(*) FROM events"));
        assertThat(Found.count(satisfaction, "net_promoter_score"))
                .isEqualTo(Math.round(100
                        * duck.number("SELECT (count(*) FILTER (score >= 9) - count(*) FILTER (score <= 6))"
                                + " / count(*)::DOUBLE FROM events")));
        assertThat(Found.decimal(satisfaction, "mean_score"))
                .isEqualTo(duck.number("SELECT avg(score) FROM events"), within(1e-9));
        assertThat((long) Found.row(satisfaction, "score-by-store", "S1").get(1))
                .isEqualTo((long) duck.number("SELECT count(*) FROM events WHERE store = 'S1'"));
    }

    @Test
    void objectivesOfTheProgrammeAreHeldAgainstWhatHappened() throws Exception {
        List<@Nullable Object> basket = Found.row(goals, "objectives", "basket");
        double average = duck.number("SELECT sum(amount_minor)::DOUBLE / count(DISTINCT position) FROM sale_lines"
                + " WHERE member_key IS NOT NULL AND quantity_thousandths > 0 AND amount_minor > 0 AND NOT gift_card_sale"
                + " AND sold_date <= '2025-06-30'");
        assertThat((Double) basket.get(6)).isEqualTo(average, within(1e-6));
        assertThat((Double) basket.get(7)).isEqualTo(3_000.0);
        assertThat(((Text) Objects.requireNonNull(basket.get(2))).en())
                .isIn(average >= 3_000 ? List.of("on track", "reached") : List.of("behind so far", "missed"));
        // A point is worth 0.01: the reward gives 5.00 for 500.
        List<@Nullable Object> cost = Found.row(goals, "objectives", "cost");
        assertThat((Double) cost.get(6))
                .isEqualTo(
                        Math.round(duck.number("SELECT sum(points_micro) / 1e6 FROM ledger"
                                + " WHERE kind IN ('EARNED', 'REVERSED') AND posted_at::DATE <="
                                + " (SELECT max(sold_date) FROM receipts)")),
                        within(1.0));
    }
}
