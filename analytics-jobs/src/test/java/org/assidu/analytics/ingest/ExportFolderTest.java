package org.assidu.analytics.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.assidu.analytics.features.Features;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.SmallExport;
import org.assidu.analytics.fixture.TestSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportFolderTest {

    private static SparkSession spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        spark = TestSpark.small();
    }

    @Test
    void missingFolderSaysHowToExport() {
        assertThatThrownBy(
                        () -> ExportFolder.open(spark, folder.resolve("nowhere").toString()))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("no export at")
                .hasMessageContaining("assidu export");
    }

    @Test
    void folderWithoutManifestIsNoExport() {
        assertThatThrownBy(() -> ExportFolder.open(spark, folder.toString())).hasMessageContaining("_export.json");
    }

    @Test
    void newerFormatIsRefused() throws Exception {
        SmallExport.write(folder).close();
        Files.writeString(folder.resolve("_export.json"), "{\"format_version\":2,\"position\":9,\"zone\":\"UTC\"}");
        assertThatThrownBy(() -> ExportFolder.open(spark, folder.toString()))
                .hasMessageContaining("format_version 2")
                .hasMessageContaining("up to 1");
    }

    @Test
    void missingColumnIsNamedInsteadOfReadAsNull() throws Exception {
        SmallExport.write(folder).close();
        rewrite("sale_lines/sold_month=2025-01", "SELECT * EXCLUDE (member_key) FROM ");
        assertThatThrownBy(() -> ExportFolder.open(spark, folder.toString()))
                .hasMessageContaining("column member_key is missing from")
                .hasMessageContaining("sold_month=2025-01");
    }

    @Test
    void columnOfAnotherTypeIsNamed() throws Exception {
        SmallExport.write(folder).close();
        rewrite("sale_lines/sold_month=2025-01", "SELECT * REPLACE (line::BIGINT AS line) FROM ");
        assertThatThrownBy(() -> ExportFolder.open(spark, folder.toString()))
                .hasMessageContaining("column line of")
                .hasMessageContaining("INT64, expected INT32");
    }

    @Test
    void lostSegmentIsFoundByTheReceiptsTable() throws Exception {
        SmallExport.write(folder).close();
        Path month = folder.resolve("sale_lines/sold_month=2025-02");
        try (Stream<Path> files = Files.list(month)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        ExportFolder export = ExportFolder.open(spark, folder.toString());
        assertThatThrownBy(() -> Features.of(export, null, null))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("disagree on receipts: sale_lines has 7, receipts says 9");
    }

    @Test
    void lostReceiptsAreFoundByTheExportsOwnCount() throws Exception {
        SmallExport.write(folder).close();
        Files.writeString(
                folder.resolve("_export.json"),
                "{\"format_version\":1,\"position\":9,\"zone\":\"UTC\",\"rows\":{\"sale_lines\":14}}");
        ExportFolder export = ExportFolder.open(spark, folder.toString());
        assertThatThrownBy(() -> Features.of(export, null, null))
                .hasMessageContaining("has 13 rows, the export wrote 14");
    }

    @Test
    void leftoversOfAnExportThatWasCutOffAreNotRead() throws Exception {
        SmallExport.write(folder).close();
        Path month = folder.resolve("sale_lines/sold_month=2025-02");
        Files.copy(
                month.resolve("000000000001-000000000009.parquet"), month.resolve("000000000010-000000000018.parquet"));
        Files.copy(
                folder.resolve("products/products-000000000009.parquet"),
                folder.resolve("products/products-000000000018.parquet"));
        ExportFolder export = ExportFolder.open(spark, folder.toString());
        assertThat(export.table(ExportTable.SALE_LINES).count()).isEqualTo(13);
        assertThat(export.table(ExportTable.PRODUCTS).count()).isEqualTo(4);
        assertThat(export.table(ExportTable.LEDGER).count()).isZero();
    }

    @Test
    void unknownCurrencyListsThoseThere() throws Exception {
        SmallExport.write(folder).close();
        ExportFolder export = ExportFolder.open(spark, folder.toString());
        assertThatThrownBy(() -> Features.of(export, null, "CHF"))
                .hasMessageContaining("no line is in CHF")
                .hasMessageContaining("EUR (13 lines)");
    }

    private void rewrite(String month, String select) throws SQLException, IOException {
        Path file;
        try (Stream<Path> files = Files.list(folder.resolve(month))) {
            file = files.findFirst().orElseThrow();
        }
        Path copy = file.resolveSibling("_copy");
        try (ExportFixture duck = new ExportFixture()) {
            duck.run("COPY (" + select + "read_parquet('" + file + "', hive_partitioning = false)) TO '" + copy
                    + "' (FORMAT parquet)");
        }
        Files.move(copy, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
