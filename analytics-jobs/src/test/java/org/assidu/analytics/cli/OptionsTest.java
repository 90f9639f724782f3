package org.assidu.analytics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assidu.analytics.fixture.ExportFixture;
import org.assidu.analytics.fixture.SmallChain;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What each option leaves in and out, held against DuckDB, and what a wrong one is told. */
final class OptionsTest {

    private static final String SALES = "sum(amount_minor) FILTER (member_key IS NOT NULL AND quantity_thousandths > 0"
            + " AND amount_minor > 0 AND NOT gift_card_sale) FROM sale_lines WHERE ";

    @TempDir
    static Path folder;

    private static Path export;
    private static ExportFixture duck;

    private final StringWriter errors = new StringWriter();

    @BeforeAll
    static void write() throws Exception {
        export = folder.resolve("export");
        duck = SmallChain.make(folder.resolve("first"));
        duck.run("UPDATE sale_lines SET historical = false, received_at = sold_at + to_days((position % 40)::INTEGER)");
        duck.run("UPDATE receipts SET historical = false, received_at = sold_at + to_days((position % 40)::INTEGER)");
        duck.writeUpTo(export, SmallChain.ZONE, 2400);
    }

    @AfterAll
    static void close() throws Exception {
        duck.close();
    }

    private int run(String... arguments) {
        CommandLine command = ReportsCommand.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return ReportsCommand.execute(command, arguments);
    }

