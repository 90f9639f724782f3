package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.ingest.ExportTable;
import org.jspecify.annotations.Nullable;

/** The tables of one run, each made once and kept while reports read them; closing lets them go. */
public final class Features implements AutoCloseable {

    /** Of the Spark session: {@code true} keeps tables in one part each, which is quickest where they are small. */
    public static final String TOGETHER = "spark.assidu.together";

    private final ExportFolder folder;
    private final Facts facts;
    private final Slice slice;
    private final Scope scope;
    private final Dataset<Row> receiptFacts;
    private final Dataset<Row> customerDays;
    private final Dataset<Row> memberHistory;
    private final Dataset<Row> articles;
    private final Dataset<Row> ledger;
    private final Map<Class<?>, Object> remembered = new ConcurrentHashMap<>();
    private final long otherCurrencyLines;
    private final long linesOutsideSelection;

    private Features(
            ExportFolder folder,
            Facts facts,
            Slice slice,
            Scope scope,
            long otherCurrencyLines,
            long linesOutsideSelection) {
        this.folder = folder;
        this.facts = facts;
        this.slice = slice;
        this.scope = scope;
        this.otherCurrencyLines = otherCurrencyLines;
        this.linesOutsideSelection = linesOutsideSelection;
        String currency = scope.currency().getCurrencyCode();
        this.receiptFacts = slice.apply(facts.receipts().filter(col("currency").equalTo(currency)));
        this.customerDays = CustomerDays.total(
                        slice.selection().isWhole() ? facts.customerDays() : CustomerDays.of(receiptFacts),
                        currency,
                        inParts())
                .persist(StorageLevel.MEMORY_AND_DISK());
        this.memberHistory = MemberHistory.of(customerDays).persist(StorageLevel.MEMORY_AND_DISK());
        this.articles = Facts.together(ProductFacts.total(
                        slice.selection().isWhole() ? facts.articles() : ProductFacts.byMember(saleLines(), col("sku")),
                        currency,
                        inParts()))
                .persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> movements = Facts.together(movements());
        this.ledger = facts.held() ? movements.persist(StorageLevel.MEMORY_AND_DISK()) : movements;
    }

    /** Makes the tables for this run only; see {@link Selection} for the arguments. */
    public static Features of(ExportFolder folder, @Nullable ZoneId zone, @Nullable String currency) {
        return of(folder, new Selection(null, null, null, List.of(), zone, currency), null, Stages.SILENT);
    }

    /**
     * Makes the tables.
     *
     * @param work folder in which tables are kept from run to run; null keeps nothing
     */
    public static Features of(ExportFolder folder, Selection selection, @Nullable String work, Stages stages) {
        Facts facts = work == null
                ? Facts.make(folder, selection.zone())
                : Facts.keep(folder, selection.zone(), work, stages);
        stages.stage("checking every line is there");
        List<Row> byCurrency = facts.receipts()
                .groupBy("currency")
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
        ScopeReader.requireEveryLine(folder, byCurrency);
        Row chosen = ScopeReader.chosen(byCurrency, selection.currency());
        long otherLines = byCurrency.stream()
                .filter(row -> row != chosen)
                .mapToLong(row -> row.getAs("lines"))
                .sum();
        Slice slice = Slice.of(folder, selection, facts.receipts());
        Scope scope = selection.isWhole()
                ? ScopeReader.scope(
                        folder,
                        selection,
                        chosen,
                        chosen,
                        chosen.<Long>getAs("lines"),
                        chosen.<Long>getAs("population_lines"))
                : ScopeReader.selectedScope(folder, selection, slice, facts.receipts(), chosen);
        return new Features(folder, facts, slice, scope, otherLines, chosen.<Long>getAs("lines") - scope.lines());
    }

    public Scope scope() {
        return scope;
    }

