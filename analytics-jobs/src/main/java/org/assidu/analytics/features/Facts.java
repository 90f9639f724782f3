package org.assidu.analytics.features;

import static org.apache.spark.sql.functions.col;

import java.time.ZoneId;
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
 * @param held whether receipts are held in memory and must be let go
 */
record Facts(
        Dataset<Row> receipts,
        Dataset<Row> customerDays,
        Dataset<Row> articles,
        Dataset<Row> categories,
        boolean held) {

    /** Raised whenever a kept table changes its meaning or columns. */
    private static final int VERSION = 2;

    /** Below this many bytes of lines, tables are held in memory: reading them again costs more than keeping them. */
    private static final long SMALL_BYTES = 256L << 20;

    static Facts make(ExportFolder folder, @Nullable ZoneId zone) {
        ZoneId told = zone == null ? folder.manifest().zone() : zone;
        Dataset<Row> lines = folder.table(ExportTable.SALE_LINES);
        Dataset<Row> receipts = ReceiptFacts.of(lines, told, zone != null).persist(StorageLevel.MEMORY_AND_DISK());
        return new Facts(
                receipts,
                CustomerDays.of(receipts),
                ProductFacts.byMember(lines, col("sku")),
                ProductFacts.byMember(lines, col("category")),
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
            Dataset<Row> lines = work.freshLines();
            Dataset<Row> receipts = work.write("receipt_facts", ReceiptFacts.of(lines, told, zone != null));
            stages.stage("customer days");
            work.write("customer_days", CustomerDays.of(receipts));
            stages.stage("articles and categories by member");
            work.write("article_members", ProductFacts.byMember(lines, col("sku")));
            work.write("category_members", ProductFacts.byMember(lines, col("category")));
            work.commit();
        }
        boolean small = folder.bytes(ExportTable.SALE_LINES) < SMALL_BYTES;
        Dataset<Row> receipts = work.table("receipt_facts");
        return new Facts(
                small ? receipts.persist(StorageLevel.MEMORY_AND_DISK()) : receipts,
                work.table("customer_days"),
                work.table("article_members"),
                work.table("category_members"),
                small);
    }

    void release() {
        if (held) {
            receipts.unpersist();
        }
    }
}
