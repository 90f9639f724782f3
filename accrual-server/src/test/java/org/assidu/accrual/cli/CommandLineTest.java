package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assidu.accrual.model.Ean13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as people type them, against a real server. */
final class CommandLineTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "status",
                "stop",
                "import",
                "generate",
                "member",
                "programme",
                "catalogue",
                "cards",
                "token",
                "rotate-master-key",
                "reward",
                "code",
                "export",
                "verify",
                "dump"
            })
    void everyCommandExplainsItself(String command) {
        Terminal help = Terminal.type(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: assidu " + command);
    }

    @Test
    void programmeFileWithFiveMistakesGetsFiveMessagesWithLineNumbers() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), """
                format: 1
                id: points
                name: {en: Points, fr: Points}
                effective_from: 2026-02-30
                time_zone: Europe/Pari
                currency: EURO
                purse: {id: points, rounding: CARY}
                earning:
                  basis: AMOUNT
                  points: 1
                  promoted_article_earn: true
                """);

        Terminal checked = Terminal.type("programme", "validate", file.toString());

        assertThat(checked.code()).isEqualTo(Assidu.FAILED);
        assertThat(checked.out()
                        .lines()
                        .filter(line -> line.startsWith(file + ":") && line.matches(".*:\\d+:\\d+: .*")))
                .hasSize(5)
                .extracting(line -> line.substring(file.toString().length() + 1).replaceAll(":.*", ""))
                .containsExactly("4", "5", "6", "7", "11");
        assertThat(checked.out()).contains("5 problem(s)").contains("did you mean promoted_articles_earn");
    }

    @Test
    void memberIsEnrolledFoundLinkedAndBlocked() throws IOException {
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("points", folder);
            String enrolled =
                    server.type("member", "enrol", "--phone", "+33612345678").out();
            assertThat(enrolled).startsWith("enrolled as member ");
            String key = enrolled.replace("enrolled as member ", "").strip();
            assertThat(server.type("member", "enrol", "--phone", "+33612345678").out())
                    .contains("already member " + key);

            String card = Ean13.text(Ean13.withCheckDigit(298_000_123_456L));
            assertThat(server.type("member", "link", "--phone", "+33612345678", "--add-card", card)
                            .out())
                    .contains(key);
            assertThat(server.type("member", "show", "--card", card).out())
                    .contains("member " + key)
                    .contains("points: 0");
            assertThat(server.type("member", "statement", "--key", key).out()).contains("balance 0");
            assertThat(server.type("member", "block", card).out()).contains("member " + key);
            Terminal unknown = server.type("member", "show", "--email", "nobody@example.org");
            assertThat(unknown.code()).isEqualTo(Assidu.FAILED);
            assertThat(unknown.err()).contains("NOT_FOUND");
        }
    }

    @Test
    void issuedCardsAreConsecutiveAndNeverTheSameTwice() throws IOException {
        Path first = folder.resolve("first.txt");
        Path second = folder.resolve("second.txt");
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.type("cards", "issue", "--prefix", "2970000", "--count", "3", "--out", first.toString());
        }
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            assertThat(server.type("cards", "issue", "--prefix", "2970000", "--count", "2", "--out", second.toString())
                            .out())
                    .contains("2 cards");
            assertThat(server.type("cards", "issue", "--prefix", "2970000", "--count", "2", "--out", second.toString())
                            .code())
                    .as("an existing file is not written over")
                    .isEqualTo(Assidu.FAILED);
        }
        List<Long> cards = new java.util.ArrayList<>();
        for (Path file : List.of(first, second)) {
            Files.readAllLines(file).forEach(line -> cards.add(Long.parseLong(line)));
        }
        assertThat(cards).hasSize(5).allMatch(Ean13::isValid);
        for (int i = 1; i < cards.size(); i++) {
            assertThat(cards.get(i) / 10).isEqualTo(cards.get(i - 1) / 10 + 1);
        }
    }

    @Test
    void catalogueIsImportedWholeOrNotAtAll() throws Exception {
        Path products = Files.writeString(folder.resolve("products.csv"), """
                sku,name,category_path,brand,unit_cost,currency,valid_from,valid_to
                4711,Soap,care/soap,Nett,1.20,EUR,2026-01-01,
                4712,"Soap, large",care/soap,,,,,
                """);
        Path stores = Files.writeString(folder.resolve("stores.csv"), "store,name,country\nS1,Main street,FR\n");
        Path bad = Files.writeString(folder.resolve("bad.csv"), "sku,unit_cost\n,1\n4713,cheap\n");
        Path export = folder.resolve("export");
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            Terminal done = server.type(
                    "catalogue", "import", "--products", products.toString(), "--stores", stores.toString());
            assertThat(done.out()).contains("2 products imported").contains("1 stores imported");
            Terminal refused = server.type("catalogue", "import", "--products", bad.toString());
            assertThat(refused.code()).isEqualTo(Assidu.FAILED);
            assertThat(refused.err())
                    .contains("nothing imported; 2 problem(s)")
                    .contains("line 2: sku is empty")
                    .contains("line 3: unit_cost 'cheap'");
            server.type("export", "--out", export.toString());
        }
        assertThat(rows("select sku || '|' || name || '|' || coalesce(unit_cost_minor::varchar, '') from read_parquet('"
                        + export + "/products/*.parquet') order by 1"))
                .containsExactly("4711|Soap|120", "4712|Soap, large|");
        assertThat(rows("select store || '|' || country from read_parquet('" + export + "/stores/*.parquet')"))
                .containsExactly("S1|FR");
    }

    @Test
    void exportOfTheStoppedServerEqualsThatOfTheRunningOne() throws Exception {
        Path data = folder.resolve("data");
        Path running = folder.resolve("running");
        Path stopped = folder.resolve("stopped");
        try (RunningServer server = new RunningServer(data)) {
            server.publish("points", folder);
            assertThat(server.type("generate", "--members", "80", "--days", "30")
                            .code())
                    .isZero();
            assertThat(server.type("export", "--out", running.toString()).code())
                    .isZero();
        }
        assertThat(Terminal.type("export", "--data", data.toString(), "--out", stopped.toString())
                        .code())
                .isZero();
        for (String table : List.of("sale_lines", "receipts", "ledger", "members", "products", "stores")) {
            String content = "select count(*) || ' ' || sum(hash(t)::hugeint) from read_parquet('%s/" + table
                    + "/**/*.parquet') t";
            assertThat(rows(String.format(content, stopped)))
                    .as(table)
                    .isEqualTo(rows(String.format(content, running)));
        }
        Terminal dumped = Terminal.type("dump", "--data", data.toString(), "--limit", "2");
        assertThat(dumped.out().lines()).hasSize(2);
        assertThat(Terminal.type("verify", "--data", data.toString(), "--json").json("outcomes_identical"))
                .isEqualTo("true");
    }

    private static List<String> rows(String sql) throws SQLException {
        List<String> rows = new java.util.ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