    /** Works the members' histories out now, so that reports which run side by side do not each do it. */
    public Features prepared() {
        memberHistory.count();
        return this;
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

    /** Lines of the run's currency and selection, for what must be told by line. */
    public Dataset<Row> saleLines() {
        return slice.apply(ReceiptFacts.dated(
                        folder.table(ExportTable.SALE_LINES),
                        scope.zone(),
                        slice.selection().zone() != null)
                .filter(col("currency").equalTo(currencyCode())));
    }

    /** What is bought how often, by article; see {@link ProductFacts}. */
    public Dataset<Row> articles() {
        return articles;
    }

    /** Lines of the selection that repeat another line of their receipt: same article, quantity and amount. */
    public long repeatedLines() {
        Dataset<Row> receipts = facts.repeatedLines();
        Dataset<Row> chosen = slice.selection().isWhole() && otherCurrencyLines == 0
                ? receipts
                : receipts.join(
                        receiptFacts.select(col("position").as("chosen_position")),
                        col("position").equalTo(col("chosen_position")),
                        "left_semi");
        return chosen.agg(coalesce(sum("lines"), lit(0L))).first().getLong(0);
    }

    /** What is bought how often, by the category the till sent; no row where tills send none. */
    public Dataset<Row> categories() {
        return ProductFacts.total(
                slice.selection().isWhole() ? facts.categories() : ProductFacts.byMember(saleLines(), col("category")),
                currencyCode(),
                inParts());
    }

    private boolean inParts() {
        return slice.selection().isWhole() && facts.inParts();
    }

    /** {@code key, member_key, sales_minor}: what each member spent by category of the till; no row where tills send none. */
    public Dataset<Row> categoryMembers() {
        return (slice.selection().isWhole() ? facts.categories() : ProductFacts.byMember(saleLines(), col("category")))
                .filter(col("currency")
                        .equalTo(currencyCode())
                        .and(col("member_key").isNotNull()))
                .select("key", "member_key", "sales_minor");
    }

    /**
     * Movements of purses up to the last day of the selection, those before its first day included, with {@code
     * posted_date} in the run's zone. A selection of stores or channels holds those that its receipts caused.
     */
    public Dataset<Row> ledger() {
        return ledger;
    }

    private Dataset<Row> movements() {
        Dataset<Row> rows = folder.table(ExportTable.LEDGER)
                .filter(col("currency").isNull().or(col("currency").equalTo(currencyCode())))
                .withColumn(
                        "posted_date",
                        to_date(from_utc_timestamp(
                                col("posted_at"), scope.zone().getId())));
        LocalDate end = slice.selection().end();
        Dataset<Row> known = end == null ? rows : rows.filter(col("posted_date").leq(Slice.day(end)));
        boolean ofReceipts = slice.selection().segments().stream()
                .anyMatch(segment -> !segment.dimension().ofMembers());
        if (ofReceipts) {
            Dataset<Row> receipts = facts.receipts()
                    .filter(slice.receipts())
                    .select(col("position").as("chosen_position"));
            return slice.ofMembers(known.join(receipts, col("position").equalTo(col("chosen_position")), "left_semi"));
        }
        return slice.ofMembers(known);
    }

    /** Something worked out of these features that several reports ask for; worked out once. */
    public <T> T once(Class<T> kind, Function<Features, T> work) {
        return kind.cast(remembered.computeIfAbsent(kind, key -> work.apply(this)));
    }

    /** What {@link #once} has worked out already; null where nothing asked for it. */
    public <T> @Nullable T known(Class<T> kind) {
        return kind.cast(remembered.get(kind));
    }

    /** What members did or said besides buying, within the selection's days, with {@code occurred_date}. */
    public Dataset<Row> events() {
        return slice.ofMembers(table(ExportTable.EVENTS)
                .withColumn(
                        "occurred_date",
                        to_date(from_utc_timestamp(
                                col("happened_at"), scope.zone().getId())))
                .filter(col("occurred_date").between(Slice.day(scope.firstDate()), Slice.day(scope.lastDate()))));
    }

    /** Receipts as exported (tenders, used rewards), of the run's selection. */
    public Dataset<Row> receiptRows() {
        return slice.apply(ReceiptFacts.dated(
                        table(ExportTable.RECEIPTS),
                        scope.zone(),
                        slice.selection().zone() != null)
                .filter(col("currency").equalTo(currencyCode())));
    }

    public Dataset<Row> products() {
        return table(ExportTable.PRODUCTS);
    }

    public Dataset<Row> stores() {
        return table(ExportTable.STORES);
    }

    public Dataset<Row> members() {
        return slice.ofMembers(table(ExportTable.MEMBERS));
    }

    /**
     * Rows without members who are not to be profiled: who opposed it, who refused their consent to it, who are erased. All
     * rows where the export is of a server that does not tell.
     */
    public Dataset<Row> profiled(Dataset<Row> rows) {
        return notProfiled() == 0
                ? rows
                : rows.join(
                        unprofiled().withColumnRenamed("member_key", "unprofiled_key"),
                        col("member_key").equalTo(col("unprofiled_key")),
                        "left_anti");
    }

    /** Members of the selection who are not to be profiled. */
    public long notProfiled() {
        return !hasDecisions()
                ? 0
                : once(Unprofiled.class, features -> new Unprofiled(unprofiled().count()))
                        .members();
    }

    private record Unprofiled(long members) {}

    private Dataset<Row> unprofiled() {
        return members()
                .filter(col(ExportTable.OPPOSED)
                        .or(col(ExportTable.ERASED))
                        .or(col(ExportTable.CONSENT_PROFILING).equalTo(false)))
                .select("member_key");
    }

    /** Whether the export tells what members decided about the use of their data. */
    public boolean hasDecisions() {
        return folder.has(ExportTable.MEMBERS, ExportTable.OPPOSED);
    }

    /** Whether the export tells who is left out of bonuses as control group. */
    public boolean hasControls() {
        return folder.has(ExportTable.MEMBERS, ExportTable.CONTROL_OF);
    }

    public Dataset<Row> programmeVersions() {
        return table(ExportTable.PROGRAMME_VERSIONS);
    }

    public boolean hasMembers() {
        return folder.has(ExportTable.MEMBERS);
    }

    public boolean hasEvents() {
        return folder.has(ExportTable.EVENTS);
    }

    /** Whether events carry answers with a score. */
    public boolean hasScores() {
        return folder.has(ExportTable.EVENTS, ExportTable.SCORE);
    }

    /** Whether movements say when their points expire. */
    public boolean hasExpiry() {
        return folder.has(ExportTable.LEDGER, ExportTable.EXPIRES_ON);
    }

    /** Whether the run leaves out receipts of its currency. */
    public boolean isSelected() {
        return !slice.selection().isWhole();
    }

    private Dataset<Row> table(ExportTable table) {
        return Facts.together(folder.table(table));
    }

    private String currencyCode() {
        return scope.currency().getCurrencyCode();
    }

    /** Lines in currencies this run does not report on. */
    public long otherCurrencyLines() {
        return otherCurrencyLines;
    }

    /** Lines of the run's currency that the selection leaves out. */
    public long linesOutsideSelection() {
        return linesOutsideSelection;
    }

    /** Journal positions no segment covers; see {@link ExportFolder#uncoveredPositions()}. */
    public long uncoveredPositions() {
        return folder.uncoveredPositions();
    }

    @Override
    public void close() {
        articles.unpersist();
        ledger.unpersist();
        memberHistory.unpersist();
        customerDays.unpersist();
        facts.release();
    }
}
