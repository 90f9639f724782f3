package org.assidu.analytics.ingest;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The tables of an export with the columns reports rely on; the layout is the server's export-tables document. */
public enum ExportTable {
    SALE_LINES(
            "sale_lines",
            "sold_month",
            new StructType()
                    .add("position", LongType)
                    .add("line", IntegerType)
                    .add("store", StringType)
                    .add("till", StringType)
                    .add("series", IntegerType)
                    .add("number", LongType)
                    .add("business_date", DateType)
                    .add("sold_at", TimestampType)
                    .add("sold_date", DateType)
                    .add("sold_hour", IntegerType)
                    .add("received_at", TimestampType)
                    .add("historical", BooleanType)
                    .add("member_key", LongType)
                    .add("currency", StringType)
                    .add("channel", StringType)
                    .add("status", StringType)
                    .add("sku", StringType)
                    .add("category", StringType)
                    .add("brand", StringType)
                    .add("quantity_thousandths", LongType)
                    .add("amount_minor", LongType)
                    .add("discount_minor", LongType)
                    .add("vat_rate_hundredths", IntegerType)
                    .add("promoted", BooleanType)
                    .add("weighed", BooleanType)
                    .add("gift_card_sale", BooleanType)
                    .add("is_return", BooleanType)
                    .add("original_store", StringType)
                    .add("original_till", StringType)
                    .add("original_series", IntegerType)
                    .add("original_number", LongType)
                    .add("original_line", IntegerType)
                    .add("eligible_minor", LongType)
                    .add("points_micro", LongType)
                    .add("line_status", StringType)
                    .add("programme_version", IntegerType)),
    RECEIPTS(
            "receipts",
            "sold_month",
            new StructType()
                    .add("position", LongType)
                    .add("store", StringType)
                    .add("till", StringType)
                    .add("series", IntegerType)
                    .add("number", LongType)
                    .add("business_date", DateType)
                    .add("sold_at", TimestampType)
                    .add("sold_date", DateType)
                    .add("sold_hour", IntegerType)
                    .add("utc_offset_minutes", IntegerType)
                    .add("received_at", TimestampType)
                    .add("historical", BooleanType)
                    .add("member_key", LongType)
                    .add("currency", StringType)
                    .add("channel", StringType)
                    .add("status", StringType)
                    .add("programme_version", IntegerType)
                    .add("cashier", StringType)
                    .add("lines", IntegerType)
                    .add("return_lines", IntegerType)
                    .add("total_minor", LongType)
                    .add("discount_minor", LongType)
                    .add("points_micro", LongType)
                    .add(
                            "tenders",
                            createArrayType(
                                    new StructType().add("kind", StringType).add("amount_minor", LongType)))
                    .add(
                            "used_rewards",
                            createArrayType(new StructType()
                                    .add("reward_id", StringType)
                                    .add("count", IntegerType)
                                    .add("discount_minor", LongType)))),
    LEDGER(
            "ledger",
            "posted_month",
            new StructType()
                    .add("position", LongType)
                    .add("movement", IntegerType)
                    .add("member_key", LongType)
                    .add("purse_id", StringType)
                    .add("kind", StringType)
                    .add("points_micro", LongType)
                    .add("rule_id", StringType)
                    .add("programme_version", IntegerType)
                    .add("sold_at", TimestampType)
                    .add("posted_at", TimestampType)
                    .add("store", StringType)
                    .add("till", StringType)
                    .add("series", IntegerType)
                    .add("number", LongType)
                    .add("business_date", DateType)
                    .add("currency", StringType)),
    MEMBERS(
            "members",
            "",
            new StructType()
                    .add("member_key", LongType)
                    .add("enrolled_at", TimestampType)
                    .add("enrol_channel", StringType)
                    .add("enrol_store", StringType)
                    .add("balance_micro", LongType)
                    .add("receipts", LongType)
                    .add("first_sold_date", DateType)
                    .add("last_sold_date", DateType)
                    .add("position", LongType)),
    PRODUCTS(
            "products",
            "",
            new StructType()
                    .add("sku", StringType)
                    .add("name", StringType)
                    .add("category_path", StringType)
                    .add("brand", StringType)
                    .add("unit_cost_minor", LongType)
                    .add("currency", StringType)
                    .add("valid_from", DateType)
                    .add("valid_to", DateType)),
    STORES(
            "stores",
            "",
            new StructType()
                    .add("store", StringType)
                    .add("name", StringType)
                    .add("banner", StringType)
                    .add("legal_entity", StringType)
                    .add("country", StringType)),
    PROGRAMME_VERSIONS(
            "programme_versions",
            "",
            new StructType()
                    .add("version", IntegerType)
                    .add("programme_id", StringType)
                    .add("effective_from", TimestampType)
                    .add("published_at", TimestampType)
                    .add("currency", StringType)
                    .add("document", StringType)),
    /** What members did or said besides buying; servers that record no events export none. */
    EVENTS(
            "events",
            "posted_month",
            new StructType()
                    .add("position", LongType)
                    .add("event", IntegerType)
                    .add("kind", StringType)
                    .add("member_key", LongType)
                    .add("value", LongType)
                    .add("happened_at", TimestampType)
                    .add("posted_at", TimestampType)
                    .add("store", StringType));

