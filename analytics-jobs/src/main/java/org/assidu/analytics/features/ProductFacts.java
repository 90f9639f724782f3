package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is bought how often: one row a value of {@code key} (an article, a category), over sale lines.
 *
 * <p>Columns: {@code key, orders, buyers} (members){@code , repeat_buyers} (members with two orders or more holding it)
 * {@code , articles_thousandths, sales_minor}.
 */
final class ProductFacts {

    private ProductFacts() {}

    static Dataset<Row> by(Dataset<Row> saleLines, Column key) {
        return saleLines
                .filter(SalesLine.SALE)
                .filter(key.isNotNull())
                .groupBy(key.as("key"), col("position"), col("till"), col("number"), col("member_key"))
                .agg(
                        sum("quantity_thousandths").as("articles_thousandths"),
                        sum("amount_minor").as("sales_minor"))
                .groupBy("key", "member_key")
                .agg(
                        count(lit(1)).as("orders"),
                        sum("articles_thousandths").as("articles_thousandths"),
                        sum("sales_minor").as("sales_minor"))
                .groupBy("key")
                .agg(
                        sum("orders").as("orders"),
                        count("member_key").as("buyers"),
                        SalesLine.countWhere(col("member_key")
                                        .isNotNull()
                                        .and(col("orders").geq(2)))
                                .as("repeat_buyers"),
                        sum("articles_thousandths").as("articles_thousandths"),
                        sum("sales_minor").as("sales_minor"));
    }
}
