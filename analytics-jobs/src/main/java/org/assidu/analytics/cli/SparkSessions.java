package org.assidu.analytics.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The Spark session of a run: settings on which figures depend are pinned, the rest favour a quick start on one machine. */
public final class SparkSessions {

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
            int cores = Runtime.getRuntime().availableProcessors();
            conf.setIfMissing("spark.ui.enabled", "false");
            conf.setIfMissing("spark.ui.showConsoleProgress", "false");
            conf.setIfMissing("spark.sql.shuffle.partitions", Integer.toString(2 * cores));
            conf.setIfMissing("spark.driver.host", "localhost");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            conf.setIfMissing("spark.shuffle.io.mode", "NIO");
            conf.setIfMissing("spark.rpc.io.mode", "NIO");
            conf.setIfMissing("spark.io.mode", "NIO");
        }
        return SparkSession.builder().config(conf).getOrCreate();
    }
}
