package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.assidu.analytics.features.Features;

/**
 * What one store's receipts add up to.
 *
 * @param name its code where the catalogue has none
 * @param newMembers whose first order in the data was there
 * @param pointsMicro credited less taken back
 */
record StoreFacts(String code, String name, Row sums, long newMembers, long pointsMicro) {

    static final int GROWTH_DAYS = 91;

    /** A sum over the store's receipts. */
    long of(String column) {
        Long value = sums.getAs(column);
        return value == null ? 0 : value;
    }

    /** The largest first. */
    static List<StoreFacts> of(Features features) {
        LocalDate end = features.scope().lastDate();
        String latest = "sold_date > DATE'" + end.minusDays(GROWTH_DAYS) + "'";
        String before = "sold_date > DATE'" + end.minusDays(2 * GROWTH_DAYS) + "' AND sold_date <= DATE'"
                + end.minusDays(GROWTH_DAYS) + "'";
        Map<String, String> names = new HashMap<>();
        for (Row row : features.stores().select("store", "name").collectAsList()) {
            String name = row.getAs("name");
            if (name != null) {
                names.put(row.getAs("store"), name);
            }
        }
        Map<String, Long> won = counts(features.receiptFacts()
                .filter(col("is_order").and(col("member_key").isNotNull()))
                .withColumn(
                        "visit",
                        row_number().over(Window.partitionBy("member_key").orderBy("sold_at", "position", "number")))
                .filter(col("visit").equalTo(1))
                .groupBy("store")
                .agg(count(lit(1)).as("n"))
                .collectAsList());
        Map<String, Long> points = counts(features.ledger()
                .filter(col("store").isNotNull().and(col("kind").isin("EARNED", "REVERSED")))
                .groupBy("store")
                .agg(sum("points_micro").as("n"))
                .collectAsList());
        List<StoreFacts> stores = new ArrayList<>();
        for (Row row : features.receiptFacts()
                .groupBy("store")
                .agg(
                        sum(expr("CAST(is_order AS INT)").cast("long")).as("orders"),
                        sum("sales_minor").as("sales"),
                        sum("net_minor").as("net"),
                        sum(expr("CASE WHEN member_key IS NOT NULL AND is_order THEN 1L ELSE 0L END"))
                                .as("card_orders"),
                        sum(expr("CASE WHEN member_key IS NOT NULL THEN sales_minor ELSE 0L END"))
                                .as("card_sales"),
                        sum(expr("CASE WHEN member_key IS NULL THEN 0L ELSE articles_thousandths END"))
                                .as("card_articles"),
                        countDistinct(expr("CASE WHEN is_order THEN member_key END"))
                                .as("members"),
                        sum("returns_minor").as("returns"),
                        sum("promoted_minor").as("promoted"),
                        sum(expr("CASE WHEN " + latest + " THEN sales_minor ELSE 0L END"))
                                .as("latest"),
                        sum(expr("CASE WHEN " + before + " THEN sales_minor ELSE 0L END"))
                                .as("before"))
                .orderBy(col("sales").desc(), col("store"))
                .collectAsList()) {
            String code = row.getAs("store");
            stores.add(new StoreFacts(
                    code,
                    names.getOrDefault(code, code),
                    row,
                    won.getOrDefault(code, 0L),
                    points.getOrDefault(code, 0L)));
        }
        return stores;
    }

    private static Map<String, Long> counts(List<Row> rows) {
        Map<String, Long> counts = new HashMap<>();
        rows.forEach(row -> counts.put(row.<String>getAs("store"), row.<Long>getAs("n")));
        return counts;
    }

    /** Members by number of stores they bought in, five and more together. */
    static Map<Integer, Long> storesPerMember(Features features) {
        Map<Integer, Long> members = new TreeMap<>();
        for (Row row : features.receiptFacts()
                .filter(col("is_order").and(col("member_key").isNotNull()))
                .groupBy("member_key")
                .agg(countDistinct("store").cast("int").as("stores"))
                .groupBy("stores")
                .agg(count(lit(1)).as("members"))
                .collectAsList()) {
            members.merge(Math.min(5, row.<Integer>getAs("stores")), row.<Long>getAs("members"), Long::sum);
        }
        return members;
    }
}
