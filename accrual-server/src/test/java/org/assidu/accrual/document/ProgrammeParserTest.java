package org.assidu.accrual.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.TenderKind;
import org.junit.jupiter.api.Test;

class ProgrammeParserTest {
    private static final String SMALLEST = """
            format: 1
            id: points
            effective_from: 2026-01-01
            time_zone: Europe/Paris
            currency: EUR
            earning: {points: 1}
            """;

    @Test
    void fiveMistakesGetFiveMessagesWithTheirLines() {
        String text = """
                format: 1
                id: points
                effective_from: 2026-13-01
                time_zone: Europe/Pari
                currency: EUR
                purse:
                  roundng: CARRY
                earning:
                  basis: AMOUNT
                  points: 1
                  per: 3.00
                threshold_rewards:
                  - id: ten-percent
                    measure: POINTS
                    reaches: many
                    reward: {kind: PERCENTAGE_OFF, value: 10}
                """;

        assertThat(ProgrammeParser.parse(text).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "3:17 effective_from: \"2026-13-01\" is no date; write a day such as 2026-01-01, or a time such"
                                + " as 2026-01-01T06:00",
                        "4:12 time_zone: \"Europe/Pari\" is no time zone; write an IANA name such as Europe/Paris",
                        "7:3 purse.roundng: is no key here; did you mean rounding?",
                        "10:11 earning.points: with per: 3.00 is not a whole number of micropoints per minor unit of"
                                + " currency; nearest: 0.3333 or 0.3334 (with per: 1)",
                        "15:14 threshold_rewards[0].reaches: is \"many\"; write a number such as 1 or 0.5");
        assertThat(ProgrammeParser.parse(text).document()).isNull();
    }

    /** {@code what replaces the line that begins alike, or is added | place, path and message}. */
    private static final String PROBLEMS = """
            id: Points                            | 2:5 id: "Points" is no id
            id: [a]                               | 2:5 id: is a list; write a text
            id:                                   | 2:4 id: is missing; write a short id such as points
            format: 2                             | 1:9 format: is a format this version does not read; write 1
            currency: EURO                        | 5:11 currency: "EURO" is no ISO 4217 currency
            currency: XYZ                         | 5:11 currency: "XYZ" is no ISO 4217 currency
            colour: red                           | 7:1 colour: is no key here; the keys are
            numbering: daily                      | 7:12 numbering: is "daily"; write one of CONTINUOUS, DAILY, perhaps DAILY
            return_window_days: -1                | 7:21 return_window_days: is -1; write a whole number from 0 to 36500
            return_window_days: a year            | 7:21 return_window_days: is "a year"; write a whole number
            return_window_days: 99999999999       | 7:21 return_window_days: is "99999999999"; write a whole number
            largest_amount: 0.001                 | 7:17 largest_amount: is 0.001; write an amount with at most 2 decimals
            largest_amount: 0                     | 7:17 largest_amount: is 0 minor units; write an amount from 1
            largest_amount: 1000000000000000      | 7:17 largest_amount: is 100000000000000000 minor units
            accepted_window: 45                   | 7:18 accepted_window: is "45"; write keys and values below it
            accepted_window: {past_days: 5000}    | 7:30 accepted_window.past_days: is 5000; write a whole number from 0 to 3650
            earning: {points: "1"}                | 6:19 earning.points: is a text; write 1 without quotes
            earning: {points: 0}                  | 6:19 earning.points: is 0; write more than 0
            earning: {points: 0.00005}            | 6:19 earning.points: is not a whole number of micropoints per minor unit of currency; nearest: 0.0001 (with per: 1)
            earning: {points: 1, points: 2}       | 6:22 earning.points: is written twice, first on line 6; remove one
            earning: {basis: VISIT}               | 6:10 earning.points: is missing; write how many points
            earning: {basis: VISIT, pionts: 1}    | 6:25 earning.pionts: is no key here; did you mean points?
            earning: {basis: VISIT, points: 1, per: 1} | 6:41 earning.per: is an amount of currency, for basis AMOUNT; remove it
            earning: {basis: VISIT, points: 0.0000001} | 6:33 earning.points: is not a whole number of micropoints per visit; nearest: 0.000001
            earning: {basis: VISIT, points: 1, exclude: {tenders: [CASH]}} | 6:55 earning.exclude.tenders: tenders reduce amounts, and VISIT counts none
            earning: {points: 100000000}          | 6:19 earning.points: one receipt could earn more than 2^61 micropoints; write at most 461.1686, or a smaller largest_amount
            earning: {points: 1, exclude: {tenders: [CASH, GOLD]}} | 6:48 earning.exclude.tenders[1]: is "GOLD"; write one of CASH, BANK_CARD
            earning: {points: 1, exclude: {categories: [a, a]}} | 6:48 earning.exclude.categories[1]: "a" is listed twice; remove one
            earning: {points: 1, promoted_articles_earn: yes} | 6:46 earning.promoted_articles_earn: is "yes"; write true or false
            cards: [{from: 2990000000001, to: 2999999999991}] | 7:16 cards[0].from: 2990000000001 has check digit 1; write 2990000000002
            cards: [{from: 2999999999991, to: 2990000000002}] | 7:35 cards[0].to: 2990000000002 is below from = 2999999999991; exchange them
            cards: [{from: 299, to: 2999999999991}] | 7:16 cards[0].from: 0000000000299 has check digit 9; write 0000000000291
            cards: [{from: 2990000000002, to: 2999999999991}, {from: 2990000000002, to: 2990000000002}] | 7:51 cards[1]: overlaps cards[0]
            """;

