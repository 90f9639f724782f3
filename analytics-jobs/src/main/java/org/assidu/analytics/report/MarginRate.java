package org.assidu.analytics.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.features.Features;

/**
 * What is left of members' sales after purchase costs, by the newest unit cost that the catalogue states of an article.
 *
 * @param rate gross margin, VAT in neither, over sales of those articles, VAT included; NaN where no cost is known
 * @param covered share of members' sales whose articles have a known cost
 */
record MarginRate(double rate, double covered) {

    private static final MarginRate UNKNOWN = new MarginRate(Double.NaN, 0);

    /** Worked out once a run: it needs every line. */
    static MarginRate of(Features features) {
        return features.once(MarginRate.class, MarginRate::read);
    }

    boolean isKnown() {
        return !Double.isNaN(rate);
    }

    private static MarginRate read(Features features) {
        Dataset<Row> costs = features.products()
                .filter("unit_cost_minor IS NOT NULL")
                .groupBy(col("sku").as("of_sku"))
                .agg(expr("max_by(unit_cost_minor, coalesce(valid_from, DATE'0001-01-01'))")
                        .as("unit_cost"));
        if (costs.isEmpty()) {
            return UNKNOWN;
        }
        Row sums = features.saleLines()
                .filter(
                        "member_key IS NOT NULL AND quantity_thousandths > 0 AND amount_minor > 0 AND NOT gift_card_sale")
                .join(costs, col("sku").equalTo(col("of_sku")), "left")
                .selectExpr(
                        "sum(amount_minor) AS sales",
                        "sum(CASE WHEN unit_cost IS NOT NULL THEN amount_minor END) AS costed",
                        "sum(amount_minor * 10000 div (10000 + vat_rate_hundredths) - unit_cost * quantity_thousandths div 1000) AS margin")
                .first();
        if (sums.isNullAt(1)) {
            return UNKNOWN;
        }
        double costed = sums.getLong(1);
        return new MarginRate(sums.getLong(2) / costed, costed / sums.getLong(0));
    }
}
