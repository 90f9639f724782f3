package org.assidu.accrual.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.model.ProgrammeDocument;
import org.junit.jupiter.api.Test;

class MechanicsDescriptionTest {
    /** The programme to which each line of descriptions.txt is added, in place of its own line of that key. */
    private static final String COMMON = """
            format: 1
            id: points
            effective_from: 2026-01-01
            time_zone: Europe/Paris
            currency: EUR
            earning: {points: 1}
            money_purses: [{id: cagnotte}]
            threshold_rewards: [{id: gift, measure: VISITS, reaches: 10, reward: {kind: FREE_ARTICLE, sku: X1}}]
            tiers: {measure: SPEND, window: CALENDAR_YEAR, levels: [{id: silver, name: {en: Silver, fr: Argent}, reaches: 500}, {id: gold, name: {en: Gold, fr: Or}, reaches: 2000}]}
            clubs: [{id: wine, name: {en: Wine, fr: Vin}}]
            """;

    private static ProgrammeDocument read(String text) {
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        assertThat(parsed.problems()).as(text).isEmpty();
        return parsed.document();
    }

    /** Each block: a line of a programme, and what it makes the description say more, in both languages. */
    @Test
    void eachMechanicIsDescribedInBothLanguages() throws IOException {
        int blocks = 0;
        for (String block : resource("descriptions.txt").split("\n\n")) {
            String[] lines = block.split("\n");
            assertThat(said(lines[0]))
                    .as(lines[0])
                    .isEqualTo(Arrays.asList(lines).subList(1, lines.length));
            blocks++;
        }
        assertThat(blocks).isEqualTo(57);
    }

    private static List<String> said(String line) {
        String key = line.substring(0, line.indexOf(':') + 1);
        ProgrammeDocument plain = read(COMMON);
        ProgrammeDocument document = read(COMMON.replaceAll("(?m)^" + key + ".*\n", "") + line + "\n");
        List<String> said = new ArrayList<>();
        for (String language : List.of("en", "fr")) {
            List<String> known =
                    ProgrammeDescription.describe(plain, language).lines().toList();
            ProgrammeDescription.describe(document, language)
                    .lines()
                    .filter(sentence -> !known.contains(sentence))
                    .forEach(sentence -> said.add(language + " " + sentence));
        }
        return said;
    }

    @Test
    void bothLanguagesHaveEveryPhraseWithTheSameBlanks() {
        Phrases english = Phrases.english();
        Phrases french = Phrases.french();

        assertThat(new TreeSet<>(french.keys())).isEqualTo(new TreeSet<>(english.keys()));
        Object[] blanks = {"<0>", "<1>", "<2>"};
        for (String key : english.keys()) {
            assertThat(blanks(french.say(key, blanks))).as(key).isEqualTo(blanks(english.say(key, blanks)));
        }
    }

    private static TreeSet<String> blanks(String said) {
        TreeSet<String> found = new TreeSet<>();
        for (String blank : List.of("<0>", "<1>", "<2>")) {
            if (said.contains(blank)) {
                found.add(blank);
            }
        }
        return found;
    }

    @Test
    void englishCountsOneAloneAndFrenchAllBelowTwo() {
        assertThat(List.of("0.5", "1", "1.5", "2", "2000").stream()
                        .map(number -> Phrases.english().points(new BigDecimal(number))))
                .containsExactly("0.5 points", "1 point", "1.5 points", "2 points", "2000 points");
        assertThat(List.of("0.5", "1", "1.5", "2", "2000").stream()
                        .map(number -> Phrases.french().points(new BigDecimal(number))))
                .containsExactly("0,5 point", "1 point", "1,5 point", "2 points", "2000 points");
    }

    @Test
    void englishOrdinalsEndAsTheyAreSpoken() {
        assertThat(List.of(1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111, 112).stream()
                        .map(number -> Phrases.english().ordinal(number)))
                .containsExactly(
                        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "101st", "111th",
                        "112th");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MechanicsDescriptionTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
