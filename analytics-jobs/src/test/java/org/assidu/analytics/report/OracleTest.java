package org.assidu.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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

/** Every table of habits, retention and liability, worked out a second time by DuckDB from the same Parquet files. */
final class OracleTest {

    @TempDir
    static Path folder;

    private static ExportFixture duck;
    private static DuckOracle oracle;
    private static Features features;
    private static Section habits;
    private static Section retention;
    private static Section liability;

    @BeforeAll
    static void report() throws Exception {
        Path export = folder.resolve("export");
        duck = SmallChain.make(folder.resolve("first"));
        duck.writeUpTo(export, SmallChain.ZONE, 900, 2400);
        features = Features.of(ExportFolder.open(TestSpark.large(), export.toString()), null, null);
        habits = new HabitsReport().run(features);
        retention = new RetentionReport().run(features);
        liability = new LiabilityReport().run(features, new Settings(null, 0, new BigDecimal("0.01"), Map.of()));
        duck = reopened(duck);
        oracle = new DuckOracle(duck, export);
    }

    /** Nothing of the tables the files were made from is left: only files are read. */
    private static ExportFixture reopened(ExportFixture made) throws Exception {
        made.close();
        return new ExportFixture();
    }

    @AfterAll
    static void close() throws Exception {
        features.close();
        duck.close();
    }

    @Test
    void habitsByMonth() throws Exception {
        String ofMonth = " FROM months LEFT JOIN (SELECT * FROM r WHERE m IS NOT NULL) r ON date_trunc('month', d) = mo"
                + " GROUP BY mo ORDER BY mo";
        oracle.equal(
                habits,
                "turnover-by-month",
                "SELECT strftime(mo, '%Y-%m'),"
                        + " count(DISTINCT m) FILTER (sale_lines > 0), count(*) FILTER (sale_lines > 0),"
                        + " coalesce(sum(sales), 0), coalesce(sum(returned), 0), coalesce(sum(net), 0)" + ofMonth);
        oracle.equal(
                habits,
                "basket-by-month",
                "SELECT strftime(mo, '%Y-%m'),"
                        + " sum(sales)::DOUBLE / count(*) FILTER (sale_lines > 0),"
                        + " sum(articles)::DOUBLE / 1000 / count(*) FILTER (sale_lines > 0),"
                        + " (count(*) FILTER (sale_lines > 0))::DOUBLE / count(DISTINCT m) FILTER (sale_lines > 0)"
                        + ofMonth);
        oracle.equal(
                habits,
                "returns-by-month",
                "SELECT strftime(mo, '%Y-%m'), coalesce(sum(sales), 0),"
                        + " coalesce(sum(returned), 0), -sum(returned)::DOUBLE / sum(sales)" + ofMonth);
        oracle.equal(
                habits,
                "identified-by-month",
                "SELECT strftime(mo, '%Y-%m'), count(*) FILTER (sale_lines > 0),"
                        + " count(*) FILTER (sale_lines > 0 AND m IS NOT NULL),"
                        + " (count(*) FILTER (sale_lines > 0 AND m IS NOT NULL))::DOUBLE / count(*) FILTER (sale_lines > 0),"
                        + " sum(sales), (sum(sales) FILTER (m IS NOT NULL))::DOUBLE / sum(sales)"
                        + " FROM months LEFT JOIN r ON date_trunc('month', d) = mo GROUP BY mo ORDER BY mo");
    }

    @Test
    void habitsOfMembers() throws Exception {
        oracle.equal(
                habits,
                "purchases-by-year",
                "SELECT year(d)::VARCHAR, count(DISTINCT m), sum(orders),"
                        + " sum(orders)::DOUBLE / count(DISTINCT m), sum(sales)::DOUBLE / count(DISTINCT m) FROM d GROUP BY year(d)");
        oracle.equal(
                habits,
                "visits-by-weekday-and-hour",
                "SELECT strftime(d, '%a'), h, count(*) FROM o"
                        + " GROUP BY isodow(d), strftime(d, '%a'), h ORDER BY isodow(d), h");
        oracle.equalRanges(
                habits, "orders-per-member", "SELECT sum(orders) FROM d GROUP BY m", 1, 2, 3, 4, 5, 6, 11, 21, 51);
        oracle.equalRanges(
                habits, "lifetime", "SELECT max(d) - min(d) FROM d GROUP BY m", 0, 1, 31, 61, 91, 181, 271, 366, 731);
        oracle.equal(
                habits,
                "concentration",
                "WITH t AS (SELECT sum(sales)::DOUBLE AS s FROM d GROUP BY m),"
                        + " k AS (SELECT s, row_number() OVER (ORDER BY s) AS k, count(*) OVER () AS n FROM t),"
                        + " p AS (SELECT unnest(range(0, 11)) / 10.0 AS p)"
                        + " SELECT p, sum(s * greatest(0, least(1, p * n - (k - 1)))) / sum(s) FROM k, p GROUP BY p ORDER BY p");
    }

