package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** What counts as a sale: the one place where the populations of lines are said. */
final class SalesLine {

    /** A line sold for money: quantity and amount above zero, and not the sale of a gift card (money held, not earned). */
    static final Column SALE =
            col("quantity_thousandths").gt(0).and(col("amount_minor").gt(0)).and(not(col("gift_card_sale")));

    /** Goods taken back. */
    static final Column RETURN = col("quantity_thousandths").lt(0);

    private SalesLine() {}

    /** Sum of a whole-number column over the rows of a condition, 0 where there are none. */
    static Column sumWhere(Column condition, Column value) {
        return sum(when(condition, value).otherwise(lit(0L)));
    }

    static Column countWhere(Column condition) {
        return sumWhere(condition, lit(1L));
    }
}
