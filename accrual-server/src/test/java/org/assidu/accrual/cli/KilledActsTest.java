package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.model.Ean13;
import org.assidu.proto.v1.AccrualServiceGrpc;
import org.assidu.proto.v1.Identifier;
import org.assidu.proto.v1.Receipt;
import org.assidu.proto.v1.ReceiptIdentity;
import org.assidu.proto.v1.RecordReceiptRequest;
import org.assidu.proto.v1.SaleLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Acts and tags as people type them, on a server that is killed between them: what was answered stays, and what is sent again
 * counts once. A list of members goes out with an export and comes back as tags.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KilledActsTest {
    private static final String PROGRAMME = """
            format: 1
            id: points
            time_zone: Europe/Paris
            currency: EUR
            effective_from: 2020-01-01
            earning: {basis: AMOUNT, points: 1}
            acts:
              - {id: hello, act: WELCOME, points: 50}
              - {id: friend, act: REFERRER, points: 20}
              - {id: newcomer, act: REFERRED, points: 5}
              - {id: opinion, act: SURVEY, points: 10, times: 1}
              - {id: app, act: CUSTOM, code: app, points: 7, times: 1}
              - {id: profile, act: PROFILE_COMPLETED, points: 3}
            bonuses:
              - {id: vip, name: {en: Vip, fr: Vip}, when: {tags: [vip]}, award: {kind: FIXED_POINTS, value: 100}}
            """;

    @TempDir
    private Path folder;

    private ServerProcess server;
    private long receipts;

    private static String card(int serial) {
        return Long.toString(Ean13.withCheckDigit(299_000_000_000L + serial));
    }

    private Terminal type(int code, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--server", server.address()));
        Terminal typed = Terminal.type(all.toArray(new String[0]));
        assertThat(typed.code()).as(all + "\n" + typed.out() + typed.err()).isEqualTo(code);
        return typed;
    }

    private void restart() throws Exception {
        server.kill();
        server = ServerProcess.start(folder.resolve("data"), Durability.DURABLE);
    }

    private void buy(int member, long minor) {
        try (var connection = org.assidu.accrual.load.Connection.to(server.address())) {
            AccrualServiceGrpc.newBlockingStub(connection.channel())
                    .recordReceipt(RecordReceiptRequest.newBuilder()
                            .setReceipt(Receipt.newBuilder()
                                    .setIdentity(ReceiptIdentity.newBuilder()
                                            .setStore("S1")
                                            .setTill("1")
                                            .setNumber(++receipts))
                                    .setSoldAtMillis(System.currentTimeMillis())
                                    .setCurrency("EUR")
                                    .setMember(Identifier.newBuilder().setCard(Long.parseLong(card(member))))
                                    .addLines(SaleLine.newBuilder()
                                            .setSku("apple")
                                            .setQuantityThousandths(1_000)
                                            .setAmountMinor(minor)))
                            .build());
        }
    }

    private String balance(int member) {
        return type(0, "member", "show", "--card", card(member), "--json").json("balanceMicro");
    }

    @Test
    void whatWasAnsweredStaysAndCountsOnce() throws Exception {
        server = ServerProcess.start(folder.resolve("data"), Durability.DURABLE);
        Path programme = Files.writeString(folder.resolve("acts.yaml"), PROGRAMME);
        type(0, "programme", "publish", programme.toString());
        for (int member = 1; member <= 3; member++) {
            type(0, "member", "enrol", "--card", card(member));
        }
        restart();
        type(0, "member", "enrol", "--card", card(1));
        assertThat(balance(1)).as("welcomed once").isEqualTo("50000000");

        for (int time = 0; time < 2; time++) {
            type(0, "member", "survey", "--card", card(1), "--score", "9", "--store", "S1", "--id", "spring");
            type(0, "member", "act", "--card", card(1), "--code", "app", "--id", "install");
            type(0, "member", "refer", "--card", card(1), "--new-card", card(2));
            type(
                    0,
                    "member",
                    "rectify",
                    "--card",
                    card(3),
                    "--set",
                    "given_name=Zoé",
                    "--set",
                    "family_name=Dupont",
                    "--set",
                    "birth_date=1988-02-29",
                    "--set",
                    "email=zoe@example.org");
            restart();
        }
        assertThat(balance(1)).isEqualTo("67000000");
        assertThat(balance(3)).as("the profile").isEqualTo("53000000");
        assertThat(type(1, "member", "act", "--card", card(1), "--code", "app", "--id", "again")
                        .out())
                .contains("limit exceeded");
        type(1, "member", "refer", "--card", card(1), "--new-card", card(1));
        buy(2, 1_000);
        assertThat(balance(1)).as("the referral").isEqualTo("87000000");
        assertThat(balance(2)).isEqualTo("65000000");
        tagsComeBackFromAnExport();
    }

    private void tagsComeBackFromAnExport() throws Exception {
        Path export = folder.resolve("export");
        type(0, "export", "--out", export.toString());
        assertThat(query(
                        export,
                        "SELECT kind, score, store, subject FROM events WHERE kind LIKE 'SURVEY%' OR kind LIKE 'REFERRAL%'"
                                + " ORDER BY position, event"))
                .containsExactly(
                        "SURVEY_ANSWERED|9|S1|SURVEY",
                        "REFERRAL_INVITED|null|null|null",
                        "REFERRAL_COMPLETED|null|S1|null",
                        "REFERRAL_COMPLETED|null|S1|null");
        // As the reports write it: more columns, and members by the keys of the export.
        List<String> keys = query(export, "SELECT member_key, receipts FROM members ORDER BY receipts DESC, 1");
        Path list = Files.write(
                folder.resolve("list.csv"),
                ("member_key,wave,tag,valid_until,reason\n"
                                + keys.get(0).replace('|', ',') + ",vip,,why\n"
                                + keys.get(1).replace('|', ',') + ",vip,2999-12-31,why\n"
                                + keys.get(2).replace('|', ',') + ",vip,,why\n"
                                + "12345,0,vip,,why\n"
                                + keys.get(2).replace('|', ',') + ",Not A Tag,,why\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        type(0, "member", "oppose", "--card", card(3));
        Terminal imported = type(3, "tags", "import", list.toString(), "--json");
        assertThat(imported.json("changed") + " " + imported.json("opposed") + " " + imported.json("refused"))
                .isEqualTo("2 1 2");
        assertThat(Files.readAllLines(Path.of(list + ".rejects.csv")))
                .hasSize(3)
                .anyMatch(row -> row.startsWith("12345,0,vip,,why,\"no member has this key"))
                .anyMatch(row -> row.contains("Not A Tag"));
        restart();
        imported = type(3, "tags", "import", list.toString(), "--json");
        assertThat(imported.json("changed") + " " + imported.json("unchanged")).isEqualTo("0 2");
        Path cards = Files.writeString(folder.resolve("cards.csv"), "card\n" + card(2) + "\n");
        type(0, "tags", "import", cards.toString(), "--tag", "other");
        buy(1, 100);
        buy(2, 100);
        buy(3, 100);
        assertThat(List.of(balance(1), balance(2), balance(3)))
                .as("a bonus for the tag, but not for who opposes profiling")
                .containsExactly("188000000", "166000000", "54000000");
        type(0, "member", "oppose", "--card", card(2));
        buy(2, 100);
        assertThat(balance(2)).as("opposition ends tags").isEqualTo("167000000");
        server.stop();
        assertThat(Terminal.type("verify", "--data", folder.resolve("data").toString())
                        .code())
                .isZero();
    }

    private static List<String> query(Path export, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE VIEW events AS FROM read_parquet('" + export.resolve("events") + "/*/*.parquet')");
            statement.execute(
                    "CREATE VIEW members AS FROM read_parquet('" + export.resolve("members") + "/members-*.parquet')");
            try (ResultSet rows = statement.executeQuery(sql)) {
                List<String> result = new ArrayList<>();
                while (rows.next()) {
                    StringJoiner row = new StringJoiner("|");
                    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                        row.add(String.valueOf(rows.getObject(column)));
                    }
                    result.add(row.toString());
                }
                return result;
            }
        }
    }
}