    @Test
    void habitsByArticle() throws Exception {
        String facts = "WITH b AS (SELECT %s AS key, member_key, count(DISTINCT position) AS n, sum(amount_minor) AS s"
                + " FROM lines WHERE sale AND %s IS NOT NULL GROUP BY 1, 2) SELECT key, %s, sum(n) AS orders,"
                + " count(member_key), (count(*) FILTER (member_key IS NOT NULL AND n > 1))::DOUBLE / count(member_key),"
                + " sum(s) FROM b GROUP BY key ORDER BY orders DESC, key LIMIT 20";
        oracle.equal(habits, "articles", facts.formatted("sku", "sku", "'Article ' || key[2:]"));
        oracle.equal(habits, "categories", facts.formatted("category", "category", "NULL"));
    }

    @Test
    void revenueTree() throws Exception {
        String span = "SELECT count(DISTINCT m)::DOUBLE AS a, sum(orders)::DOUBLE / count(DISTINCT m) AS b,"
                + " sum(sales) / 100.0 / sum(orders) AS c, sum(sales) / 100.0 AS e FROM d WHERE d BETWEEN %s AND %s";
        String then = span.formatted("DATE '2025-02-01'", "DATE '2025-03-31'");
        String now = span.formatted("DATE '2025-04-01'", "DATE '2025-05-31'");
        String both = "WITH t AS (" + then + "), n AS (" + now + ") ";
        List<List<@Nullable Object>> rows = Found.rows(habits, "revenue-tree");
        if (((Table) ((Chart) habits.blocks().get(1)).table()).caption().en().contains("2025-05 against")) {
            // One month against the one before: three whole months do not make two spans of three.
            both = "WITH t AS (" + span.formatted("DATE '2025-04-01'", "DATE '2025-04-30'") + "), n AS ("
                    + span.formatted("DATE '2025-05-01'", "DATE '2025-05-31'") + ") ";
        }
        oracle.equal(
                habits,
                "revenue-tree",
                both + "SELECT 'Active members', t.a, n.a, n.a / t.a - 1 FROM t, n UNION ALL"
                        + " SELECT 'Orders a member', t.b, n.b, n.b / t.b - 1 FROM t, n UNION ALL"
                        + " SELECT 'Average order (EUR)', t.c, n.c, n.c / t.c - 1 FROM t, n UNION ALL"
                        + " SELECT 'Sales (EUR)', t.e, n.e, n.e / t.e - 1 FROM t, n");
        double effects = 0;
        for (int i = 0; i < 3; i++) {
            effects += (Double) Objects.requireNonNull(rows.get(i).get(4));
        }
        assertThat(effects).isEqualTo((Double) rows.get(3).get(4), within(1e-6));
    }

    @Test
    void cohorts() throws Exception {
        String activity =
                "WITH f AS (SELECT m, min(d) AS f, max(d) AS l FROM d GROUP BY m), a AS (SELECT strftime(f, '%Y-%m')"
                        + " AS cohort, datediff('month', date_trunc('month', f), date_trunc('month', d)) AS age, d.m AS m, orders, sales"
                        + " FROM d JOIN f USING (m)) SELECT cohort, age, ";
        String end = " FROM a GROUP BY cohort, age";
        oracle.equalCohorts(retention, "cohorts-members", activity + "count(DISTINCT m)" + end, false);
        oracle.equalCohorts(retention, "cohorts-members-share", activity + "count(DISTINCT m)" + end, true);
        oracle.equalCohorts(retention, "cohorts-orders", activity + "sum(orders)" + end, false);
        oracle.equalCohorts(retention, "cohorts-orders-share", activity + "sum(orders)" + end, true);
        oracle.equalCohorts(retention, "cohorts-revenue", activity + "sum(sales)" + end, false);
        oracle.equalCohorts(retention, "cohorts-revenue-share", activity + "sum(sales)" + end, true);
        oracle.equalCohorts(
                retention,
                "cohorts-on-or-after-share",
                "WITH f AS (SELECT m, min(d) AS f, max(d) AS l FROM d GROUP BY m), g AS (SELECT m, strftime(f, '%Y-%m') AS"
                        + " cohort, unnest(range(0, datediff('month', date_trunc('month', f), date_trunc('month', l)) + 1))"
                        + " AS age FROM f) SELECT cohort, age, count(*) FROM g GROUP BY cohort, age",
                true);
    }

