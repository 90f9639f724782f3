package org.assidu.benchmarks.reports;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The sums that the reports keep and count from, by DuckDB with as many threads and as much memory. */
final class DuckSums {
    private static final List<String> TABLES = List.of(
            "CREATE TEMP TABLE receipt_facts AS SELECT position, store, till, number, channel, currency,"
                    + " any_value(member_key) AS member_key, any_value(sold_date) AS sold_date, any_value(sold_hour) AS sold_hour,"
                    + " count(*) AS lines, sum(amount_minor)::BIGINT AS amount_minor, count(*) FILTER (sale) AS sale_lines,"
                    + " coalesce(sum(amount_minor) FILTER (sale), 0)::BIGINT AS sales_minor,"
                    + " coalesce(sum(CASE WHEN weighed THEN 1000 ELSE quantity_thousandths END) FILTER (sale), 0)::BIGINT"
                    + " AS articles_thousandths, coalesce(sum(discount_minor) FILTER (sale), 0)::BIGINT AS discount_minor,"
                    + " coalesce(sum(amount_minor) FILTER (sale AND promoted), 0)::BIGINT AS promoted_minor,"
                    + " coalesce(sum(amount_minor) FILTER (quantity_thousandths < 0), 0)::BIGINT AS returns_minor,"
                    + " coalesce(sum(amount_minor) FILTER (NOT gift_card_sale), 0)::BIGINT AS net_minor"
                    + " FROM lines GROUP BY ALL",
            "CREATE TEMP TABLE customer_days AS SELECT currency, member_key, sold_date, count(*) AS receipts,"
                    + " count(*) FILTER (sale_lines > 0) AS orders, sum(sales_minor)::BIGINT AS sales_minor,"
                    + " sum(articles_thousandths)::BIGINT AS articles_thousandths, sum(net_minor)::BIGINT AS net_minor,"
                    + " sum(returns_minor)::BIGINT AS returns_minor, sum(promoted_minor)::BIGINT AS promoted_minor"
                    + " FROM receipt_facts WHERE member_key IS NOT NULL GROUP BY ALL",
            "CREATE TEMP TABLE article_members AS SELECT currency, sku, member_key, count(DISTINCT position) FILTER (sale) AS"
                    + " orders, sum(amount_minor)::BIGINT AS amount_minor FROM lines GROUP BY ALL",
            "CREATE TEMP TABLE category_members AS SELECT currency, category, member_key, count(DISTINCT position)"
                    + " FILTER (sale) AS orders, sum(amount_minor)::BIGINT AS amount_minor FROM lines"
                    + " WHERE category IS NOT NULL GROUP BY ALL",
            "CREATE TEMP TABLE histories AS SELECT member_key, sum(orders) AS orders, sum(sales_minor) AS sales_minor,"
                    + " list_sort(list(sold_date)) AS days FROM customer_days WHERE orders > 0 GROUP BY member_key",
            "CREATE TEMP TABLE cohorts AS SELECT date_trunc('month', days[1]) AS cohort, date_trunc('month', d) AS month,"
                    + " count(DISTINCT member_key) AS members FROM (SELECT member_key, days, unnest(days) AS d FROM histories)"
                    + " GROUP BY ALL",
            "CREATE TEMP TABLE owed AS SELECT member_key, sum(points_micro) AS points_micro FROM movements GROUP BY member_key",
            "CREATE TEMP TABLE flows AS SELECT posted_month, kind, rule_id, sum(points_micro) AS points_micro FROM movements"
                    + " GROUP BY ALL");

    private DuckSums() {}

    /** For all of them, by the clock and of the processor. */
    record Seconds(double wall, double processor) {}

    /** Sale lines of an export. */
    static long lines(Path export) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM read_parquet('" + export.toAbsolutePath()
                        + "/sale_lines/*/*.parquet')")) {
            count.next();
            return count.getLong(1);
        }
    }

    static Seconds seconds(Path export, Path spill, int threads, String memory) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET threads = " + threads);
            statement.execute("SET memory_limit = '" + memory + "'");
            statement.execute("SET temp_directory = '" + spill + "'");
            statement.execute("CREATE TEMP VIEW lines AS SELECT *, quantity_thousandths > 0 AND amount_minor > 0"
                    + " AND NOT gift_card_sale AS sale FROM read_parquet('" + export + "/sale_lines/*/*.parquet')");
            statement.execute("CREATE TEMP VIEW movements AS FROM read_parquet('" + export
                    + "/ledger/*/*.parquet', hive_partitioning = true)");
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long processor = system.getProcessCpuTime();
            long start = System.nanoTime();
            for (String table : TABLES) {
                statement.execute(table);
            }
            return new Seconds((System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - processor) / 1e9);
        }
    }
}
