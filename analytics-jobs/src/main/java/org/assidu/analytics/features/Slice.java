package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.ingest.ExportException;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.ingest.ExportTable;

/**
 * A {@link Selection} as filters over tables.
 *
 * @param periods days of sale and of record
 * @param receipts stores and channels
 * @param members those chosen, one frame of {@code member_key} a segment; all must hold
 */
record Slice(Selection selection, Column periods, Column receipts, List<Dataset<Row>> members) {

    static Slice of(ExportFolder folder, Selection selection, Dataset<Row> allReceipts) {
        Column periods = lit(true);
        if (selection.from() != null) {
            periods = periods.and(col("sold_date").geq(day(selection.from())));
        }
        LocalDate end = selection.end();
        if (end != null) {
            periods = periods.and(col("sold_date").leq(day(end)));
        }
        if (selection.asOf() != null) {
            periods = periods.and(col("known_date").leq(day(selection.asOf())));
        }
        Column receipts = lit(true);
        List<Dataset<Row>> members = new ArrayList<>();
        for (Segment segment : selection.segments()) {
            if (segment.dimension().ofMembers()) {
                members.add(members(folder, segment, allReceipts));
            } else if (segment.dimension().ofStores()) {
                receipts = receipts.and(col("store").isin(stores(folder, segment)));
            } else {
                receipts = receipts.and(
                        col(segment.dimension().column()).isin(segment.values().toArray()));
            }
        }
        return new Slice(selection, periods, receipts, members);
    }

    private static Object[] stores(ExportFolder folder, Segment segment) {
        Column column = col(segment.dimension().column());
        Dataset<Row> stores = folder.table(ExportTable.STORES);
        List<Row> found = stores.filter(column.isin(segment.values().toArray()))
                .select("store")
                .collectAsList();
        if (found.isEmpty()) {
            List<String> known = stores
                    .select(column)
                    .filter(column.isNotNull())
                    .distinct()
                    .orderBy(column)
                    .limit(20)
                    .collectAsList()
                    .stream()
                    .map(row -> row.getString(0))
                    .toList();
            throw new ExportException("segment " + segment + ": no store has that "
                    + segment.dimension().option() + "; "
                    + (known.isEmpty()
                            ? "the export states none: bring them in with `assidu catalogue import`"
                            : "there are " + String.join(", ", known)));
        }
        return found.stream().map(row -> row.getString(0)).toArray();
    }

    private static Dataset<Row> members(ExportFolder folder, Segment segment, Dataset<Row> allReceipts) {
        if (segment.dimension() != Segment.Dimension.COHORT) {
            return folder.table(ExportTable.MEMBERS)
                    .filter(col(segment.dimension().column())
                            .isin(segment.values().toArray()))
                    .select("member_key");
        }
        List<Object> months = new ArrayList<>();
        for (String value : segment.values()) {
            try {
                months.add(YearMonth.parse(value).toString());
            } catch (DateTimeParseException e) {
                throw new ExportException(
                        "segment " + segment + ": '" + value + "' is no month, write it as 2026-03", e);
            }
        }
        return allReceipts
                .filter(col("is_order").and(col("member_key").isNotNull()))
                .groupBy("member_key")
                .agg(org.apache.spark.sql.functions.min("sold_date").as("first_date"))
                .filter(org.apache
                        .spark
                        .sql
                        .functions
                        .date_format(col("first_date"), "yyyy-MM")
                        .isin(months.toArray()))
                .select("member_key");
    }

    /** Receipts, or lines with {@code known_date}, that the selection holds. */
    Dataset<Row> apply(Dataset<Row> rows) {
        return ofMembers(rows.filter(periods).filter(receipts));
    }

    /** The same without the segments: what tells the period that was observed. */
    Dataset<Row> periodOf(Dataset<Row> rows) {
        return rows.filter(periods);
    }

    /** Rows of the chosen members; without such a segment, all. */
    Dataset<Row> ofMembers(Dataset<Row> rows) {
        Dataset<Row> kept = rows;
        for (Dataset<Row> some : members) {
            Dataset<Row> chosen = some.withColumnRenamed("member_key", "chosen_key");
            kept = kept.join(chosen, col("member_key").equalTo(col("chosen_key")), "left_semi");
        }
        return kept;
    }

    static Column day(LocalDate date) {
        return lit(java.sql.Date.valueOf(date));
    }
}
