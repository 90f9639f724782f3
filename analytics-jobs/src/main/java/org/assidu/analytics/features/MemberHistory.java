package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One row a member with at least one order.
 *
 * <p>Key {@code member_key}; {@code orders, sales_minor, net_minor, returns_minor, articles_thousandths, order_days}
 * (distinct days with an order){@code , first_date, last_date} (of orders){@code , days}: the order days in time order,
 * each a struct of {@code sold_date, orders, sales_minor, net_minor}.
 */
final class MemberHistory {

    private MemberHistory() {}

    static Dataset<Row> of(Dataset<Row> customerDays) {
        return customerDays
                .groupBy("member_key")
                .agg(
                        sum("orders").as("orders"),
                        sum("sales_minor").as("sales_minor"),
                        sum("net_minor").as("net_minor"),
                        sum("returns_minor").as("returns_minor"),
                        sum("articles_thousandths").as("articles_thousandths"),
                        array_sort(filter(
                                        collect_list(struct(
                                                col("sold_date"), col("orders"), col("sales_minor"), col("net_minor"))),
                                        day -> day.getField("orders").gt(0)))
                                .as("days"))
                .filter(col("orders").gt(0))
                .selectExpr(
                        "*",
                        "size(days) AS order_days",
                        "days[0].sold_date AS first_date",
                        "days[size(days) - 1].sold_date AS last_date");
    }
}
