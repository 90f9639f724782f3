package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What another programme would have given, asked of a journal that a server has written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WhatIfCommandTest {
    @TempDir
    private static Path folder;

    private String liveHash = "";
    private Terminal besideTheServer;

    @BeforeAll
    void aServerTakesTheSalesOfAChain() throws IOException {
        try (RunningServer server = new RunningServer(folder.resolve("data"))) {
            server.publish("whole", folder);
            Terminal generated =
                    server.type("generate", "--members", "150", "--days", "120", "--stores", "3", "--seed", "5");
            assertThat(generated.code()).as(generated.err()).isZero();
            besideTheServer = whatIf("@history");
            liveHash = server.type("status", "--json").json("stateHash");
        }
    }

    private Terminal whatIf(String programme, String... more) {
        String[] command = new String[5 + more.length];
        System.arraycopy(
                new String[] {"what-if", "--data", folder.resolve("data").toString(), "--programme", programme},
                0,
                command,
                0,
                5);
        System.arraycopy(more, 0, command, 5, more.length);
        return Terminal.type(command);
    }

    private Path edited(String name, String old, String now) throws IOException {
        String text = Files.readString(folder.resolve("whole.yaml"));
        assertThat(text).contains(old);
        return Files.writeString(folder.resolve(name), text.replaceFirst(old, now));
    }

    private JsonNode json(String programme, String... more) throws IOException {
        Path file = folder.resolve("what-if.json");
        String[] options = java.util.Arrays.copyOf(more, more.length + 2);
        options[more.length] = "--json";
        options[more.length + 1] = file.toString();
        Terminal asked = whatIf(programme, options);
        assertThat(asked.code()).as(asked.out() + asked.err()).isZero();
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void theHistoryAgainIsTheSameAlsoBesideTheServerThatWritesIt() throws IOException {
        assertThat(besideTheServer.code())
                .as(besideTheServer.out() + besideTheServer.err())
                .isZero();
        assertThat(besideTheServer.out()).contains("Nothing differs, and the state is the same: ");
        JsonNode json = json("@history");
        assertThat(json.path("same_state").asBoolean()).isTrue();
        assertThat(json.path("nothing_changed").asBoolean()).isTrue();
        assertThat(json.path("state_hash_after").asText()).isEqualTo(liveHash);
        assertThat(json.path("stretch").path("receipts").asLong()).isGreaterThan(500);
        assertThat(json.path("purses")
                        .path(0)
                        .path("given_micro")
                        .path("before")
                        .asLong())
                .isPositive();
    }

    @Test
    void aHigherRateIsSeenInPointsMoneyAndMembers() throws IOException {
        Path file = edited("double.yaml", "points: 1\n", "points: 2\n");
        JsonNode json = json(file.toString());
        JsonNode base = null;
        for (JsonNode rule : json.path("rules")) {
            base = rule.path("rule").asText().equals("base") ? rule.path("given_micro") : base;
        }
        assertThat(base).isNotNull();
        assertThat(base.path("after").asLong())
                .isCloseTo(2 * base.path("before").asLong(), org.assertj.core.api.Assertions.within(10_000L));
        assertThat(json.path("members").path("better").asLong()).isPositive();
        assertThat(json.path("members").path("worse").asLong()).isZero();
        assertThat(json.path("liability_minor").path("total").path("difference").asLong())
                .isPositive();
        long stores = 0;
        for (JsonNode store : json.path("stores")) {
            stores += store.path("given_micro").path("difference").asLong();
        }
        long purses = 0;
        for (JsonNode purse : json.path("purses")) {
            purses += purse.path("given_micro").path("difference").asLong();
        }
        assertThat(stores).isEqualTo(purses);
    }

    @Test
    void theReportIsAPageInEitherLanguageThatEscapesWhatItShows() throws IOException {
        Path file = edited("named.yaml", "points: 1\n", "points: 3\n");
        Path page = folder.resolve("what-if.html");
        Terminal asked = whatIf(file.toString(), "--lang", "fr", "--html", page.toString());
        assertThat(asked.code()).as(asked.out() + asked.err()).isZero();
        assertThat(asked.out())
                .contains("Le changement des comportements n'est pas modélisé")
                .contains("Gagnants et perdants par magasin")
                .contains("détenu à la fin");
        String html = Files.readString(page);
        assertThat(html)
                .startsWith("<!doctype html>")
                .contains("<html lang=\"fr\">")
                .contains("Par règle")
                .contains("</html>")
                .doesNotContain("http");
        WhatIfPage.write(
                new WhatIfView(
                        "en",
                        "<script>",
                        java.util.List.of("a & b"),
                        java.util.List.of(new WhatIfView.Section(
                                "t", "", 1, java.util.List.of("h"), java.util.List.of(java.util.List.of("<b>")))),
                        java.util.List.of()),
                page);
        assertThat(Files.readString(page))
                .contains("&lt;script&gt;")
                .contains("a &amp; b")
                .contains("&lt;b&gt;")
                .doesNotContain("<b>");
    }

    @Test
    void mistakesAreToldInOneLine() throws IOException {
        Path file = edited("broken.yaml", "points: 1\n", "points: many\n");
        Terminal asked = whatIf(file.toString());
        assertThat(asked.code()).isEqualTo(Assidu.FAILED);
        assertThat(asked.err()).contains("earning.points");
        assertThat(whatIf("@history", "--lang", "de").err()).contains("en or fr");
    }
}
