package org.assidu.analytics.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.SmallChain;
import org.assidu.analytics.fixture.TestSpark;
import org.assidu.analytics.ingest.ExportFolder;
import org.assidu.analytics.ingest.ExportTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders of articles and categories, counted with the repeats of receipts and without, against DuckDB. */
final class RepeatsTest {

    private static final String LONG_WAY = "once more";

    @TempDir
    static Path folder;

    private static ExportFixture chain;
    private static Path export;
    private static Path unordered;

    @BeforeAll
    static void write() throws Exception {
        export = folder.resolve("export");
        unordered = folder.resolve("unordered");
        chain = SmallChain.make(export);
        SmallChain.make(unordered).close();
        try (Stream<Path> files = Files.walk(unordered.resolve("sale_lines"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path mixed = file.resolveSibling("mixed");
                chain.run("COPY (SELECT * FROM read_parquet('" + file
                        + "', hive_partitioning = false) ORDER BY sku, line, position)" + " TO '" + mixed
                        + "' (FORMAT parquet)");
                Files.move(mixed, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @AfterAll
    static void close() throws Exception {
        chain.close();
    }

    @Test
    void linesThatStandTogetherAreCountedInOneWalk() throws Exception {
        List<String> stages = countsAsDuckDbDoes(export);
        assertThat(stages).noneMatch(stage -> stage.contains(LONG_WAY));
    }

    @Test
    void linesInAnotherOrderAreCountedTheLongWay() throws Exception {
        List<String> stages = countsAsDuckDbDoes(unordered);
        assertThat(stages).anyMatch(stage -> stage.contains(LONG_WAY));
    }

    @Test
    void receiptsReadByTwoTasksDoNotPassForWhole() throws Exception {
        SparkSession spark = TestSpark.large();
        ExportFolder opened = ExportFolder.open(spark, export.toString());
        Dataset<Row> lines = opened.table(ExportTable.SALE_LINES).coalesce(1);
        long receipts = lines.select("position").distinct().count();
        try (Repeats whole = Repeats.of(lines);
                Repeats torn = Repeats.of(lines.repartition(2))) {
            assertThat(whole.runs()).isEqualTo(receipts);
            assertThat(torn.runs()).isGreaterThan(receipts);
        }
    }

    @Test
    void aReceiptRepeatsArticlesCategoriesAndWholeLines() {
        RepeatsWalk walk = new RepeatsWalk(List.of(
                        line(1, 7L, "A", "food", 1000, 250, true),
                        line(1, 7L, "A", "food", 1000, 250, true),
                        line(1, 7L, "A", "food", -1000, -250, false),
                        line(1, 7L, "B", "food", 2000, 250, true),
                        line(1, 7L, "C", null, 2000, 250, true),
                        line(1, 7L, "C", null, -2000, -250, false),
                        line(2, null, "A", "food", 1000, 250, true),
                        line(3, null, "A", "food", 0, 0, false),
                        line(3, null, "A", "food", 0, 0, false),
                        line(3, null, "A", "food", 0, 0, false))
                .iterator());
        List<Row> found = new ArrayList<>();
        walk.forEachRemaining(found::add);
        assertThat(found)
                .containsExactlyInAnyOrder(
                        RowFactory.create("ARTICLE", "EUR", "A", 7L, null, 1L),
                        RowFactory.create("CATEGORY", "EUR", "food", 7L, null, 2L),
                        RowFactory.create("LINE", null, null, null, 1L, 1L),
                        RowFactory.create("LINE", null, null, null, 3L, 2L),
                        RowFactory.create("RUNS", null, null, null, null, 3L));
        assertThat(walk).isExhausted();
    }

    private static Row line(
            long position,
            @Nullable Long member,
            String article,
            @Nullable String category,
            long quantity,
            long amount,
            boolean sale) {
        return RowFactory.create(position, "EUR", member, article, category, quantity, amount, sale);
    }

    private static List<String> countsAsDuckDbDoes(Path from) throws Exception {
        List<String> stages = new ArrayList<>();
        ExportFolder opened = ExportFolder.open(TestSpark.large(), from.toString());
        String work = folder.resolve("work-of-" + from.getFileName()).toUri().toString();
        try (Features features = Features.of(opened, Selection.ALL, work, stages::add)) {
            assertThat(rows(features.articles())).isNotEmpty().isEqualTo(rowsOf("sku"));
            assertThat(rows(features.categories())).isNotEmpty().isEqualTo(rowsOf("category"));
            assertThat((double) features.repeatedLines())
                    .isEqualTo(chain.number("SELECT count(*) - count(DISTINCT (position, sku, quantity_thousandths,"
                            + " amount_minor)) FROM sale_lines"));
        }
        return stages;
    }

    private static List<List<Double>> rows(Dataset<Row> totals) {
        return totals
                .orderBy("key")
                .selectExpr(
                        "double(orders)",
                        "double(buyers)",
                        "double(repeat_buyers)",
                        "double(articles_thousandths)",
                        "double(sales_minor)",
                        "double(lines)",
                        "double(amount_minor)")
                .collectAsList()
                .stream()
                .map(row -> Stream.iterate(0, i -> i + 1)
                        .limit(row.size())
                        .map(row::getDouble)
                        .toList())
                .toList();
    }

    private static List<List<Double>> rowsOf(String key) throws Exception {
        String sale = "quantity_thousandths > 0 AND amount_minor > 0 AND NOT gift_card_sale";
        String members = "(SELECT " + key + " AS key, member_key, count(DISTINCT position) FILTER (" + sale
                + ") AS orders, coalesce(sum(quantity_thousandths) FILTER (" + sale + "), 0) AS articles,"
                + " coalesce(sum(amount_minor) FILTER (" + sale
                + "), 0) AS sales, count(*) AS lines, sum(amount_minor) AS amount"
                + " FROM sale_lines WHERE " + key + " IS NOT NULL GROUP BY ALL)";
        List<List<Double>> columns = new ArrayList<>();
        for (String column : List.of(
                "sum(orders)",
                "count(*) FILTER (member_key IS NOT NULL AND orders > 0)",
                "count(*) FILTER (member_key IS NOT NULL AND orders > 1)",
                "sum(articles)",
                "sum(sales)",
                "sum(lines)",
                "sum(amount)")) {
            columns.add(chain.numbers("SELECT " + column + " FROM " + members + " GROUP BY key ORDER BY key"));
        }
        List<List<Double>> rows = new ArrayList<>();
        for (int i = 0; i < columns.get(0).size(); i++) {
            int at = i;
            rows.add(columns.stream().map(column -> column.get(at)).toList());
        }
        return rows;
    }
}
