package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import org.apache.spark.sql.Row;
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

    static GoalMeasures of(Features features, String purse, LocalDate from, LocalDate to) {
        long days = to.toEpochDay() - from.toEpochDay() + 1;
        LocalDate before = from.minusDays(days);
        String inside = "sold_date BETWEEN DATE'" + from + "' AND DATE'" + to + "'";
        String earlier = "sold_date BETWEEN DATE'" + before + "' AND DATE'" + from.minusDays(1) + "'";
        Row members = features.customerDays()
                .filter(col("orders").gt(0))
                .groupBy("member_key")
                .agg(
                        sum(expr("CASE WHEN " + inside + " THEN orders ELSE 0L END"))
                                .as("orders"),
                        sum(expr("CASE WHEN " + inside + " THEN sales_minor ELSE 0L END"))
                                .as("sales_minor"),
                        sum(expr("CASE WHEN " + earlier + " THEN orders ELSE 0L END"))
                                .as("earlier"))
                .agg(
                        counted("orders > 0").as("buyers"),
                        counted("orders > 1").as("repeaters"),
                        counted("earlier > 0").as("earlier_buyers"),
                        counted("earlier > 0 AND orders > 0").as("kept"),
                        coalesce(sum("orders"), lit(0L)).as("orders"),
                        coalesce(sum("sales_minor"), lit(0L)).as("sales_minor"))
                .first();
        long points = features.ledger()
                .filter(col("purse_id").equalTo(purse).and(col("kind").isin("EARNED", "REVERSED")))
                .filter("posted_date BETWEEN DATE'" + from + "' AND DATE'" + to + "'")
                .agg(coalesce(sum("points_micro"), lit(0L)).as("points_micro"), count(lit(1)))
                .first()
                .getLong(0);
        return new GoalMeasures(
                from,
                to,
                members.<Long>getAs("buyers"),
                members.<Long>getAs("repeaters"),
                members.<Long>getAs("earlier_buyers"),
                members.<Long>getAs("kept"),
                members.<Long>getAs("orders"),
                members.<Long>getAs("sales_minor"),
                points);
    }

    private static org.apache.spark.sql.Column counted(String condition) {
        return coalesce(sum(expr("CASE WHEN " + condition + " THEN 1L ELSE 0L END")), lit(0L));
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
