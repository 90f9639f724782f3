package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;

/** Members by number of orders, by sales, by days from first to last order, and purchase gaps by days: one pass. */
record MemberHistograms(
        SortedMap<Long, Long> orders,
        SortedMap<Long, Long> salesMinor,
        SortedMap<Long, Long> lifetimeDays,
        SortedMap<Long, Long> gapDays) {

    static MemberHistograms of(Features features) {
        return features.once(MemberHistograms.class, MemberHistograms::counted);
    }

    private static MemberHistograms counted(Features features) {
        MemberHistograms histograms =
                new MemberHistograms(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        String gaps = "transform(filter(sequence(1, order_days), i -> i < order_days), i -> struct('gap' AS kind,"
                + " CAST(datediff(days[i].sold_date, days[i - 1].sold_date) AS BIGINT) AS value))";
        for (Row row : features.memberHistory()
                .selectExpr("explode(concat(array(struct('orders' AS kind, orders AS value),"
                        + " struct('sales' AS kind, sales_minor AS value),"
                        + " struct('lifetime' AS kind, CAST(datediff(last_date, first_date) AS BIGINT) AS value)), "
                        + gaps + ")) AS one")
                .groupBy("one.kind", "one.value")
                .agg(count(lit(1)).as("n"))
                .collectAsList()) {
            histograms.ofKind(row.getAs("kind")).put(row.<Long>getAs("value"), row.<Long>getAs("n"));
        }
        return histograms;
    }

    private SortedMap<Long, Long> ofKind(String kind) {
        return switch (kind) {
            case "orders" -> orders;
            case "sales" -> salesMinor;
            case "lifetime" -> lifetimeDays;
            case "gap" -> gapDays;
            default -> throw new IllegalStateException("unknown histogram " + kind);
        };
    }
}
