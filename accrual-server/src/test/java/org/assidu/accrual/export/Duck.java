package org.assidu.accrual.export;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** DuckDB over an export folder: a reader that shares no code with the writer. */
final class Duck implements AutoCloseable {
    private final Connection connection;

    Duck(Path folder) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            for (String table : List.of("sale_lines", "receipts", "ledger", "events")) {
                statement.execute("CREATE VIEW " + table + " AS FROM read_parquet('" + folder.resolve(table)
                        + "/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)");
            }
            for (String table : List.of("members", "products", "stores", "programme_versions")) {
                statement.execute("CREATE VIEW " + table + " AS FROM read_parquet('" + folder.resolve(table) + "/"
                        + table + "-*.parquet')");
            }
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Rows as text, values separated by one bar. */
    List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> result = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringJoiner row = new StringJoiner("|");
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(rows.getObject(column)));
                }
                result.add(row.toString());
            }
            return result;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