    @Test
    void cohortsByBracket() throws Exception {
        String shares = "";
        for (String bracket : List.of("1 AND 3", "4 AND 6", "7 AND 12", "13 AND 24")) {
            shares += ", CASE WHEN datediff('month', cohort, (SELECT max(mo) FROM months)) >= "
                    + bracket.replaceAll(" .*", "") + " THEN (count(DISTINCT m) FILTER (age BETWEEN " + bracket
                    + "))::DOUBLE / count(DISTINCT m) END";
        }
        oracle.equal(
                retention,
                "cohorts-brackets",
                "WITH f AS (SELECT m, date_trunc('month', min(d)) AS cohort FROM d GROUP BY m), a AS (SELECT cohort, m,"
                        + " datediff('month', cohort, date_trunc('month', d)) AS age FROM d JOIN f USING (m)),"
                        + " s AS (SELECT cohort, count(DISTINCT m) AS n" + shares
                        + " FROM a GROUP BY cohort) SELECT strftime(mo, '%Y-%m'), coalesce(n, 0), s.* EXCLUDE (cohort, n)"
                        + " FROM months LEFT JOIN s ON mo = cohort ORDER BY mo");
    }

    private static final String GAPS =
            "SELECT d - lag(d) OVER (PARTITION BY m ORDER BY d) AS gap FROM d QUALIFY gap IS NOT NULL";

    @Test
    void comingBack() throws Exception {
        oracle.equalRanges(retention, "gaps", GAPS, 1, 8, 15, 31, 61, 91, 121, 181, 271, 366);
        oracle.equal(
                retention,
                "second-purchase",
                "WITH f AS (SELECT m, min(d) AS f, arg_min(orders, d) AS n,"
                        + " list_sort(list(d))[2] AS s FROM d GROUP BY m), e AS (SELECT CASE WHEN n > 1 THEN 0 WHEN s IS NOT NULL THEN"
                        + " s - f ELSE (SELECT max(d) FROM r) - f END AS t, n > 1 OR s IS NOT NULL AS event FROM f),"
                        + " k AS (SELECT t, count(*) FILTER (event) AS events, sum(count(*)) OVER (ORDER BY t DESC) AS risk"
                        + " FROM e GROUP BY t) SELECT t, risk, events,"
                        + " 1 - product(1 - events::DOUBLE / risk) OVER (ORDER BY t) FROM k WHERE events > 0 ORDER BY t");
        long churn = Found.count(retention, "churn_days");
        assertThat((double) churn).isEqualTo(duck.number("SELECT quantile_disc(gap, 0.9) FROM (" + GAPS + ")"));
        String last = "(SELECT max(d) FROM r)";
        oracle.equal(
                retention,
                "retention-rate",
                "WITH p AS (SELECT DISTINCT m, (" + last + " - d) // " + churn
                        + " AS p FROM d), n AS (SELECT unnest(range(0, (" + last + " - (SELECT min(d) FROM r) + 1) // "
                        + churn
                        + " - 1)) AS p) SELECT " + last + " - (p * " + churn + " + " + (churn - 1) + ")::INTEGER, "
                        + last + " - (p * "
                        + churn + ")::INTEGER, (SELECT count(*) FROM p b WHERE b.p = n.p + 1),"
                        + " (SELECT count(*) FROM p a JOIN p b ON a.m = b.m WHERE a.p = n.p AND b.p = n.p + 1)"
                        + " FROM n ORDER BY p DESC");
        oracle.equal(
                retention,
                "waterfall",
                "WITH g AS (SELECT m, d, lag(d) OVER (PARTITION BY m ORDER BY d) AS before,"
                        + " lead(d) OVER (PARTITION BY m ORDER BY d) AS after FROM d), e AS (SELECT 'new' AS kind, d AS day FROM g WHERE"
                        + " before IS NULL UNION ALL SELECT 'back', d FROM g WHERE d - before > " + churn
                        + " UNION ALL SELECT 'lost', d + " + (churn + 1) + " FROM g WHERE coalesce(after, " + last
                        + ") - d > " + churn
                        + "), c AS (SELECT mo, (SELECT count(*) FROM e WHERE kind = 'new' AND date_trunc('month', day) = mo) AS fresh,"
                        + " (SELECT count(*) FROM e WHERE kind = 'back' AND date_trunc('month', day) = mo) AS back,"
                        + " (SELECT count(*) FROM e WHERE kind = 'lost' AND date_trunc('month', day) = mo) AS lost,"
                        + " (SELECT count(DISTINCT m) FROM d WHERE date_trunc('month', d) = mo) AS buyers FROM months)"
                        + " SELECT strftime(mo, '%Y-%m'), sum(fresh + back - lost) OVER (ORDER BY mo) - (fresh + back - lost), fresh, back,"
                        + " -lost, sum(fresh + back - lost) OVER (ORDER BY mo), buyers, buyers - fresh - back FROM c ORDER BY mo");
    }

