package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assidu.analytics.ingest.ExportException;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.ingest.ExportTable;
import org.jspecify.annotations.Nullable;

/** What an export holds of what was asked for, and whether all of it is there. */
final class ScopeReader {
    private ScopeReader() {}

    static Scope selectedScope(ExportFolder folder, Selection selection, Slice slice, Dataset<Row> receipts, Row all) {
        Dataset<Row> inCurrency = receipts.filter(col("currency").equalTo(all.<String>getAs("currency")));
        Row period = slice.periodOf(inCurrency)
                .agg(min("sold_date").as("first_date"), max("sold_date").as("last_date"))
                .first();
        Row counted = slice.apply(inCurrency)
                .agg(
                        coalesce(sum("lines"), lit(0L)).as("lines"),
                        coalesce(SalesLine.sumWhere(col("member_key").isNotNull(), col("sale_lines")), lit(0L))
                                .as("population_lines"))
                .first();
        long lines = counted.<Long>getAs("lines");
        if (lines == 0) {
            throw new ExportException("no line is left by " + selection.words() + "; the export has "
                    + all.<Long>getAs("lines") + " lines from " + day(all.getAs("first_date")) + " to "
                    + day(all.getAs("last_date")) + ": widen --from, --to, --as-of or --segment");
        }
        return scope(folder, selection, all, period, lines, counted.<Long>getAs("population_lines"));
    }

    /** Days asked for count as observed where the data reach beyond them, even without a sale on them. */
    static Scope scope(
            ExportFolder folder, Selection selection, Row all, Row period, long lines, long populationLines) {
        LocalDate first = day(period.getAs("first_date"));
        LocalDate last = day(period.getAs("last_date"));
        LocalDate from = selection.from();
        if (from != null && !from.isBefore(day(all.getAs("first_date")))) {
            first = from;
        }
        LocalDate end = selection.end();
        if (end != null && !end.isAfter(day(all.getAs("last_date")))) {
            last = end;
        }
        ZoneId zone = selection.zone();
        return new Scope(
                first,
                last,
                Currency.getInstance(all.<String>getAs("currency")),
                zone == null ? folder.manifest().zone() : zone,
                folder.manifest().position(),
                lines,
                populationLines);
    }

    /** A lost segment shows here: the receipts table states how many lines and how much money each receipt has. */
    static void requireEveryLine(ExportFolder folder, List<Row> byCurrency) {
        Row stated = folder.table(ExportTable.RECEIPTS)
                .filter(col("lines").gt(0))
                .agg(
                        coalesce(sum(col("lines").cast("long")), lit(0L)).as("lines"),
                        coalesce(sum("total_minor"), lit(0L)).as("amount_minor"),
                        count(lit(1)).as("receipts"))
                .first();
        long lines = byCurrency.stream().mapToLong(row -> row.getAs("lines")).sum();
        long exported = folder.manifest().saleLines();
        if (exported >= 0 && lines != exported) {
            throw new ExportException(
                    "sale_lines of " + folder.location() + " has " + lines + " rows, the export wrote " + exported
                            + "; a segment is missing or is there twice: export again into an empty folder");
        }
        for (String what : List.of("receipts", "lines", "amount_minor")) {
            long found = byCurrency.stream().mapToLong(row -> row.getAs(what)).sum();
            long expected = stated.getAs(what);
            if (found != expected) {
                throw new ExportException("the tables of " + folder.location() + " disagree on " + what
                        + ": sale_lines has " + found + ", receipts says " + expected
                        + "; a segment is missing or was written by another export: export again into an empty folder");
            }
        }
    }

    static Row chosen(List<Row> byCurrency, @Nullable String currency) {
        List<String> names = new ArrayList<>();
        for (Row row : byCurrency) {
            String name = row.getAs("currency");
            if (name.equals(currency)) {
                return row;
            }
            names.add(name + " (" + row.getAs("lines") + " lines)");
        }
        if (currency != null) {
            throw new ExportException("no line is in " + currency + "; the export has " + String.join(", ", names));
        }
        if (byCurrency.size() > 1) {
            throw new ExportException("the export has several currencies, which do not add up: "
                    + String.join(", ", names) + "; choose one with --currency");
        }
        return byCurrency.get(0);
    }

    private static LocalDate day(java.sql.Date date) {
        return date.toLocalDate();
    }
}