    /** Of the ledger: the last day of the lot that a movement adds to or takes from. */
    public static final String EXPIRES_ON = "lot_expires_on";

    /** Of the ledger: the month in which that lot was earned, {@code yyyymm}. */
    public static final String COHORT_MONTH = "lot_cohort_month";

    /** Of events: what a member answered, 0 to 10. */
    public static final String SCORE = "score";

    /** Of members: consents, null = never asked. */
    public static final List<String> CONSENTS = List.of("consent_email", "consent_sms", "consent_push");

    /** Of members: consent to profiling, null = never asked. */
    public static final String CONSENT_PROFILING = "consent_profiling";

    /** Of members: ids of bonuses that leave the member out, with commas. */
    public static final String CONTROL_OF = "control_of";

    /** Of members: opposed to profiling. */
    public static final String OPPOSED = "profiling_opposed";

    /** Of members: their data are gone. */
    public static final String ERASED = "erased";

    private final String folder;
    private final String partition;

    @SuppressWarnings("ImmutableEnumChecker") // Spark's StructType never changes, but does not say so.
    private final StructType columns;

    ExportTable(String folder, String partition, StructType columns) {
        this.folder = folder;
        this.partition = partition;
        this.columns = columns;
    }

    public String folder() {
        return folder;
    }

    /** Columns in the files, without the partition column. */
    public StructType columns() {
        return columns;
    }

    /** Columns that newer servers write; where a file has none they read as null. */
    StructType optionalColumns() {
        return switch (this) {
            case LEDGER -> new StructType().add(EXPIRES_ON, DateType).add(COHORT_MONTH, IntegerType);
            case MEMBERS -> {
                StructType decisions = new StructType();
                for (String consent : CONSENTS) {
                    decisions = decisions.add(consent, BooleanType);
                }
                yield decisions
                        .add(CONSENT_PROFILING, BooleanType)
                        .add(OPPOSED, BooleanType)
                        .add(ERASED, BooleanType)
                        .add(CONTROL_OF, StringType);
            }
            case EVENTS -> new StructType().add(SCORE, IntegerType);
            default -> new StructType();
        };
    }

    /** Segments by journal position in month folders, rather than one whole file. */
    boolean partitioned() {
        return !partition.isEmpty();
    }

    /** Columns as read: the month of the folder stays a string. */
    StructType schema() {
        StructType all = columns;
        for (StructField optional : optionalColumns().fields()) {
            all = all.add(optional);
        }
        return partitioned() ? all.add(partition, StringType) : all;
    }

    /** How Parquet stores a column of that type, by the names of its specification; GROUP for lists. */
    static String physicalType(DataType type) {
        if (type.equals(LongType) || type.equals(TimestampType)) {
            return "INT64";
        }
        if (type.equals(IntegerType) || type.equals(DateType)) {
            return "INT32";
        }
        if (type.equals(BooleanType)) {
            return "BOOLEAN";
        }
        return type.equals(StringType) ? "BINARY" : "GROUP";
    }
}
