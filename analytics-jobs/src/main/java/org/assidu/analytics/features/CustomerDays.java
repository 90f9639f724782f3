package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One row a member and day on which one of the member's receipts was recorded; days of returns only are there, with no
 * order.
 *
 * <p>Key {@code member_key, sold_date}; {@code receipts, orders} (receipts with at least one sale line)
 * {@code , sale_lines, sales_minor, articles_thousandths, discount_minor, promoted_minor, return_lines, returns_minor,
 * returned_thousandths, net_minor, orders_remote} (web, mobile, phone){@code , orders_morning} (before 12)
 * {@code , orders_afternoon} (12 to 17){@code , orders_evening} (from 18). Money is minor units, net of discounts, VAT
 * included; gift card sales are in none of it.
 */
final class CustomerDays {

    private static final List<String> SUMS = List.of(
            "receipts",
            "orders",
            "sale_lines",
            "sales_minor",
            "articles_thousandths",
            "discount_minor",
            "promoted_minor",
            "return_lines",
            "returns_minor",
            "returned_thousandths",
            "net_minor",
            "orders_remote",
            "orders_morning",
            "orders_afternoon",
            "orders_evening");

    private CustomerDays() {}

    /** Adds receipts of members up; the currency stays a key. */
    static Dataset<Row> of(Dataset<Row> receiptFacts) {
        Column order = col("is_order");
        Column hour = col("sold_hour");
        return receiptFacts
                .filter(col("member_key").isNotNull())
                .groupBy("currency", "member_key", "sold_date")
                .agg(
                        count(lit(1)).as("receipts"),
                        SalesLine.countWhere(order).as("orders"),
                        sum("sale_lines").as("sale_lines"),
                        sum("sales_minor").as("sales_minor"),
                        sum("articles_thousandths").as("articles_thousandths"),
                        sum("discount_minor").as("discount_minor"),
                        sum("promoted_minor").as("promoted_minor"),
                        sum("return_lines").as("return_lines"),
                        sum("returns_minor").as("returns_minor"),
                        sum("returned_thousandths").as("returned_thousandths"),
                        sum("net_minor").as("net_minor"),
                        SalesLine.countWhere(order.and(col("channel").isin("WEB", "MOBILE", "PHONE")))
                                .as("orders_remote"),
                        SalesLine.countWhere(order.and(hour.lt(12))).as("orders_morning"),
                        SalesLine.countWhere(order.and(hour.between(12, 17))).as("orders_afternoon"),
                        SalesLine.countWhere(order.and(hour.gt(17))).as("orders_evening"));
    }

    /**
     * The table in one currency, a member's days together.
     *
     * @param inParts whether a member's day may be in several rows, which are added up
     */
    static Dataset<Row> total(Dataset<Row> rows, String currency, boolean inParts) {
        Dataset<Row> days =
                Facts.spread(rows.filter(col("currency").equalTo(currency)).drop("currency"), "member_key");
        Column[] sums = SUMS.stream().map(name -> sum(name).as(name)).toArray(Column[]::new);
        return inParts
                ? days.groupBy("member_key", "sold_date").agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length))
                : days;
    }
}
