package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each template prices the generator's sales, and server, journal and exported ledger agree on what it gave. */
class ProgrammeTemplateSalesTest {
    @TempDir
    private Path folder;

    /** All but the one in pounds. */
    static List<String> templates() {
        return ShippedProgrammes.NAMES.stream()
                .filter(name -> !name.equals("online-retail"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void theGeneratorsSalesReconcile(String template) throws Exception {
        Path data = folder.resolve("data");
        Path export = folder.resolve("export");
        String outstanding;
        try (RunningServer server = new RunningServer(data)) {
            server.publish(template, folder);
            Terminal generated = server.type("generate", "--members", "25", "--days", "20", "--seed", "11");
            assertThat(generated.code()).as(generated.err()).isZero();
            assertThat(generated.out()).containsPattern("answers: \\{ACCRUED=\\d+\\}");
            assertThat(server.type("export", "--out", export.toString()).code()).isZero();
            outstanding = server.type("status", "--json").json("outstandingMicro");
        }

        String ledger = "read_parquet('" + export + "/ledger/*/*.parquet')";
        assertThat(value(
                        "select coalesce(sum(points_micro), 0)::varchar from " + ledger + " where purse_id = 'points'"))
                .isEqualTo(outstanding);
        assertThat(value("select count(*)::varchar from " + ledger + " where points_micro <> 0"))
                .isNotEqualTo("0");
        Terminal verified = Terminal.type("verify", "--data", data.toString(), "--json");
        assertThat(verified.json("outcomes_identical")).isEqualTo("true");
    }

    private static String value(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
