package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other rules, and past days, over the public UCI Online Retail set; every figure is recomputed by DuckDB from the CSV itself.
 */
final class PastOnlineRetailTest {
    private static final Path SALES = Path.of("../../shared/data/uci_online_retail.csv.gz");
    private static final String UP_TO = " WHERE identified AND sold_date <= DATE '2011-06-30'";

    @TempDir
    private Path folder;

    private JsonNode whatIf(Path programme, String... options) throws IOException {
        Path file = folder.resolve("what-if.json");
        String[] command = new String[7 + options.length];
        String[] first = {"what-if", "--data", data(), "--programme", programme.toString(), "--json", file.toString()};
        System.arraycopy(first, 0, command, 0, first.length);
        System.arraycopy(options, 0, command, first.length, options.length);
        long begun = System.nanoTime();
        Terminal asked = Terminal.type(command);
        System.out.printf("what-if %s: %,d ms%n", String.join(" ", options), (System.nanoTime() - begun) / 1_000_000);
        assertThat(asked.code()).as(asked.out() + asked.err()).isZero();
        return new ObjectMapper().readTree(file.toFile());
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    @Test
    void pointsOfOtherRulesAndOfPastDaysAreThoseOfTheFile() throws Exception {
        if (!Files.exists(SALES)) {
            System.out.println("PastOnlineRetailTest is skipped: " + SALES + " is absent");
        }
        assumeTrue(Files.exists(SALES), SALES + " is absent");
        String hash;
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("online-retail", folder);
            assertThat(server.type("import", SALES.toString(), "--format", "online-retail")
                            .code())
                    .isZero();
            hash = server.type("status", "--json").json("stateHash");
        }
        JsonNode again = whatIf(Path.of("@history"));
        assertThat(again.path("same_state").asBoolean()).isTrue();
        assertThat(again.path("nothing_changed").asBoolean()).isTrue();
        assertThat(again.path("state_hash_after").asText()).isEqualTo(hash);
        assertThat(again.path("stretch").path("receipts").asLong()).isEqualTo(25_900);

        Path triple = folder.resolve("triple.yaml");
        String text = Files.readString(folder.resolve("online-retail.yaml"));
        Files.writeString(triple, text.replaceFirst("points: 1\n", "points: 3\n"));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            views(duck);
            checkTriple(duck, whatIf(triple), "identified");
            checkTriple(
                    duck,
                    whatIf(triple, "--from", "2011-03-01", "--to", "2011-06-30"),
                    "identified AND sold_date BETWEEN DATE '2011-03-01' AND DATE '2011-06-30'");
            Terminal liability = Terminal.type("liability", "--data", data(), "--as-of", "2011-06-30", "--json");
            assertThat(Long.parseLong(liability.json("outstanding_micro")))
                    .isEqualTo(number(duck, "SELECT sum(amount) * 10000 FROM csv" + UP_TO));
            assertThat(Long.parseLong(liability.json("holders")))
                    .isEqualTo(number(
                            duck,
                            "SELECT count(*) FROM (SELECT customer FROM csv" + UP_TO
                                    + " GROUP BY 1 HAVING sum(amount) > 0)"));
        }
    }

    private static void checkTriple(Connection duck, JsonNode json, String where) throws SQLException {
        JsonNode given = json.path("purses").path(0).path("given_micro");
        long before = number(duck, "SELECT sum(amount) * 10000 FROM csv WHERE " + where);
        assertThat(given.path("before").asLong()).isEqualTo(before);
        assertThat(given.path("after").asLong()).isEqualTo(3 * before);
        for (JsonNode store : json.path("stores")) {
            assertThat(store.path("given_micro").path("after").asLong())
                    .as(store.toString())
                    .isEqualTo(number(
                            duck,
                            "SELECT sum(amount) * 30000 FROM csv WHERE store = '"
                                    + store.path("store").asText() + "' AND " + where));
        }
        long better = number(
                duck,
                "SELECT count(*) FROM (SELECT customer FROM csv WHERE " + where
                        + " GROUP BY 1 HAVING sum(amount) > 0)");
        assertThat(json.path("members").path("better").asLong()).isEqualTo(better);
    }

    private static void views(Connection duck) throws SQLException {
        run(duck, String.format(Locale.ROOT, """
                create table csv as select Country as store, CustomerID as customer, CustomerID is not null as identified,
                  round(Quantity * UnitPrice * 100)::bigint as amount,
                  (min(InvoiceDate) over (partition by InvoiceNo))::date as sold_date
                from read_csv('%s', header = true, columns = {
                  'InvoiceNo': 'VARCHAR', 'StockCode': 'VARCHAR', 'Description': 'VARCHAR', 'Quantity': 'BIGINT',
                  'InvoiceDate': 'TIMESTAMP', 'UnitPrice': 'DECIMAL(12,4)', 'CustomerID': 'BIGINT', 'Country': 'VARCHAR'})""", SALES));
    }

    private static void run(Connection duck, String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection duck, String sql) throws SQLException {
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getBigDecimal(1).longValueExact();
        }
    }
}
