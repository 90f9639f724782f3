package org.assidu.accrual.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a server said once is what its journal says of that moment, for ever. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PastCommandsTest {
    @TempDir
    private static Path folder;

    private String position = "";
    private String memberKey = "";
    private String shown = "";
    private String stated = "";
    private String hash = "";
    private String outstanding = "";
    private String lastHash = "";
    private String receipt = "";

    @BeforeAll
    void aServerTellsOfAMemberAndThenTakesMoreSales() throws IOException {
        try (RunningServer server = new RunningServer(data())) {
            server.publish("whole", folder);
            server.type("generate", "--members", "40", "--days", "60", "--stores", "2", "--seed", "5");
            Terminal status = server.type("status", "--json");
            position = status.json("appliedPosition");
            hash = status.json("stateHash");
            outstanding = status.json("outstandingMicro");
            String row = Terminal.type("dump", "--data", data().toString())
                    .out()
                    .lines()
                    .filter(line -> line.contains(" RECEIPT ") && line.contains("ACCRUED,"))
                    .max(Comparator.comparingInt(line -> line.contains("AUTO_ENROLLED") ? 0 : 1))
                    .orElseThrow();
            memberKey = row.replaceFirst(".* member ([0-9a-f]{16}) .*", "$1");
            receipt = row.replaceFirst(".* store (\\S+) till (\\S+) series \\d+ number (\\d+) .*", "$1 $2 $3");
            shown = server.type("member", "show", "--key", memberKey).out();
            stated = server.type("member", "statement", "--key", memberKey, "--limit", "500")
                    .out();
            server.type("generate", "--members", "40", "--days", "90", "--stores", "2", "--seed", "5");
            assertThat(server.type("member", "show", "--key", memberKey).out()).isNotEqualTo(shown);
            assertThat(past("liability", "--as-of-position", position).out())
                    .as("beside the server")
                    .contains(hash);
            lastHash = server.type("status", "--json").json("stateHash");
        }
    }

    private static Path data() {
        return folder.resolve("data");
    }

    private static Terminal past(String... command) {
        String[] typed = java.util.Arrays.copyOf(command, command.length + 2);
        typed[command.length] = "--data";
        typed[command.length + 1] = data().toString();
        Terminal answer = Terminal.type(typed);
        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        return answer;
    }

    @Test
    void aMemberAndTheirStatementAreAsTheyWereTold() {
        String asOf = "as of position " + position + ", on ";
        String then = past("member", "show", "--key", memberKey, "--as-of-position", position)
                .out();
        assertThat(then).startsWith(asOf).contains("  level silver");
        // What is missing to the next level was told as of the clock, which is far beyond these sales.
        assertThat(withoutLevel(then)).endsWith(withoutLevel(shown));
        assertThat(past("member", "statement", "--key", memberKey, "--limit", "500", "--as-of-position", position)
                        .out())
                .startsWith(asOf)
                .endsWith(stated);
        assertThat(past("member", "show", "--key", memberKey).out())
                .as("as of the end")
                .doesNotEndWith(shown);
    }

    private static String withoutLevel(String text) {
        return text.replaceFirst("(?m)^  level .*\\n", "");
    }

    @Test
    void theLiabilityIsThatOfTheServerThenAndNow() {
        Terminal then = past("liability", "--json", "--as-of-position", position);
        assertThat(then.json("state_hash")).isEqualTo(hash);
        assertThat(then.json("outstanding_micro")).isEqualTo(outstanding);
        assertThat(then.json("balanced")).isEqualTo("true");
        assertThat(past("liability", "--json").json("state_hash")).isEqualTo(lastHash);
        String day = then.json("day");
        Terminal onThatDay = past("liability", "--json", "--as-of", day);
        assertThat(onThatDay.json("day")).isEqualTo(day);
        Terminal before = past(
                "liability",
                "--json",
                "--as-of",
                LocalDate.parse(day).minusDays(30).toString());
        assertThat(Long.parseLong(before.json("position"))).isLessThan(Long.parseLong(position));
        assertThat(Long.parseLong(before.json("issued_micro"))).isLessThan(Long.parseLong(then.json("issued_micro")));
    }

    @Test
    void aReceiptIsExplainedWithoutAServer() {
        String[] words = receipt.split(" ");
        Terminal explained = past(
                "member",
                "explain",
                "--store",
                words[0],
                "--till",
                words[1],
                "--number",
                words[2],
                "--as-of-position",
                position);
        assertThat(explained.out())
                .contains("receipt " + words[2] + ": accrued")
                .contains("points by rule base");
    }

    @Test
    void theDirectoryIsReadWithoutTouchingIt() throws IOException {
        String before = files();
        Terminal nobody = Terminal.type("member", "show", "--phone", "+33612345678", "--data", data().toString());
        assertThat(nobody.code()).isEqualTo(Assidu.FAILED);
        assertThat(nobody.err()).contains("nobody has this identifier");
        assertThat(files()).isEqualTo(before);
    }

    private static String files() throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
            StringBuilder text = new StringBuilder();
            for (Path file : all) {
                text.append(file)
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            }
            return text.toString();
        }
    }

    @Test
    void thePastIsAskedForProperly() {
        Terminal noData = Terminal.type("member", "show", "--key", memberKey, "--as-of", "2025-01-01");
        assertThat(noData.err()).contains("give --data DIR");
        Terminal future = Terminal.type("liability", "--as-of", "2999-01-01", "--data", data().toString());
        assertThat(future.err()).contains("still to come");
        Terminal beyond = Terminal.type("liability", "--as-of-position", "99999999", "--data", data().toString());
        assertThat(beyond.err()).contains("the journal ends at");
    }
}
