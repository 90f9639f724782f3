package org.assidu.accrual.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.programme.WorseForMembers;
import org.junit.jupiter.api.Test;

class ProgrammeDifferenceTest {
    private static final String OLD = """
            format: 1
            id: points
            name: {en: Points, fr: Points}
            effective_from: 2026-01-01
            time_zone: Europe/Paris
            currency: EUR
            earning: {points: 1}
            bonuses:
              - {id: tuesday, name: {en: Tuesday, fr: Mardi}, award: {kind: MULTIPLIER, value: 3}, when: {weekdays: [TUESDAY]}, limits: {budget: 1000}}
              - {id: fruit, name: {en: Fruit, fr: Fruits}, award: {kind: FIXED_POINTS, value: 10}, when: {categories: [fruit]}}
            acts: [{id: welcome, act: WELCOME, points: 50}]
            """;

    private static final String NEXT = OLD.replace("2026-01-01", "2026-04-01")
                    .replace("value: 3", "value: 2")
                    .replace("budget: 1000", "budget: 2000")
                    .replace("points: 50", "points: 60")
                    .replaceAll("(?m)^  - \\{id: fruit.*\n", "")
            + "objectives: [{id: o, metric: COST_CEILING, target: 100, first_day: 2026-04-01, last_day: 2026-04-30}]\n";

    private static ProgrammeDocument read(String text) {
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        assertThat(parsed.problems()).isEmpty();
        return parsed.document();
    }

    private static String difference(String old, String next, String language) {
        ProgrammeDocument before = read(old);
        ProgrammeDocument after = read(next);
        return ProgrammeDifference.describe(before, after, WorseForMembers.parts(before, after), language);
    }

    @Test
    void changesAreSaidInWordsAndWhatIsWorseIsMarked() {
        assertThat(difference(OLD, NEXT, "en")).isEqualTo("""
                        Takes effect on 1 April 2026.
                        Changed, bonus tuesday: (worse for members)
                          - Tuesday: your points are multiplied by 3 on Tuesdays.
                          - Budget: 1000 points.
                          + Tuesday: your points are multiplied by 2 on Tuesdays.
                          + Budget: 2000 points.
                        Changed, act welcome:
                          - For joining you receive 50 points.
                          + For joining you receive 60 points.
                        New, objective o:
                          + Objective: a cost of at most 100 EUR, from 1 April 2026 to 30 April 2026.
                        No longer, bonus fruit: (worse for members)
                          - Fruit: you earn 10 points when you buy articles in the category fruit.
                        2 parts become worse for members.
                        """);
        assertThat(difference(OLD, NEXT, "fr")).isEqualTo("""
                        Prend effet le 1er avril 2026.
                        Modifié, bonus tuesday : (moins favorable aux membres)
                          - Mardi : vos points sont multipliés par 3 le mardi.
                          - Budget : 1000 points.
                          + Mardi : vos points sont multipliés par 2 le mardi.
                          + Budget : 2000 points.
                        Modifié, acte welcome :
                          - Pour votre adhésion vous recevez 50 points.
                          + Pour votre adhésion vous recevez 60 points.
                        Nouveau, objectif o :
                          + Objectif : un coût d'au plus 100 EUR, du 1er avril 2026 au 30 avril 2026.
                        Supprimé, bonus fruit : (moins favorable aux membres)
                          - Fruits : vous gagnez 10 points quand vous achetez des articles du rayon fruit.
                        2 parties deviennent moins favorables aux membres.
                        """);
    }

    @Test
    void nothingIsSaidOfWhatStaysAsItWas() {
        assertThat(difference(OLD, OLD, "en"))
                .isEqualTo("Takes effect on 1 January 2026.\nNothing changes.\nNothing becomes worse for members.\n");
        assertThat(difference(OLD, OLD.replace("fr: Mardi", "fr: Mardis"), "en"))
                .contains("Only details change");
    }

    @Test
    void theRulesOfTheFrameAreCompared() {
        String next = OLD + """
                purse: {validity: {length: 12, unit: MONTHS}}
                largest_amount: 500.5
                open_receipt_timeout_minutes: 60
                accepted_window: {ahead_minutes: 5}
                desk: {adjustment_limit: 500}
                last_earn_day: 2027-06-30
                """;
        assertThat(difference(OLD, next, "en"))
                .contains("Changed, the points purse: (worse for members)\n  + Points expire 12 months")
                .contains("+ Largest amount of a line or receipt: 500.50 EUR.")
                .contains("+ An open receipt is given up after 60 minutes.")
                .contains("+ A till's clock may be 5 minutes ahead.")
                .contains("+ The desk credits or debits up to 500 points at once")
                .contains("New, end of earning: (worse for members)")
                .endsWith("3 parts become worse for members.\n");
    }
}
