package org.assidu.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.assidu.analytics.cli.RunForTests;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.SmallChain;
import org.assidu.analytics.fixture.TestSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of docs/analyst-guide.md, on an export and a report as the guide assumes them. */
final class AnalystGuideTest {

    private static final Pattern QUERY = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    static Path folder;

    private static ExportFixture duck;

    @BeforeAll
    static void write() throws Exception {
        duck = SmallChain.make(folder.resolve("first"));
        duck.run(
                "CREATE TABLE decision AS SELECT DISTINCT member_key, true AS consent_email, member_key % 9 = 0 AS opposed,"
                        + " NULL::BOOLEAN AS consent_profiling, NULL::VARCHAR AS control_of FROM receipts WHERE member_key IS NOT NULL");
        duck.writeUpTo(folder.resolve("export"), SmallChain.ZONE, 1200, 2400);
        RunForTests.reports(folder.resolve("export"), folder.resolve("report"), "habits", "retention");
    }

    @AfterAll
    static void close() throws Exception {
        duck.close();
    }

    @Test
    void everyQueryRunsAndAnswers() throws Exception {
        List<String> queries = new ArrayList<>();
        Matcher matcher = QUERY.matcher(Files.readString(Path.of("docs/analyst-guide.md")));
        while (matcher.find()) {
            queries.add(matcher.group(1));
        }
        assertThat(queries).hasSize(10);
        SparkSession spark = TestSpark.small();
        for (String query : queries) {
            String here = query.replace("'export/", "'" + folder + "/export/")
                    .replace("'report/", "'" + folder + "/report/")
                    .replace("`report/", "`" + folder + "/report/");
            long rows = query.startsWith("-- Spark SQL")
                    ? spark.sql(here).collectAsList().size()
                    : duck.rows(here).size();
            if (query.startsWith("-- no rows")) {
                assertThat(rows).as(query).isZero();
            } else {
                assertThat(rows).as(query).isPositive();
            }
        }
    }
}