    @Test
    void liability() throws Exception {
        String posted = "date_trunc('month', (posted_at AT TIME ZONE 'UTC')::DATE)";
        oracle.equal(
                liability,
                "points-by-month",
                "WITH t AS (SELECT " + posted + " AS mo,"
                        + " coalesce(sum(points_micro) FILTER (kind = 'EARNED'), 0) AS a,"
                        + " coalesce(sum(points_micro) FILTER (kind = 'REVERSED'), 0) AS b,"
                        + " coalesce(sum(points_micro) FILTER (kind = 'SPENT'), 0) AS c, sum(points_micro) AS s"
                        + " FROM ledger_files GROUP BY 1) SELECT strftime(mo, '%Y-%m'), sum(s) OVER (ORDER BY mo) - s, a, b, c, 0, 0, 0, 0, 0, 0, 0,"
                        + " sum(s) OVER (ORDER BY mo) FROM t ORDER BY mo");
        oracle.equal(
                liability,
                "balances",
                "WITH b AS (SELECT sum(points_micro) AS b FROM ledger_files GROUP BY member_key),"
                        + " t AS (SELECT b, CASE WHEN b < 0 THEN 'in debt' WHEN b < 1000000 THEN '< 1' WHEN b < 50000000 THEN '1–49'"
                        + " WHEN b < 100000000 THEN '50–99' WHEN b < 200000000 THEN '100–199' WHEN b < 300000000 THEN '200–299'"
                        + " WHEN b < 500000000 THEN '300–499' WHEN b < 1000000000 THEN '500–999' WHEN b < 2000000000 THEN '1000–1999'"
                        + " WHEN b < 5000000000 THEN '2000–4999' ELSE '5000+' END AS range FROM b)"
                        + " SELECT range, count(*), sum(b) FROM t GROUP BY range ORDER BY min(b)");
        // The other way round than the report: what debits have eaten of each month's credits, oldest first.
        oracle.equal(
                liability,
                "age-of-points",
                "WITH c AS (SELECT member_key, " + posted + " AS mo, sum(points_micro) AS c"
                        + " FROM ledger_files WHERE points_micro > 0 GROUP BY 1, 2), u AS (SELECT member_key,"
                        + " coalesce(-sum(points_micro) FILTER (points_micro < 0), 0) AS used, sum(points_micro) AS b FROM ledger_files"
                        + " GROUP BY 1), k AS (SELECT mo, least(c, greatest(0, sum(c) OVER (PARTITION BY member_key ORDER BY mo) - used))"
                        + " AS left_over FROM c JOIN u USING (member_key) WHERE b > 0)"
                        + " SELECT strftime(mo, '%Y-%m'), datediff('month', mo, (SELECT max(" + posted
                        + ") FROM ledger_files)),"
                        + " sum(left_over) FROM k GROUP BY mo ORDER BY mo");
        String owed =
                "(SELECT sum(b) FROM (SELECT sum(points_micro) AS b FROM ledger_files GROUP BY member_key) WHERE b > 0)";
        oracle.equal(
                liability,
                "scenarios",
                "SELECT s / 100.0, round(" + owed + " * s / 100.0 / 1e6)"
                        + " FROM (SELECT unnest([100, 90, 80, 70, 60, 50]) AS s)");
        oracle.equal(
                liability,
                "purses",
                "SELECT purse_id, count(*), count(DISTINCT member_key), sum(points_micro)"
                        + " FROM ledger_files GROUP BY purse_id");
        accounts(posted);
        assertThat(Found.count(liability, "points_owed")).isEqualTo((long) duck.number("SELECT " + owed));
        assertThat(Found.count(liability, "liability")).isEqualTo(Math.round(duck.number("SELECT " + owed + " / 1e6")));
        assertThat(liability.blocks())
                .as("the ledger adds up to the balances that the members table states")
                .anySatisfy(block -> assertThat(block)
                        .isInstanceOfSatisfying(
                                Note.class, note -> assertThat(note.text().en()).startsWith("Books balance")));
    }

