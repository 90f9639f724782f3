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
import org.apache.spark.storage.StorageLevel;
import org.assidu.analytics.ingest.ExportException;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.ingest.ExportTable;
import org.jspecify.annotations.Nullable;

/** The tables of one run, each made once and kept while reports read them; closing lets them go. */
public final class Features implements AutoCloseable {

    private final ExportFolder folder;
    private final Scope scope;
    private final Dataset<Row> allReceipts;
    private final Dataset<Row> receiptFacts;
    private final Dataset<Row> customerDays;
    private final Dataset<Row> memberHistory;
    private final long otherCurrencyLines;

    private Features(ExportFolder folder, Scope scope, Dataset<Row> allReceipts, long otherCurrencyLines) {
        this.folder = folder;
        this.scope = scope;
        this.allReceipts = allReceipts;
        this.otherCurrencyLines = otherCurrencyLines;
        this.receiptFacts =
                allReceipts.filter(col("currency").equalTo(scope.currency().getCurrencyCode()));
        this.customerDays = CustomerDays.of(receiptFacts).persist(StorageLevel.MEMORY_AND_DISK());
        this.memberHistory = MemberHistory.of(customerDays).persist(StorageLevel.MEMORY_AND_DISK());
    }

    /**
     * Makes the tables.
     *
     * @param zone tells days and hours anew from the till's clock; null = the days the export states
     * @param currency the one to report on; null = the only one in the data
     */
    public static Features of(ExportFolder folder, @Nullable ZoneId zone, @Nullable String currency) {
        Dataset<Row> receipts =
                ReceiptFacts.of(folder.table(ExportTable.SALE_LINES), zone).persist(StorageLevel.MEMORY_AND_DISK());
        List<Row> byCurrency = receipts.groupBy("currency")
                .agg(
                        sum("lines").as("lines"),
                        SalesLine.sumWhere(col("member_key").isNotNull(), col("sale_lines"))
                                .as("population_lines"),
                        count(lit(1)).as("receipts"),
                        sum("amount_minor").as("amount_minor"),
                        min("sold_date").as("first_date"),
                        max("sold_date").as("last_date"))
                .orderBy(col("lines").desc(), col("currency"))
                .collectAsList();
        requireEveryLine(folder, byCurrency);
        Row chosen = chosen(byCurrency, currency);
        long otherLines = byCurrency.stream()
                .filter(row -> row != chosen)
                .mapToLong(row -> row.getAs("lines"))
                .sum();
        LocalDate first = day(chosen.getAs("first_date"));
        LocalDate last = day(chosen.getAs("last_date"));
        Scope scope = new Scope(
                first,
                last,
                Currency.getInstance(chosen.<String>getAs("currency")),
                zone == null ? folder.manifest().zone() : zone,
                folder.manifest().position(),
                chosen.<Long>getAs("lines"),
                chosen.<Long>getAs("population_lines"));
        return new Features(folder, scope, receipts, otherLines);
    }

    /** A lost segment shows here: the receipts table states how many lines and how much money each receipt has. */
    private static void requireEveryLine(ExportFolder folder, List<Row> byCurrency) {
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

    private static Row chosen(List<Row> byCurrency, @Nullable String currency) {
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

    public Scope scope() {
        return scope;
    }

    /** One row a receipt in the run's currency, anonymous ones included; see {@link ReceiptFacts}. */
    public Dataset<Row> receiptFacts() {
        return receiptFacts;
    }

    /** One row a member and day; see {@link CustomerDays}. */
    public Dataset<Row> customerDays() {
        return customerDays;
    }

    /** One row a member with an order; see {@link MemberHistory}. */
    public Dataset<Row> memberHistory() {
        return memberHistory;
    }

    /** Sale lines of the run's currency, for what must be told by article. */
    public Dataset<Row> saleLines() {
        return folder.table(ExportTable.SALE_LINES)
                .filter(col("currency").equalTo(scope.currency().getCurrencyCode()));
    }

    /** What is bought how often, by article; see {@link ProductFacts}. */
    public Dataset<Row> articles() {
        return ProductFacts.by(saleLines(), col("sku"));
    }

    /** What is bought how often, by the category the till sent; no row where tills send none. */
    public Dataset<Row> categories() {
        return ProductFacts.by(saleLines(), col("category"));
    }

    public Dataset<Row> products() {
        return folder.table(ExportTable.PRODUCTS);
    }

    /** Lines in currencies this run does not report on. */
    public long otherCurrencyLines() {
        return otherCurrencyLines;
    }

    /** Journal positions no segment covers; see {@link ExportFolder#uncoveredPositions()}. */
    public long uncoveredPositions() {
        return folder.uncoveredPositions();
    }

    @Override
    public void close() {
        memberHistory.unpersist();
        customerDays.unpersist();
        allReceipts.unpersist();
    }
}