    @Test
    void eachProblemSaysWhereItIsAndWhatToWriteInstead() {
        PROBLEMS.lines().forEach(row -> {
            String[] cells = row.split("\\|");
            List<Problem> problems =
                    ProgrammeParser.parse(with(cells[0].trim())).problems();
            assertThat(problems.toString()).as(row).startsWith("[" + cells[1].trim());
            assertThat(problems).as(row).hasSize(1);
        });
    }

    private static String with(String line) {
        String key = line.substring(0, line.indexOf(':') + 1);
        String replaced = SMALLEST.replaceAll("(?m)^" + key + ".*$", line);
        return replaced.equals(SMALLEST) ? SMALLEST + line + "\n" : replaced;
    }

    @Test
    void rewardsAreCheckedFieldByField() {
        String text = SMALLEST + """
                threshold_rewards:
                  - {id: base, measure: VISITS, reaches: 1.5, reward: {kind: FIXED_AMOUNT, value: 0.001}}
                  - {measure: SPEND, reaches: 0, reward: {kind: FREE_ARTICLE, value: 3}}
                  - {id: c, measure: ARTICLES, reaches: 1, reward: {kind: PERCENTAGE_OFF, value: 120, sku: X}}
                  - {id: c, measure: ARTICLES, reaches: 1, category: "", reward: {kind: GIFT_VOUCHER}}
                """;

        assertThat(ProgrammeParser.parse(text).problems())
                .extracting(problem -> problem.line() + " " + problem.path())
                .containsExactly(
                        "8 threshold_rewards[0].id",
                        "8 threshold_rewards[0].reaches",
                        "8 threshold_rewards[0].reward.value",
                        "9 threshold_rewards[1].id",
                        "9 threshold_rewards[1].reaches",
                        "9 threshold_rewards[1].reward.sku",
                        "9 threshold_rewards[1].reward.value",
                        "10 threshold_rewards[2].reward.value",
                        "10 threshold_rewards[2].reward.sku",
                        "11 threshold_rewards[3].id",
                        "11 threshold_rewards[3].category",
                        "11 threshold_rewards[3].reward.value");
    }

    @Test
    void textsThatAreNoProgrammeAreRefusedInOneMessage() {
        assertThat(problem("")).startsWith("1:1 is no programme");
        assertThat(problem("- a\n- b\n")).startsWith("1:1 is no programme");
        assertThat(problem("id: [a\n")).contains("is not YAML or JSON").contains("correct this place first");
        assertThat(problem("a: &x [1]\nb: *x\n")).startsWith("2:4 aliases are not read");
        assertThat(problem("id: a\n---\nid: b\n")).startsWith("2:1 a second document starts here");
        assertThat(problem("[".repeat(100_000))).contains("is nested deeper than 12 levels");
        assertThat(problem("id: \"" + "a".repeat(262_144) + "\""))
                .contains("the text has 262150 bytes; a programme has at most 262144");
        assertThat(problem("id: \u0000")).contains("is not YAML or JSON");
    }

    private static String problem(String text) {
        return ProgrammeParser.parse(text).problems().get(0).toString();
    }

