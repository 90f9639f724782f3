package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
 * The public UCI Online Retail set from CSV over gRPC into the export; every figure is recomputed by DuckDB from the CSV
 * itself under the mapping that {@code formats/online-retail.yaml} states.
 */
final class OnlineRetailTest {
    private static final Path SALES = Path.of("../../shared/data/uci_online_retail.csv.gz");

    @TempDir
    private Path folder;

    @Test
    void exportEqualsTheFile() throws Exception {
        if (!Files.exists(SALES)) {
            System.out.println("OnlineRetailTest is skipped: " + SALES + " is absent");
        }
        assumeTrue(Files.exists(SALES), SALES + " is absent");
        Path export = folder.resolve("export");
        long outstanding;
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("online-retail", folder);
            Terminal run = server.type("import", SALES.toString(), "--format", "online-retail", "--json");
            assertThat(run.code()).as(run.out() + run.err()).isZero();
            assertThat(run.json("ACCRUED")).isEqualTo("25900");
            assertThat(server.type("export", "--out", export.toString()).code()).isZero();
            outstanding = Long.parseLong(server.type("status", "--json").json("outstandingMicro"));
        }

        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            views(duck, export);
            assertThat(number(duck, "select count(*) from csv")).isEqualTo(541_909);
            for (String figure : new String[] {
                "count(*)",
                "count(*) filter (quantity < 0)",
                "sum(amount)",
                "sum(amount) filter (identified)",
                "sum(quantity)",
                "count(distinct (store, till, number))",
                "count(distinct (store, till, number)) filter (identified)",
                "count(distinct (store, till, number)) filter (quantity < 0)",
                "sum(hash(store, till, number, line, sku, quantity, amount)::hugeint)",
                "sum(hash(store, till, number, sold_at)::hugeint)",
            }) {
                assertThat(text(duck, "select (" + figure + ")::varchar from exported"))
                        .as(figure)
                        .isEqualTo(text(duck, "select (" + figure + ")::varchar from csv"));
            }
            assertThat(number(duck, "select count(*) from receipts")).isEqualTo(25_900);
            assertThat(number(duck, "select sum(total_minor) from receipts"))
                    .isEqualTo(number(duck, "select sum(amount) from csv"));
            // One point a pound: 10,000 micropoints a penny, on every identified line.
            assertThat(number(duck, "select sum(points_micro) from ledger"))
                    .isEqualTo(outstanding)
                    .isEqualTo(number(duck, "select sum(amount) * 10000 from csv where identified"));
            assertThat(number(duck, """
                            select count(*) from members m
                            left join (select member_key, sum(points_micro) balance from ledger group by 1) l
                            using (member_key) where m.balance_micro <> coalesce(l.balance, 0)""")).isZero();
            assertThat(number(duck, "select count(distinct CustomerID) from raw"))
                    .isEqualTo(number(duck, "select count(*) from members"));
            assertThat(number(duck, "select count(distinct StockCode) from raw where Description is not null"))
                    .isEqualTo(number(duck, "select count(*) from products"));
        }
    }

    private static void views(Connection duck, Path export) throws SQLException, IOException {
        run(duck, String.format(Locale.ROOT, """
                create table raw as select row_number() over () as file_row, * from read_csv('%s', header = true, columns = {
                  'InvoiceNo': 'VARCHAR', 'StockCode': 'VARCHAR', 'Description': 'VARCHAR', 'Quantity': 'BIGINT',
                  'InvoiceDate': 'TIMESTAMP', 'UnitPrice': 'DECIMAL(12,4)', 'CustomerID': 'BIGINT', 'Country': 'VARCHAR'},
                  parallel = false)""", SALES));
        run(duck, """
                create table csv as select Country as store,
                  coalesce(nullif(regexp_replace(InvoiceNo, '[^A-Za-z]', '', 'g'), ''), '1') as till,
                  regexp_replace(InvoiceNo, '[^0-9]', '', 'g')::bigint as number,
                  row_number() over (partition by InvoiceNo order by file_row)::int as line,
                  min(InvoiceDate) over (partition by InvoiceNo) as sold_at,
                  StockCode as sku, Quantity * 1000 as quantity,
                  round(Quantity * UnitPrice * 100)::bigint as amount, CustomerID is not null as identified
                from raw""");
        for (String table : new String[] {"sale_lines", "receipts", "ledger", "members", "products"}) {
            run(
                    duck,
                    String.format(
                            Locale.ROOT,
                            "create view %s as select * from read_parquet('%s/%s/**/*.parquet')",
                            table,
                            export,
                            table));
        }
        run(duck, """
                create view exported as select store, till, number, line,
                  (sold_at at time zone 'UTC' at time zone 'UTC' at time zone 'Europe/London')::timestamp as sold_at, sku,
                  quantity_thousandths as quantity, amount_minor as amount, member_key is not null as identified
                from sale_lines""");
    }

    private static void run(Connection duck, String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection duck, String sql) throws SQLException {
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static long number(Connection duck, String sql) throws SQLException {
        return Long.parseLong(text(duck, "select (" + sql + ")::bigint::varchar"));
    }
}