    private JsonNode habits(String name, String... options) throws IOException {
        Path out = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of(
                "--exports", export.toString(), "--out", out.toString(), "--report", "habits", "--master", "local[2]"));
        arguments.addAll(List.of(options));
        assertThat(run(arguments.toArray(String[]::new))).as(errors.toString()).isZero();
        return new ObjectMapper().readTree(Files.readString(out.resolve("report.json")));
    }

    private static long sales(JsonNode report) {
        return report.at("/reports/habits/figures/sales/value")
                .decimalValue()
                .movePointRight(2)
                .longValueExact();
    }

    @Test
    void fromAndToHoldTheDaysOfSale() throws Exception {
        JsonNode report = habits("span", "--from", "2025-02-10", "--to", "2025-04-20", "--format", "json");
        assertThat(report.path("first_date").asText()).isEqualTo("2025-02-10");
        assertThat(report.path("last_date").asText()).isEqualTo("2025-04-20");
        assertThat(sales(report))
                .isEqualTo((long) duck.number("SELECT " + SALES + "sold_date BETWEEN '2025-02-10' AND '2025-04-20'"));
        assertThat(folder.resolve("span/habits.html")).doesNotExist();
        assertThat(folder.resolve("span/csv")).doesNotExist();
    }

    @Test
    void asOfLeavesOutWhatWasRecordedLater() throws Exception {
        assertThat(sales(habits("asof", "--as-of", "2025-04-01", "--format", "json")))
                .isEqualTo((long) duck.number(
                        "SELECT " + SALES + "sold_date <= '2025-04-01' AND received_at::DATE <= '2025-04-01'"));
    }

    @Test
    void segmentsOfReceiptsAndOfMembersMustAllHold() throws Exception {
        JsonNode report =
                habits("segment", "--segment", "store=S1,S2", "--segment", "cohort=2025-01", "--format", "json,html");
        assertThat(sales(report))
                .isEqualTo(
                        (long)
                                duck.number(
                                        "SELECT " + SALES
                                                + "store IN ('S1', 'S2') AND member_key IN (SELECT member_key FROM sale_lines WHERE quantity_thousandths > 0"
                                                + " AND amount_minor > 0 AND NOT gift_card_sale GROUP BY member_key HAVING min(sold_date) < '2025-02-01')"));
        assertThat(Files.readString(folder.resolve("segment/habits.html")))
                .contains("--segment store=S1,S2 --segment cohort=2025-01");
    }

    @Test
    void bannersAndEnrolmentComeFromTheirTables() throws Exception {
        assertThat(sales(habits(
                        "banner", "--segment", "banner=Banner S", "--segment", "enrol-store=S3", "--format", "json")))
                .isEqualTo((long) duck.number("SELECT " + SALES + "member_key IN (SELECT member_key FROM receipts"
                        + " WHERE member_key IS NOT NULL GROUP BY member_key HAVING arg_min(store, position) = 'S3')"));
    }

    @Test
    void configurationFileGivesOptionsAndWhatIsTypedWins() throws Exception {
        Path config = folder.resolve("reports.properties");
        Files.writeString(config, "to = 2025-03-31\nformat = json\nlang = fr\n");
        JsonNode report = habits("config", "--config", config.toString(), "--to", "2025-02-28");
        assertThat(report.path("last_date").asText()).isEqualTo("2025-02-28");
        assertThat(folder.resolve("config/index.html")).doesNotExist();
        Files.writeString(config, "tooo = 2025-03-31\n");
        assertThat(run("--config", config.toString(), "--exports", "x", "--out", "y"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("sets 'tooo', which is no option", "as-of");
    }

    @Test
    void baselineOfAnotherFolderIsComparedWith() throws Exception {
        habits("before", "--to", "2025-03-31");
        habits("after", "--baseline", folder.resolve("before").toString());
        assertThat(Files.readString(folder.resolve("after/index.html")))
                .contains("The figures that moved most", "31 Mar 2025", "31 mars 2025", "en hausse de");
        assertThat(run("--exports", export.toString(), "--out", "x", "--baseline", folder.toString()))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("holds no report.json");
    }

    @Test
    void everyFormatHasTheSameRows() throws Exception {
        habits("formats");
        Path out = folder.resolve("formats");
        String parquet = out.resolve("parquet/habits-turnover-by-month.parquet").toString();
        assertThat(duck.rows("SELECT month, members, sales_eur::DOUBLE FROM read_parquet('" + parquet + "')"))
                .isNotEmpty()
                .isEqualTo(duck.rows("SELECT month, members, sales_eur FROM read_csv('"
                        + out.resolve("csv/habits-turnover-by-month.csv") + "', types = {'month': 'VARCHAR'})"));
        JsonNode json = new ObjectMapper().readTree(Files.readString(out.resolve("json/habits.json")));
        assertThat(json.at("/tables/turnover-by-month/rows").size())
                .isEqualTo((int) duck.number("SELECT count(*) FROM read_parquet('" + parquet + "')"));
    }

    @Test
    void wrongOptionsAreToldWithTheRemedy() {
        String here = export.toString();
        assertThat(run("--exports", here, "--out", "x", "--from", "2025-05-01", "--to", "2025-04-01"))
                .isEqualTo(2);
        assertThat(run("--exports", here, "--out", "x", "--segment", "shop=1")).isEqualTo(2);
        assertThat(run("--exports", here, "--out", "x", "--format", "pdf")).isEqualTo(2);
        assertThat(run("--exports", here, "--out", "x", "--goal", "love=1")).isEqualTo(2);
        assertThat(run("--exports", here, "--out", "x", "--holdout", "0")).isEqualTo(2);
        assertThat(run("--exports", here, "--out", "x", "--replicates", "1")).isEqualTo(2);
        assertThat(errors.toString())
                .contains(
                        "--to 2025-04-01 is before --from 2025-05-01: exchange them",
                        "segment 'shop=1' is not NAME=VALUE",
                        "enrol-channel",
                        "no format 'pdf': choose among html, csv, parquet, json",
                        "no goal 'love': choose among retention-percent",
                        "at least 1 day",
                        "0 for no interval");
    }

    @Test
    void selectionThatLeavesNothingSaysWhatThereIs() {
        String out = folder.resolve("empty").toString();
        assertThat(run("--exports", export.toString(), "--out", out, "--from", "2031-01-01"))
                .isEqualTo(3);
        assertThat(run("--exports", export.toString(), "--out", out, "--segment", "country=DE"))
                .isEqualTo(3);
        assertThat(errors.toString())
                .contains(
                        "no line is left by --from 2031-01-01; the export has",
                        "widen --from, --to, --as-of or --segment",
                        "segment country=DE: no store has that country; there are FR");
    }
}