    @Test
    void defaultsAreFilledIn() {
        ProgrammeDocument document = ProgrammeParser.parse(SMALLEST).document();

        assertThat(document).isNotNull();
        assertThat(ProgrammeParser.parse(SMALLEST).canonicalText())
                .isEqualTo(
                        "{\"accepted_window\":{\"ahead_minutes\":10,\"past_days\":45},\"cards\":[],\"currency\":\"EUR\","
                                + "\"earning\":{\"basis\":\"AMOUNT\",\"exclude\":{\"categories\":[],\"stores\":[],\"tenders\":[]},"
                                + "\"per\":1,\"points\":1,\"promoted_articles_earn\":true,\"tax\":\"INCLUDED\","
                                + "\"weighed_goods\":\"PER_LINE\"},\"effective_from\":\"2025-12-31T23:00:00Z\",\"format\":1,"
                                + "\"id\":\"points\",\"largest_amount\":1000000,\"name\":{\"en\":\"points\",\"fr\":\"points\"},"
                                + "\"numbering\":\"CONTINUOUS\",\"open_receipt_timeout_minutes\":240,\"purse\":{\"id\":\"points\","
                                + "\"negative\":\"ALLOW\",\"rounding\":\"CARRY\"},\"return_window_days\":365,"
                                + "\"threshold_rewards\":[],\"time_zone\":\"Europe/Paris\"}");
    }

    @Test
    void layoutOrderAndSyntaxDoNotChangeTheHash() {
        String json = """
                {"currency": "EUR", "earning": {"per": 2.00, "points": 2, "basis": "AMOUNT"}, "id": "points",
                 "time_zone": "Europe/Paris", "effective_from": "2026-01-01T00:00", "format": 1}
                """;

        assertThat(ProgrammeParser.parse(json).problems()).isEmpty();
        assertThat(ProgrammeParser.parse(json).sha256())
                .hasSize(64)
                .isEqualTo(ProgrammeParser.parse(SMALLEST).sha256())
                .isNotEqualTo(ProgrammeParser.parse(SMALLEST.replace("points: 1", "points: 2"))
                        .sha256());
    }

    @Test
    void theCanonicalTextReadsAsTheSameDocument() throws IOException {
        for (String name : new String[] {"points", "online-retail"}) {
            ParsedProgramme parsed = ProgrammeParser.parse(resource(name));
            ParsedProgramme again = ProgrammeParser.parse(parsed.canonicalText());

            assertThat(parsed.problems()).isEmpty();
            assertThat(again.document()).isEqualTo(parsed.document());
            assertThat(again.canonicalText()).isEqualTo(parsed.canonicalText());
        }
        String odd =
                SMALLEST.replace("currency: EUR", "currency: JPY\nname: {en: \"a \\\"b\\\" \\\\ \\t\\u2028 é😀\"}");
        ParsedProgramme parsed = ProgrammeParser.parse(odd);
        assertThat(parsed.problems()).isEmpty();
        assertThat(ProgrammeParser.parse(parsed.canonicalText()).document()).isEqualTo(parsed.document());
    }

    @Test
    void theProgrammesThatComeWithTheServerSayWhatTheyShould() throws IOException {
        ProgrammeDocument points = ProgrammeParser.parse(resource("points")).document();
        ProgrammeDocument retail =
                ProgrammeParser.parse(resource("online-retail")).document();

        assertThat(points.thresholdRewards()).singleElement().satisfies(reward -> {
            assertThat(reward.reaches()).isEqualByComparingTo("300");
            assertThat(reward.value()).isEqualByComparingTo(BigDecimal.TEN);
        });
        assertThat(points.earning().excludedTenders()).containsExactly(TenderKind.LOYALTY_REWARD);
        assertThat(retail.currency()).isEqualTo("GBP");
        assertThat(Instant.ofEpochMilli(retail.effectiveFromMillis())).isEqualTo("2010-01-01T00:00:00Z");
        assertThat(retail.cards())
                .containsExactly(new ProgrammeDocument.CardRange(2990000000002L, 2999999999991L, true));
    }

    @Test
    void aCheckedTextIsCompiledUnderTheVersionAskedFor() {
        ProgrammeCheck check = ProgrammeCheck.check(SMALLEST, 7);

        assertThat(check.problems()).isEmpty();
        assertThat(check.programme()).isNotNull();
        assertThat(check.programme().version()).isEqualTo(7);
        assertThat(ProgrammeCheck.problemsOf(SMALLEST.replace("EUR", "eur"))).hasSize(1);
    }

    static String resource(String name) throws IOException {
        try (InputStream in = ProgrammeParser.class.getResourceAsStream("/programmes/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
