package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.report.ProgrammeTerms.PointValue;
import org.jspecify.annotations.Nullable;

/**
 * What objectives are held against, over any span of days.
 *
 * @param buyers members with an order in it
 * @param repeaters of those, with two orders or more in it
 * @param earlierBuyers members with an order in the span of the same length just before
 * @param kept of those, with an order in this one
 * @param orders of members
 * @param salesMinor of members
 * @param pointsMicro credited less taken back, by day of posting
 */
record GoalMeasures(
        LocalDate from,
        LocalDate to,
        long buyers,
        long repeaters,
        long earlierBuyers,
        long kept,
        long orders,
        long salesMinor,
        long pointsMicro) {

    /** First and last day; no day where the first is after the last. */
    record Span(LocalDate from, LocalDate to) {

        long days() {
            return Math.max(0, to.toEpochDay() - from.toEpochDay() + 1);
        }
    }

    /** The measures of several spans, in one pass over members and one over movements. */
    static List<GoalMeasures> of(Features features, String purse, List<Span> spans) {
        List<Column> perMember = new ArrayList<>();
        List<Column> counts = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            String inside = "sold_date BETWEEN DATE'" + span.from() + "' AND DATE'" + span.to() + "'";
            String earlier = "sold_date BETWEEN DATE'" + span.from().minusDays(span.days()) + "' AND DATE'"
                    + span.from().minusDays(1) + "'";
            perMember.add(summed(inside, "orders").as("orders_" + i));
            perMember.add(summed(inside, "sales_minor").as("sales_" + i));
            perMember.add(summed(earlier, "orders").as("earlier_" + i));
            counts.add(summed("orders_" + i + " > 0", "1L").as("buyers_" + i));
            counts.add(summed("orders_" + i + " > 1", "1L").as("repeaters_" + i));
            counts.add(summed("earlier_" + i + " > 0", "1L").as("before_" + i));
            counts.add(summed("earlier_" + i + " > 0 AND orders_" + i + " > 0", "1L")
                    .as("kept_" + i));
            counts.add(summed("true", "orders_" + i).as("orders_" + i));
            counts.add(summed("true", "sales_" + i).as("sales_" + i));
        }
        Dataset<Row> members =
                all(features.customerDays().filter(col("orders").gt(0)).groupBy("member_key"), perMember);
        Row row = all(members.groupBy(), counts).first();
        NavigableMap<LocalDate, Long> points = points(features, purse);
        List<GoalMeasures> measures = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            measures.add(new GoalMeasures(
                    span.from(),
                    span.to(),
                    row.<Long>getAs("buyers_" + i),
                    row.<Long>getAs("repeaters_" + i),
                    row.<Long>getAs("before_" + i),
                    row.<Long>getAs("kept_" + i),
                    row.<Long>getAs("orders_" + i),
                    row.<Long>getAs("sales_" + i),
                    sum(points, span)));
        }
        return measures;
    }

    private static long sum(NavigableMap<LocalDate, Long> byDay, Span span) {
        return span.days() == 0
                ? 0
                : byDay.subMap(span.from(), true, span.to(), true).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    private static Dataset<Row> all(RelationalGroupedDataset grouped, List<Column> columns) {
        return grouped.agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
    }

    private static Column summed(String condition, String value) {
        return coalesce(functions.sum(expr("CASE WHEN " + condition + " THEN " + value + " ELSE 0L END")), lit(0L));
    }

    private static NavigableMap<LocalDate, Long> points(Features features, String purse) {
        NavigableMap<LocalDate, Long> byDay = new TreeMap<>();
        for (Row row : features.ledger()
                .filter(col("purse_id").equalTo(purse).and(col("kind").isin("EARNED", "REVERSED")))
                .groupBy("posted_date")
                .agg(functions.sum("points_micro").as("points_micro"))
                .collectAsList()) {
            byDay.put(row.getDate(0).toLocalDate(), row.getLong(1));
        }
        return byDay;
    }

    /** NaN where the data do not reach back over the span before. */
    double retention(LocalDate firstDate) {
        long days = to.toEpochDay() - from.toEpochDay() + 1;
        return from.minusDays(days).isBefore(firstDate) ? Double.NaN : MonthlyFacts.ratio(kept, earlierBuyers);
    }

    double repurchase() {
        return MonthlyFacts.ratio(repeaters, buyers);
    }

    double averageBasketMinor() {
        return MonthlyFacts.ratio(salesMinor, orders);
    }

    /** NaN where nothing says what a point is worth. */
    double costMinor(@Nullable PointValue value) {
        return value == null ? Double.NaN : value.minorOf(pointsMicro);
    }
}
