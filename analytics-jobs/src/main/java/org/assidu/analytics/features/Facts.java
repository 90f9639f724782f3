package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.ingest.ExportTable;
import org.assidu.analytics.ingest.WorkFolder;
import org.jspecify.annotations.Nullable;

/**
 * What lines add up to, in every currency and before any selection: kept in a work folder and extended by what is new
 * there, or made for this run only.
 *
 * @param receipts see {@link ReceiptFacts}
 * @param customerDays see {@link CustomerDays}, in parts
 * @param articles see {@link ProductFacts}, by member, in parts
 * @param categories the same by category
 * @param repeatedLines {@code position, lines}: of receipts with lines that repeat another of the receipt, how many do
 * @param inParts whether a key of days, articles and categories may be in several rows
 * @param held whether receipts are held in memory and must be let go
 */
record Facts(
        Dataset<Row> receipts,
        Dataset<Row> customerDays,
        Dataset<Row> articles,
        Dataset<Row> categories,
        Dataset<Row> repeatedLines,
        boolean inParts,
        boolean held) {

    /** Raised whenever a kept table changes its meaning or columns. */
    private static final int VERSION = 3;

    /** Below this many bytes of lines, tables are held in memory: reading them again costs more than keeping them. */
    private static final long HELD_BYTES = 256L << 20;

    static Facts make(ExportFolder folder, @Nullable ZoneId zone) {
        ZoneId told = zone == null ? folder.manifest().zone() : zone;
        Dataset<Row> lines = folder.table(ExportTable.SALE_LINES);
        Dataset<Row> receipts =
                together(ReceiptFacts.of(lines, told, zone != null)).persist(StorageLevel.MEMORY_AND_DISK());
        return new Facts(
                receipts,
                CustomerDays.of(receipts),
                ProductFacts.byMember(lines, col("sku")),
                ProductFacts.byMember(lines, col("category")),
                repeated(lines),
                false,
                true);
    }

    /** The kept tables, extended by the segments that are new since the last run. */
    static Facts keep(ExportFolder folder, @Nullable ZoneId zone, String location, Stages stages) {
        ZoneId told = zone == null ? folder.manifest().zone() : zone;
        String fingerprint = VERSION + " " + told + " " + (zone != null) + " "
                + folder.manifest().purpose() + " " + folder.manifest().keyCheck();
        WorkFolder work = WorkFolder.open(folder, location, fingerprint);
        stages.stage("sale lines: " + work.freshFiles() + " files to read, " + work.keptFiles() + " added up before");
        if (work.freshFiles() > 0) {
            add(work, told, zone != null, stages);
            work.commit();
        }
        boolean held = folder.bytes(ExportTable.SALE_LINES) < HELD_BYTES;
        Dataset<Row> receipts = together(work.table("receipt_facts"));
        return new Facts(
                held ? receipts.persist(StorageLevel.MEMORY_AND_DISK()) : receipts,
                together(work.table("customer_days")),
                together(work.table("article_members")),
                together(work.table("category_members")),
                work.table("repeated_lines"),
                work.parts() > 1,
                held);
    }

    private static void add(WorkFolder work, ZoneId zone, boolean retold, Stages stages) {
        Dataset<Row> lines = work.freshLines();
        // Of a small job much of the time is planning on one core; a large one needs its memory for one sum at a time.
        CompletableFuture<Long> beside =
                isTogether(lines) ? CompletableFuture.supplyAsync(() -> addProducts(work, lines, stages)) : null;
        long receipts = addReceipts(work, lines, zone, retold, stages).count();
        long runs = beside == null ? addProducts(work, lines, stages) : waitFor(beside);
        if (runs != receipts) {
            stages.stage("articles and categories once more: lines of a receipt do not stand together in the files");
            work.write("article_members", ProductFacts.byMember(lines, col("sku")));
            work.write("category_members", ProductFacts.byMember(lines, col("category")));
            work.write("repeated_lines", repeated(lines));
        }
    }

    private static Dataset<Row> addReceipts(
            WorkFolder work, Dataset<Row> lines, ZoneId zone, boolean retold, Stages stages) {
        Dataset<Row> receipts = work.write("receipt_facts", ReceiptFacts.of(lines, zone, retold));
        stages.stage("customer days");
        work.write("customer_days", CustomerDays.of(receipts));
        return receipts;
    }

    /** Returns the runs of lines of one receipt: more of them than receipts, and these sums are wrong. */
    private static long addProducts(WorkFolder work, Dataset<Row> lines, Stages stages) {
        stages.stage("articles and categories by member");
        try (Repeats repeats = Repeats.of(lines)) {
            work.write("article_members", ProductFacts.byMember(lines, repeats, Repeats.Kind.ARTICLE));
            work.write("category_members", ProductFacts.byMember(lines, repeats, Repeats.Kind.CATEGORY));
            work.write("repeated_lines", repeats.of(Repeats.Kind.LINE).select("position", "lines"));
            return repeats.runs();
        }
    }

    /** By article, quantity and amount; a hash stands for them, so that little is held of each line. */
    private static Dataset<Row> repeated(Dataset<Row> lines) {
        return lines.select(
                        col("position"),
                        xxhash64(col("sku"), col("quantity_thousandths"), col("amount_minor"))
                                .as("line"))
                .groupBy("position", "line")
                .agg(count(lit(1)).as("lines"))
                .filter(col("lines").gt(1))
                .groupBy("position")
                .agg(sum(col("lines").minus(1)).as("lines"));
    }

    /** Rows of a small job in one part: nothing that groups or joins them moves a row, each question is one task. */
    static Dataset<Row> together(Dataset<Row> rows) {
        return isTogether(rows) ? rows.coalesce(1) : rows;
    }

    /** Rows of a large job moved so that those of a key are in one part, where whoever groups by it finds them. */
    static Dataset<Row> spread(Dataset<Row> rows, String key) {
        return isTogether(rows) ? rows : rows.repartition(col(key));
    }

    private static boolean isTogether(Dataset<Row> rows) {
        return rows.sparkSession().conf().get(Features.TOGETHER, "false").equals("true");
    }

    private static <T> T waitFor(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    void release() {
        if (held) {
            receipts.unpersist();
        }
    }
}
