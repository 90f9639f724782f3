package org.assidu.analytics.model;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assidu.analytics.fixture.PublicData;

/** Customers of UCI Online Retail, read by DuckDB from the published file. */
public final class UciData {

    private UciData() {}

    /** Rows of doubles of a query over {@code lines}, or skips the calling test with a printed reason. */
    public static List<double[]> query(String sql) {
        Path file = PublicData.require("uci_online_retail.csv.gz", "public UCI Online Retail data");
        String lines = "with lines as (select CustomerID as customer, Quantity as quantity, UnitPrice as price,"
                + " InvoiceNo as invoice, cast(InvoiceDate as date) as day"
                + " from read_csv('" + file + "', header = true, types = {'InvoiceNo': 'VARCHAR',"
                + " 'StockCode': 'VARCHAR', 'InvoiceDate': 'TIMESTAMP'})) ";
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(lines + sql)) {
            int columns = result.getMetaData().getColumnCount();
            var rows = new ArrayList<double[]>();
            while (result.next()) {
                double[] row = new double[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = result.getDouble(i + 1);
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot read " + file, e);
        }
    }
}
