package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.Ean13;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.SaleLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service desk as people type it, and what an accountant finds of it in an export. */
@Timeout(180)
final class DeskCommandsTest {
    private static final String PROGRAMME = """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2020-01-01
            earning: {basis: AMOUNT, points: 1}
            cards: [{from: 2900000000001, to: 2900000999992, auto_enrol: true}]
            desk: {adjustment_limit: 1000, approval_above: 100, claim_days: 30}
            """;

    @TempDir
    private Path folder;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(folder.resolve("data"));
        Path file = Files.writeString(folder.resolve("desk.yaml"), PROGRAMME);
        type(0, "programme", "publish", file.toString());
        sell(1, card(1), 4_000);
        sell(2, card(2), 3_000);
        sell(3, 0, 2_000);
    }

    @AfterEach
    void stop() {
        server.close();
        Terminal verified =
                Terminal.type("verify", "--data", folder.resolve("data").toString());
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    private static long card(int serial) {
        return Ean13.withCheckDigit(290_000_000_000L + serial);
    }

    private String type(int code, String... command) {
        Terminal done = server.type(command);
        assertThat(done.code())
                .as(String.join(" ", command) + ": " + done.out() + done.err())
                .isEqualTo(code);
        return done.out();
    }

    private void sell(int number, long card, long minor) {
        try (var connection = org.assidu.accrual.load.Connection.to(server.address())) {
            Receipt.Builder receipt = Receipt.newBuilder()
                    .setIdentity(ReceiptIdentity.newBuilder()
                            .setStore("S1")
                            .setTill("1")
                            .setNumber(number))
                    .setSoldAtMillis(System.currentTimeMillis() - 60_000)
                    .setCurrency("EUR")
                    .addLines(SaleLine.newBuilder()
                            .setSku("bread")
                            .setQuantityThousandths(1_000)
                            .setAmountMinor(minor));
            if (card != 0) {
                receipt.setMember(Identifier.newBuilder().setCard(card));
            }
            var unused = AccrualServiceGrpc.newBlockingStub(connection.channel())
                    .recordReceipt(RecordReceiptRequest.newBuilder()
                            .setReceipt(receipt)
                            .build());
        }
    }

    @Test
    void whatTheDeskDoesIsInTheLedgerWithAuthorAndReason() throws IOException, SQLException {
        String one = Long.toString(card(1));
        String two = Long.toString(card(2));
        assertThat(type(
                        0,
                        "member",
                        "adjust",
                        "--card",
                        one,
                        "--amount",
                        "10.5",
                        "--id",
                        "a1",
                        "--author",
                        "anna",
                        "--reason",
                        "goodwill"))
                .contains("adjustment a1: done, balance 50.5");
        assertThat(type(
                        0,
                        "member",
                        "adjust",
                        "--card",
                        one,
                        "--amount",
                        "500",
                        "--id",
                        "a2",
                        "--author",
                        "anna",
                        "--reason",
                        "complaint 7"))
                .contains("approval required, balance 50.5; it waits");
        assertThat(type(0, "member", "waiting"))
                .contains("a2  member ")
                .contains("500 points  by anna")
                .contains("1 waiting");
        type(Assidu.FAILED, "member", "approve", "a2", "--author", "anna");
        assertThat(type(0, "member", "approve", "a2", "--author", "boris")).contains("done, balance 550.5");
        type(Assidu.FAILED, "member", "adjust", "--card", one, "--amount", "5000", "--author", "anna", "--reason", "x");
        assertThat(type(
                        0,
                        "member",
                        "claim",
                        "--card",
                        one,
                        "--store",
                        "S1",
                        "--till",
                        "1",
                        "--number",
                        "3",
                        "--author",
                        "anna"))
                .contains("claim: done, 20 points, balance 570.5");
        type(0, "member", "replace", "--card", two, "--new-card", "" + card(5), "--author", "anna", "--reason", "lost");
        assertThat(type(
                        0,
                        "member",
                        "merge",
                        "--card",
                        one,
                        "--absorbed-card",
                        two,
                        "--author",
                        "boris",
                        "--reason",
                        "twice enrolled"))
                .contains("merge: done")
                .contains("balance 600.5");
        assertThat(type(0, "member", "show", "--card", "" + card(5))).contains("600.5");

        Path export = folder.resolve("export");
        type(0, "export", "--out", export.toString());
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            String ledger = "read_parquet('" + export + "/ledger/**/*.parquet', hive_partitioning=true)";
            String members = "read_parquet('" + export + "/members/*.parquet')";
            assertThat(rows(
                            duck,
                            "SELECT operation, author, reason, points_micro, number FROM " + ledger
                                    + " WHERE operation IS NOT NULL ORDER BY position, movement"))
                    .containsExactly(
                            "ADJUST anna goodwill 10500000 null",
                            "APPROVE_ADJUSTMENT boris complaint 7 500000000 null",
                            "CLAIM anna null 20000000 3",
                            "MERGE boris twice enrolled -30000000 null",
                            "MERGE boris twice enrolled 30000000 null");
            assertThat(rows(
                            duck,
                            "SELECT balance_micro, receipts, merged_into IS NOT NULL FROM " + members
                                    + " ORDER BY balance_micro"))
                    .containsExactly("0 0 true", "600500000 3 false");
            assertThat(rows(
                            duck,
                            "SELECT m.member_key FROM " + members + " m JOIN (SELECT member_key, sum(points_micro) s"
                                    + " FROM " + ledger
                                    + " GROUP BY 1) l USING (member_key) WHERE m.balance_micro <> l.s"))
                    .as("members whose ledger is not their balance")
                    .isEmpty();
        }
    }

    private static List<String> rows(Connection duck, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var statement = duck.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(column == 1 ? "" : " ").append(result.getString(column));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    @Test
    void commandsOfTheDocumentDoWhatItSays() throws IOException {
        sell(4, card(3), 1_000);
        String document = Files.readString(Path.of("docs", "desk.md"));
        String block = document.substring(document.indexOf("```sh\n") + 6);
        List<String> printed = new ArrayList<>();
        for (String line : block.substring(0, block.indexOf("```")).strip().split("\n")) {
            assertThat(line).startsWith("assidu ");
            printed.add(type(0, line.substring("assidu ".length()).split(" ")).strip());
        }
        assertThat(printed.get(0)).isEqualTo("adjustment case-1: done, balance 90");
        assertThat(printed.get(3)).isEqualTo("adjustment case-2: done, balance 590");
        assertThat(printed.get(4)).isEqualTo("claim: done, 20 points, balance 610");
        assertThat(printed.get(6)).endsWith("lives on, balance 640");
        assertThat(printed.get(7)).isEqualTo("household: done, balance 650");
        assertThat(printed.get(8)).isEqualTo("household: left, done, balance 162.5");
        assertThat(type(0, "member", "show", "--card", "2900000000025")).contains("487.5");
    }
}