    /** No lots in this export, so that every point counts as one that will be used; a point is worth a cent. */
    private static void accounts(String posted) throws Exception {
        String months = "WITH RECURSIVE f AS (SELECT " + posted + " AS mo,"
                + " coalesce(sum(points_micro) FILTER (kind IN ('EARNED', 'REVERSED')), 0) / 1e6 AS issued,"
                + " -coalesce(sum(points_micro) FILTER (kind = 'SPENT'), 0) / 1e6 AS used, sum(points_micro) / 1e6 AS change"
                + " FROM ledger_files GROUP BY 1), s AS (SELECT date_trunc('month', sold_date) AS mo,"
                + " sum(amount_minor - CASE WHEN amount_minor < 0 THEN -((-2 * amount_minor * 20 + 120) // 240)"
                + " ELSE (2 * amount_minor * 20 + 120) // 240 END) AS net FROM lines WHERE member_key IS NOT NULL"
                + " AND NOT gift_card_sale GROUP BY 1), m AS (SELECT mo, row_number() OVER (ORDER BY mo) AS n,"
                + " coalesce(net, 0)::DOUBLE AS net, greatest(issued, 0) AS price, used,"
                + " sum(change) OVER (ORDER BY mo) AS owed FROM f LEFT JOIN s USING (mo)),"
                + " k AS (SELECT *, CASE WHEN net > 0 THEN net * price / (net + price) ELSE 0 END AS deferred FROM m),"
                + " c AS (SELECT n, deferred, used, owed, deferred * used / (used + owed) AS recognised,"
                + " deferred - deferred * used / (used + owed) AS liability FROM k WHERE n = 1"
                + " UNION ALL SELECT k.n, k.deferred, k.used, k.owed, (c.liability + k.deferred) * k.used / (k.used + k.owed),"
                + " c.liability + k.deferred - (c.liability + k.deferred) * k.used / (k.used + k.owed)"
                + " FROM c JOIN k ON k.n = c.n + 1)";
        oracle.equal(
                liability,
                "contract-liability",
                months + " SELECT strftime(k.mo, '%Y-%m'), k.net, k.price, k.deferred, c.recognised, c.liability"
                        + " FROM k JOIN c USING (n) ORDER BY k.mo");
        oracle.equal(
                liability,
                "provision",
                months
                        + " SELECT strftime(mo, '%Y-%m'), owed - coalesce(lag(owed) OVER (ORDER BY mo), 0), owed FROM k ORDER BY mo");
        oracle.equal(
                liability,
                "funding",
                "SELECT rule_id, sum(points_micro), round(sum(points_micro) / 1e6), round(sum(points_micro) / 1e6), 0, 0"
                        + " FROM ledger_files WHERE kind IN ('EARNED', 'REVERSED') GROUP BY rule_id");
        oracle.equal(
                liability,
                "held-apart",
                "SELECT 'Gift cards', sum(amount_minor) FILTER (gift_card_sale), 0, sum(amount_minor) FILTER (gift_card_sale)"
                        + " FROM lines");
    }

    @Test
    void noTableIsLeftOut() throws Exception {
        habitsByMonth();
        habitsOfMembers();
        habitsByArticle();
        revenueTree();
        cohorts();
        cohortsByBracket();
        comingBack();
        liability();
        Set<String> tables = new TreeSet<>();
        for (Section section : List.of(habits, retention, liability)) {
            for (Block block : section.blocks()) {
                if (block instanceof Chart chart) {
                    tables.add(chart.table().key());
                } else if (block instanceof Table table) {
                    tables.add(table.key());
                }
            }
        }
        assertThat(oracle.compared()).containsAll(tables);
    }
}
