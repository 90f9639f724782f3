package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** What must not depend on crashes: state, and the export's content without positions and arrival times. */
record SalesOutcome(String stateHash, String members, long receipts, String content) {
    private static final List<String> TABLES = List.of(
            "sale_lines", "receipts", "ledger", "events", "members", "products", "stores", "programme_versions");

    /** Exports a running server and reads everything back. */
    static SalesOutcome of(String address, Path export) throws Exception {
        assertThat(Terminal.type("export", "--out", export.toString(), "--server", address)
                        .code())
                .isZero();
        Terminal status = Terminal.type("status", "--json", "--server", address);
        StringBuilder content = new StringBuilder();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet row = statement.executeQuery(String.format(Locale.ROOT, """
                        select count(*) || ' ' || coalesce(sum(hash(columns)::hugeint), 0) from (
                          select columns(lambda c: c not in ('position', 'received_at', 'published_at'))
                          from read_parquet('%s/%s/**/*.parquet')) as columns""", export, table))) {
                    row.next();
                    content.append(table).append(' ').append(row.getString(1)).append('\n');
                }
            }
        }
        return new SalesOutcome(
                status.json("stateHash"),
                status.json("members"),
                Long.parseLong(status.json("receipts")),
                content.toString());
    }
}
