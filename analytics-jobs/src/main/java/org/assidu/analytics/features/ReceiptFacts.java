package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One row a receipt, anonymous ones included: what its lines add up to. A weighed line is one article, whatever it weighs.
 *
 * <p>Columns: {@code position, store, till, series, number, member_key} (null = anonymous){@code , sold_at, sold_date,
 * sold_hour, known_date} (day it was recorded; of the sale for historical receipts){@code , channel, currency, lines,
 * amount_minor} (all lines){@code , sale_lines, sales_minor, articles_thousandths, discount_minor, promoted_minor} (sale
 * lines){@code , return_lines, returns_minor} (at most 0){@code , returned_thousandths, net_minor} (all but gift card
 * sales){@code , gift_card_lines, gift_card_minor, zero_lines, unlinked_return_lines, categorised_lines, is_order}.
 *
 * <p>Texts are grouping keys, although the position alone would do: an aggregate of text cannot be updated in place, and
 * Spark would sort every line instead.
 */
final class ReceiptFacts {

    /** VAT in a line's amount, half up, in whole minor units: rates are in hundredths of a percent. */
    private static final Column VAT = expr("(2 * amount_minor * vat_rate_hundredths"
            + " + CAST(sign(amount_minor) AS BIGINT) * (10000 + vat_rate_hundredths))"
            + " div (2 * (10000 + vat_rate_hundredths))");

    private ReceiptFacts() {}

    /**
     * Adds the lines up.
     *
     * @param zone of days and hours
     * @param retold told anew from the till's clock instead of the export's own columns
     */
    static Dataset<Row> of(Dataset<Row> saleLines, ZoneId zone, boolean retold) {
        Dataset<Row> lines = dated(saleLines, zone, retold);
        Column amount = col("amount_minor");
        Column quantity = col("quantity_thousandths");
        Column articles = when(col("weighed"), lit(1000L)).otherwise(quantity);
        Column earned = not(col("gift_card_sale"));
        return lines.groupBy("position", "store", "till", "series", "number", "channel", "currency")
                .agg(
                        first("member_key").as("member_key"),
                        first("sold_at").as("sold_at"),
                        first("sold_date").as("sold_date"),
                        first("sold_hour").as("sold_hour"),
                        first("known_date").as("known_date"),
                        count(lit(1)).as("lines"),
                        sum(amount).as("amount_minor"),
                        SalesLine.countWhere(SalesLine.SALE).as("sale_lines"),
                        SalesLine.sumWhere(SalesLine.SALE, amount).as("sales_minor"),
                        SalesLine.sumWhere(SalesLine.SALE, articles).as("articles_thousandths"),
                        SalesLine.sumWhere(SalesLine.SALE, col("discount_minor"))
                                .as("discount_minor"),
                        SalesLine.sumWhere(SalesLine.SALE.and(col("promoted")), amount)
                                .as("promoted_minor"),
                        SalesLine.countWhere(SalesLine.RETURN).as("return_lines"),
                        SalesLine.sumWhere(SalesLine.RETURN, amount).as("returns_minor"),
                        SalesLine.sumWhere(SalesLine.RETURN, quantity).as("returned_thousandths"),
                        SalesLine.sumWhere(earned, amount).as("net_minor"),
                        SalesLine.sumWhere(earned, VAT).as("vat_minor"),
                        SalesLine.countWhere(col("gift_card_sale")).as("gift_card_lines"),
                        SalesLine.sumWhere(col("gift_card_sale"), amount).as("gift_card_minor"),
                        SalesLine.countWhere(amount.equalTo(0)).as("zero_lines"),
                        SalesLine.countWhere(SalesLine.RETURN.and(
                                        col("original_number").isNull()))
                                .as("unlinked_return_lines"),
                        count(col("category")).as("categorised_lines"))
                .withColumn("is_order", col("sale_lines").gt(0));
    }

    /** The lines with {@code known_date}, and with day and hour of the sale in the zone. */
    static Dataset<Row> dated(Dataset<Row> lines, ZoneId zone, boolean retold) {
        Column local = from_utc_timestamp(col("sold_at"), zone.getId());
        Dataset<Row> told =
                retold ? lines.withColumn("sold_date", to_date(local)).withColumn("sold_hour", hour(local)) : lines;
        return told.withColumn(
                "known_date",
                when(col("historical"), col("sold_date"))
                        .otherwise(to_date(from_utc_timestamp(col("received_at"), zone.getId()))));
    }
}
