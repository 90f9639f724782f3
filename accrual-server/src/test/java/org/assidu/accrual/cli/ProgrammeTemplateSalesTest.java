package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each template prices the generator's sales, and server, journal and exported ledger agree on what it gave: each purse by
 * each kind of movement to the micropoint, the sales to the cent.
 */
class ProgrammeTemplateSalesTest {
    /** What the books add, by the kinds of the ledger. */
    private static final Map<String, String> CREDITS = Map.of(
            "EARNED", "issuedMicro",
            "ADJUSTED", "adjustedMicro",
            "MIGRATED", "migratedMicro",
            "RESTORED", "restoredMicro",
            "FORGIVEN", "forgivenMicro",
            "TRANSFERRED", "transferredMicro");

    /** What they subtract. */
    private static final Map<String, String> DEBITS =
            Map.of("SPENT", "spentMicro", "EXPIRED", "expiredMicro", "REVERSED", "reversedMicro");

    @TempDir
    private Path folder;

    static List<String> templates() {
        return ShippedProgrammes.NAMES;
    }

    @ParameterizedTest
    @MethodSource("templates")
    void theGeneratorsSalesReconcile(String template) throws Exception {
        Path data = folder.resolve("data");
        Path export = folder.resolve("export");
        JsonNode status;
        String accrued;
        try (RunningServer server = new RunningServer(data)) {
            Path file = folder.resolve(template + ".yaml");
            // The generator sells in euros, to cards from 298 on; the data set of one template is in pounds, from 299
            // on.
            String text = ShippedProgrammes.text(template)
                    .replace("currency: GBP", "currency: EUR")
                    .replace("from: 2990000000002", "from: 2980000000003");
            Files.writeString(file, text);
            Terminal published = server.type("programme", "publish", file.toString());
            assertThat(published.code()).as(published.err()).isZero();
            Terminal generated = server.type("generate", "--members", "25", "--days", "20", "--seed", "11");
            assertThat(generated.code()).as(generated.err()).isZero();
            assertThat(generated.out()).containsPattern("answers: \\{ACCRUED=\\d+\\}");
            accrued = generated.out().replaceAll("(?s).*answers: \\{ACCRUED=(\\d+)\\}.*", "$1");
            assertThat(server.type("export", "--out", export.toString()).code()).isZero();
            status = new ObjectMapper().readTree(server.type("status", "--json").out());
        }
        Terminal verified = Terminal.type("verify", "--data", data.toString(), "--json");
        assertThat(verified.json("outcomes_identical")).isEqualTo("true");
        assertThat(verified.json("state_hash"))
                .as("server = journal")
                .isEqualTo(status.get("stateHash").asText());

        String ledger = "read_parquet('" + export + "/ledger/*/*.parquet')";
        assertThat(sums("select purse_id || ' ' || kind, sum(points_micro) from " + ledger + " group by 1"))
                .as("books of the server = ledger")
                .isEqualTo(figures(status))
                .isNotEmpty();
        assertThat(sums("select purse_id, sum(points_micro) from " + ledger + " group by 1"))
                .as("outstanding = ledger")
                .isEqualTo(outstanding(status));
        assertThat(status.get("outstandingMicro").asLong())
                .isEqualTo(outstanding(status).getOrDefault("points", 0L));
        assertThat(sums("select 'receipts', count(*) from read_parquet('" + export + "/receipts/*/*.parquet')"))
                .containsEntry("receipts", Long.valueOf(accrued))
                .containsEntry("receipts", status.get("receipts").asLong());
        assertThat(sums("select 'sales', sum(amount_minor) from read_parquet('" + export + "/sale_lines/*/*.parquet')"))
                .as("lines = receipts, to the cent")
                .isEqualTo(sums(
                        "select 'sales', sum(total_minor) from read_parquet('" + export + "/receipts/*/*.parquet')"));
    }

    /** By purse and kind, signed as movements are; the equation of each purse is checked on the way. */
    private static Map<String, Long> figures(JsonNode status) {
        Map<String, Long> figures = new TreeMap<>();
        for (JsonNode books : status.get("books")) {
            String purse = books.get("purseId").asText();
            Map<String, Long> own = new TreeMap<>();
            CREDITS.forEach((kind, field) ->
                    own.put(purse + " " + kind, books.path(field).asLong()));
            DEBITS.forEach((kind, field) ->
                    own.put(purse + " " + kind, -books.path(field).asLong()));
            assertThat(own.values().stream().mapToLong(Long::longValue).sum())
                    .as("books of %s: %s", purse, books)
                    .isEqualTo(books.path("outstandingMicro").asLong());
            figures.putAll(own);
        }
        figures.values().removeIf(micro -> micro == 0);
        return figures;
    }

    private static Map<String, Long> outstanding(JsonNode status) {
        Map<String, Long> outstanding = new TreeMap<>();
        for (JsonNode books : status.get("books")) {
            outstanding.put(
                    books.get("purseId").asText(),
                    books.path("outstandingMicro").asLong());
        }
        outstanding.values().removeIf(micro -> micro == 0);
        return outstanding;
    }

    /** First column to second, but for zeros. */
    private static Map<String, Long> sums(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Map<String, Long> sums = new TreeMap<>();
            while (rows.next()) {
                sums.put(rows.getString(1), rows.getBigDecimal(2).longValueExact());
            }
            sums.values().removeIf(sum -> sum == 0);
            return sums;
        }
    }
}
