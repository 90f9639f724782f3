package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is bought how often, by a {@code key} (an article, a category).
 *
 * <p>By member: {@code currency, key, member_key} (null = anonymous){@code , orders} (receipts with a sale line of the
 * key){@code , articles_thousandths, sales_minor} (sale lines){@code , lines, amount_minor} (all lines). In total:
 * {@code key, orders, buyers} (members){@code , repeat_buyers} (members with two orders or more holding it)
 * {@code , articles_thousandths, sales_minor, lines, amount_minor}.
 */
final class ProductFacts {

    private static final Column ORDERS = sum("orders").as("orders");
    private static final Column[] SUMS = {
        sum("articles_thousandths").as("articles_thousandths"),
        sum("sales_minor").as("sales_minor"),
        sum("lines").as("lines"),
        sum("amount_minor").as("amount_minor")
    };

    private ProductFacts() {}

    /**
     * One row a key and member, of lines whose repeats are known: every sale line counts as an order, and those beyond a
     * receipt's first are taken off.
     */
    static Dataset<Row> byMember(Dataset<Row> saleLines, Repeats repeats, Repeats.Kind kind) {
        Column sale = SalesLine.SALE;
        Dataset<Row> lines = saleLines
                .filter(kind.key().isNotNull())
                .select(
                        col("currency"),
                        kind.key().as("key"),
                        col("member_key"),
                        when(sale, lit(1L)).otherwise(lit(0L)).as("orders"),
                        when(sale, col("quantity_thousandths"))
                                .otherwise(lit(0L))
                                .as("articles_thousandths"),
                        when(sale, col("amount_minor")).otherwise(lit(0L)).as("sales_minor"),
                        lit(1L).as("lines"),
                        col("amount_minor"));
        Dataset<Row> beyondFirst = repeats.of(kind)
                .select(
                        col("currency"),
                        col("key"),
                        col("member_key"),
                        negate(col("lines")),
                        lit(0L),
                        lit(0L),
                        lit(0L),
                        lit(0L));
        return lines.unionAll(beyondFirst)
                .repartition(col("currency"), col("key"), col("member_key"))
                .groupBy("currency", "key", "member_key")
                .agg(ORDERS, SUMS);
    }

    /**
     * The same of lines in any order. All lines of a key and member meet once, receipts are told apart there.
     */
    static Dataset<Row> byMember(Dataset<Row> saleLines, Column key) {
        return saleLines
                .filter(key.isNotNull())
                .select(
                        col("currency"),
                        key.as("key"),
                        col("member_key"),
                        col("position"),
                        SalesLine.SALE.as("sale"),
                        col("quantity_thousandths"),
                        col("amount_minor"))
                .repartition(col("currency"), col("key"), col("member_key"))
                .groupBy("currency", "key", "member_key", "position")
                .agg(
                        SalesLine.sumWhere(col("sale"), col("quantity_thousandths"))
                                .as("articles_thousandths"),
                        SalesLine.sumWhere(col("sale"), col("amount_minor")).as("sales_minor"),
                        SalesLine.countWhere(col("sale")).as("sale_lines"),
                        count(lit(1)).as("lines"),
                        sum("amount_minor").as("amount_minor"))
                .groupBy("currency", "key", "member_key")
                .agg(SalesLine.countWhere(col("sale_lines").gt(0)).as("orders"), SUMS);
    }

    /**
     * Adds rows by member up to one row a key.
     *
     * @param inParts whether a key and member may be in several rows
     */
    static Dataset<Row> total(Dataset<Row> byMember, String currency, boolean inParts) {
        Dataset<Row> rows = byMember.filter(col("currency").equalTo(currency));
        Dataset<Row> added =
                inParts ? Facts.spread(rows, "key").groupBy("key", "member_key").agg(ORDERS, SUMS) : rows;
        Column bought = col("member_key").isNotNull().and(col("orders").gt(0));
        List<Column> sums = new ArrayList<>(List.of(
                SalesLine.countWhere(bought).as("buyers"),
                SalesLine.countWhere(bought.and(col("orders").geq(2))).as("repeat_buyers")));
        sums.addAll(List.of(SUMS));
        return added.groupBy("key").agg(ORDERS, sums.toArray(Column[]::new));
    }
}
