package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparing and closing programmes, against a real server. */
class ProgrammeCommandsTest {
    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void filesAreComparedWithoutAServer() throws IOException {
        Path old = file("old.yaml", ShippedProgrammes.text("happy-hour"));
        Path next = file("next.yaml", Files.readString(old).replace("value: 2", "value: 1.5"));

        Terminal difference = Terminal.type("programme", "diff", old.toString(), next.toString());
        assertThat(difference.code()).isZero();
        assertThat(difference.out())
                .contains("Changed, bonus happy-hour: (worse for members)")
                .contains("1 part becomes worse for members.");
        assertThat(Terminal.type("programme", "diff", "--lang", "fr", old.toString(), next.toString())
                        .out())
                .contains("Modifié, bonus happy-hour : (moins favorable aux membres)");
        assertThat(Terminal.type("programme", "diff", "--json", old.toString(), next.toString())
                        .out())
                .contains("\"bonuses happy-hour\"");
        Terminal unreadable = Terminal.type(
                "programme",
                "diff",
                old.toString(),
                file("bad.yaml", "id: points\n").toString());
        assertThat(unreadable.code()).isNotZero();
        assertThat(unreadable.err()).contains("bad.yaml has").contains("currency: is missing");
    }

    @Test
    void aVersionThatIsWorseIsRefusedUntilItsNoticeIsKept() throws IOException {
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            Path first = file("first.yaml", ShippedProgrammes.text("happy-hour") + "notice_days: 30\n");
            assertThat(server.type("programme", "publish", first.toString()).code())
                    .isZero();
            String worse = Files.readString(first).replace("value: 2", "value: 1.5");
            Path second = file("second.yaml", worse);

            assertThat(server.type("programme", "diff", second.toString()).out())
                    .contains("1 part becomes worse for members.");
            Terminal refused = server.type("programme", "publish", second.toString());
            assertThat(refused.code()).isEqualTo(Assidu.FAILED);
            String earliest = LocalDate.now(ZoneId.of("Europe/Paris"))
                    .plusDays(30)
                    .toString()
                    .substring(0, 8);
            assertThat(refused.out())
                    .contains("effective_from: is worse for members (bonuses happy-hour)")
                    .contains("write " + earliest);

            Path third = file("third.yaml", worse.replace("2020-01-01", "2099-01-01"));
            assertThat(server.type("programme", "publish", third.toString()).code())
                    .isZero();
            assertThat(server.type("programme", "diff", "1", "2").out())
                    .contains("Takes effect on 1 January 2099.")
                    .contains("Changed, bonus happy-hour");
            Terminal unknown = server.type("programme", "diff", "1", "9");
            assertThat(unknown.code()).isNotZero();
            assertThat(unknown.err()).contains("version 9 of 2");
        }
    }

    /** A Tuesday, at noon in Paris; 12.50 of grocery. */
    private static final String RECEIPT = """
            {"identity": {"store": "S001", "till": "1", "number": 1}, "soldAtMillis": 1790071200000, "currency": "EUR",
             "lines": [{"sku": "100001", "quantityThousandths": 2000, "amountMinor": 1250, "category": "grocery/sweet",
                        "brand": "Assidu"}]}
            """;

    @Test
    void aReceiptIsTriedForTheMemberThatIsSupposed() throws IOException {
        Path receipt = file("receipt.json", RECEIPT);
        Path gold = file("gold.yaml", ShippedProgrammes.text("double-points-day"));
        Path prices = file("prices.yaml", ShippedProgrammes.text("member-price"));
        Path money = file("money.yaml", ShippedProgrammes.text("cagnotte"));
        Path birthday = file("birthday.yaml", ShippedProgrammes.text("birthday"));
        Path club = file("club.yaml", ShippedProgrammes.text("club"));
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            assertThat(simulate(server, gold, receipt).out())
                    .contains("accrued: 12.5 points")
                    .doesNotContain("gold-tuesday");
            assertThat(simulate(server, gold, receipt, "--tier", "gold").out())
                    .contains("accrued: 25 points")
                    .contains("  base: 12.5 points into points")
                    .contains("  gold-tuesday: 12.5 points into points");
            assertThat(simulate(server, prices, receipt).out()).contains("  own-brand: 125 minor units off");
            assertThat(simulate(server, money, receipt).out())
                    .contains("  one-percent: 12.5 minor units into cagnotte")
                    .contains("  own-brand: 62.5 minor units into cagnotte");
            assertThat(simulate(server, birthday, receipt, "--birthday", "09-24")
                            .out())
                    .contains("accrued: 25 points");
            assertThat(simulate(server, birthday, receipt, "--birthday", "09-26")
                            .out())
                    .contains("accrued: 12.5 points");
            assertThat(simulate(server, club, receipt, "--club", "wine", "--tag", "vip")
                            .code())
                    .isZero();
            Terminal unknown = simulate(server, gold, receipt, "--tier", "platinum");
            assertThat(unknown.code()).isNotZero();
            assertThat(unknown.err()).contains("\"platinum\" is no tier of the programme; there are gold");
        }
    }

    private static Terminal simulate(RunningServer server, Path programme, Path receipt, String... supposed) {
        List<String> command = new ArrayList<>(
                List.of("programme", "simulate", programme.toString(), "--receipt", receipt.toString()));
        command.addAll(List.of(supposed));
        return server.type(command.toArray(String[]::new));
    }

    @Test
    void objectivesAreReadFromTheExport() throws Exception {
        Path export = folder.resolve("export");
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("objectives", folder);
            assertThat(server.type("export", "--out", export.toString()).code()).isZero();
        }
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery(
                        "select document->>'$.objectives[3].metric', document->>'$.objectives[3].target',"
                                + " json_keys(document, '$.objectives[3]')::varchar,"
                                + " (document->>'$.objectives[3].first_day')::date || '',"
                                + " json_type(document, '$.objectives[3].target') from read_parquet('"
                                + export + "/programme_versions/*.parquet')")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("COST_CEILING");
            assertThat(row.getString(2)).isEqualTo("250000");
            // What the report of goals reads, by these names.
            assertThat(row.getString(3)).isEqualTo("[first_day, id, last_day, metric, target]");
            assertThat(row.getString(4)).isEqualTo("2026-01-01");
            assertThat(row.getString(5)).isEqualTo("UBIGINT");
        }
    }

    @Test
    void closingPublishesTheLastDaysAndKeepsTheText() throws IOException {
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("points", folder);
            String[] close = {"programme", "close", "--last-earn", "2099-06-30", "--last-burn", "2099-12-31"};

            Terminal tried = server.type(
                    "programme", "close", "--last-earn", "2099-06-30", "--last-burn", "2099-12-31", "--dry-run");
            assertThat(tried.out()).contains("You can earn until 30 June 2099.");
            assertThat(server.type("programme", "list").out().lines()).hasSize(1);

            Terminal closed = server.type(close);
            assertThat(closed.code()).as(closed.err()).isZero();
            assertThat(closed.out()).contains("published points version 2").contains("New, end of use");
            assertThat(server.type("programme", "get").out())
                    .contains("# A points programme")
                    .contains("last_earn_day: \"2099-06-30\"")
                    .contains("last_burn_day: \"2099-12-31\"");

            Terminal refused =
                    server.type("programme", "close", "--last-earn", "2099-06-30", "--last-burn", "2099-01-31");
            assertThat(refused.code()).isNotZero();
            assertThat(refused.out() + refused.err()).contains("is before last_earn_day");
        }
    }
}
