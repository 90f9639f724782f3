package org.assidu.analytics.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.assidu.analytics.features.Features;
import org.jspecify.annotations.Nullable;

/** The Spark session of a run: settings on which figures depend are pinned, the rest favour a quick start on one machine. */
public final class SparkSessions {

    private static final long SMALL_BYTES = 64L << 20;
    private static final long PART_BYTES = 8L << 20;

    private SparkSessions() {}

    /** A session on the given master; null leaves it to spark-submit, and {@code local[*]} where that set none either. */
    public static SparkSession open(@Nullable String master) {
        SparkConf conf = new SparkConf(true).setAppName("assidu-reports");
        if (master != null) {
            conf.setMaster(master);
        }
        conf.setIfMissing("spark.master", "local[*]");
        conf.set("spark.sql.session.timeZone", "UTC");
        conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        conf.set("spark.sql.ansi.enabled", "true");
        conf.set("spark.sql.adaptive.enabled", "true");
        conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
        conf.setIfMissing("spark.sql.debug.maxToStringFields", "500");
        if (conf.get("spark.master").startsWith("local")) {
            conf.setIfMissing("spark.ui.enabled", "false");
            conf.setIfMissing("spark.ui.showConsoleProgress", "false");
            // One session needs no classes of its own; asking for them costs a call to the driver for each class not
            // found.
            conf.setIfMissing("spark.sql.artifact.isolation.enabled", "false");
            conf.setIfMissing("spark.driver.host", "localhost");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            conf.setIfMissing("spark.shuffle.io.mode", "NIO");
            conf.setIfMissing("spark.rpc.io.mode", "NIO");
            conf.setIfMissing("spark.io.mode", "NIO");
            // A busy machine may keep the only executor silent for minutes; taking it for lost would lose the run.
            conf.setIfMissing("spark.network.timeout", "1800s");
        }
        SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
        if (conf.get("spark.master").startsWith("local")) {
            int parts = 2 * spark.sparkContext().defaultParallelism();
            setUnlessChosen(spark, "spark.sql.shuffle.partitions", Integer.toString(parts));
        }
        return spark;
    }

    /**
     * Fits the session to the size of the data: a small job is not worth compiling code for, nor moving rows between
     * tasks on one machine; a large one wants more parts in a shuffle than there are cores, so that each fits in memory.
     *
     * @return whether the job is small
     */
    public static boolean fit(SparkSession spark, long lineBytes) {
        boolean small = lineBytes < SMALL_BYTES;
        setUnlessChosen(spark, "spark.sql.codegen.wholeStage", Boolean.toString(!small));
        setUnlessChosen(
                spark,
                Features.TOGETHER,
                Boolean.toString(small && spark.sparkContext().isLocal()));
        spark.conf().set("spark.sql.adaptive.enabled", Boolean.toString(!small));
        int cores = spark.sparkContext().defaultParallelism();
        long parts = Math.max(cores, Math.min(1_000, lineBytes / PART_BYTES));
        setUnlessChosen(spark, "spark.sql.shuffle.partitions", Long.toString(parts));
        return small;
    }

    private static void setUnlessChosen(SparkSession spark, String key, String value) {
        if (!spark.sparkContext().getConf().contains(key)) {
            spark.conf().set(key, value);
        }
    }
}
