package org.assidu.accrual.engine;

import org.assidu.accrual.document.ParsedProgramme;
import org.assidu.accrual.document.ProgrammeParser;
import org.assidu.accrual.model.PublishedProgramme;

/** Programmes for tests, as their owners would write them. */
final class TestProgrammes {
    private TestProgrammes() {}

    private static final String HEADER = """
            format: 1
            id: points
            effective_from: 2026-01-01
            time_zone: Europe/Paris
            currency: EUR
            """;

    /** Worked example T of the specification. */
    static final String T = """
            earning: {basis: AMOUNT, points: 1, promoted_articles_earn: false}
            threshold_rewards:
              - id: ten-percent
                measure: POINTS
                reaches: 300
                reward: {kind: PERCENTAGE_OFF, value: 10}
                auto_apply: true
                reward_receipts_earn: %s
            """;

    static PublishedProgramme published(String rest) {
        return published(1, rest);
    }

    static PublishedProgramme published(int version, String rest) {
        String text = HEADER;
        for (String line : HEADER.split("\n")) {
            String key = line.substring(0, line.indexOf(':') + 1);
            if (rest.startsWith(key) || rest.contains("\n" + key)) {
                text = text.replace(line + "\n", "");
            }
        }
        text += rest;
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        if (parsed.document() == null) {
            throw new IllegalArgumentException(parsed.problems() + "\n" + text);
        }
        return new PublishedProgramme(version, parsed.sha256(), parsed.canonicalText(), text, parsed.document());
    }

    /** The basis alone, such as {@code basis: AMOUNT, points: 1}. */
    static PublishedProgramme earning(String earning) {
        return published("earning: {" + earning + "}\n");
    }
}
