package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * What stands more than once in a receipt, found in one walk over the lines as they lie in their files, where the lines of a
 * receipt stand together. With it a line can be counted as an order of its article without telling receipts apart first, which
 * would move and hold a row a line.
 *
 * <p>Rows: {@code kind} (of {@link Kind}){@code , currency, key, member_key, position, lines}.
 */
final class Repeats implements AutoCloseable {

    /** What a row of repeats says; {@code lines} in words. */
    enum Kind {
        /** One a task: how many runs of lines of one receipt were met. */
        RUNS,
        /** Sale lines of a receipt and article beyond the first; {@code key, member_key}. */
        ARTICLE("sku"),
        /** Sale lines of a receipt and category beyond the first; {@code key, member_key}. */
        CATEGORY("category"),
        /** Lines of a receipt that repeat article, quantity and amount of an earlier one; {@code position}. */
        LINE;

        private final String column;

        Kind() {
            this("");
        }

        Kind(String column) {
            this.column = column;
        }

        /** Of a line: what it repeats. */
        Column key() {
            return col(column);
        }
    }

    /** Columns of a line that the walk reads, in this order; whether it is a sale line comes after them. */
    static final List<String> READ =
            List.of("position", "currency", "member_key", "sku", "category", "quantity_thousandths", "amount_minor");

    private static final StructType ROW = new StructType()
            .add("kind", DataTypes.StringType)
            .add("currency", DataTypes.StringType)
            .add("key", DataTypes.StringType)
            .add("member_key", DataTypes.LongType)
            .add("position", DataTypes.LongType)
            .add("lines", DataTypes.LongType);

    private final Dataset<Row> rows;

    private Repeats(Dataset<Row> rows) {
        this.rows = rows;
    }

    /** Holds what the walk finds until closed. */
    static Repeats of(Dataset<Row> lines) {
        List<Column> read = new ArrayList<>(READ.stream().map(name -> col(name)).toList());
        read.add(SalesLine.SALE.as("sale"));
        Dataset<Row> found = lines.select(read.toArray(Column[]::new))
                .mapPartitions((MapPartitionsFunction<Row, Row>) RepeatsWalk::new, Encoders.row(ROW));
        return new Repeats(found.persist(StorageLevel.MEMORY_AND_DISK()));
    }

    /**
     * Runs of lines of one receipt that were met, as many as there are receipts where each was met in one piece. Of a file that was
     * written again in another order, or read by several tasks, there are more, and then nothing here may be used.
     */
    long runs() {
        return of(Kind.RUNS).agg(coalesce(sum("lines"), lit(0L))).first().getLong(0);
    }

    Dataset<Row> of(Kind kind) {
        return rows.filter(col("kind").equalTo(kind.name()));
    }

    @Override
    public void close() {
        rows.unpersist();
    }
}
