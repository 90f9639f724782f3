package org.assidu.accrual.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.ProgrammePart;

/** What changes from one version of a programme to another, in plain words, for its owner. */
public final class ProgrammeDifference {
    private final Phrases phrases;
    private final List<ProgrammePart> worse;
    private final List<String> lines = new ArrayList<>();

    private ProgrammeDifference(Phrases phrases, List<ProgrammePart> worse) {
        this.phrases = phrases;
        this.worse = worse;
    }

    /**
     * Part by part: what is said no longer, after {@code -}, and what is said instead, after {@code +}.
     *
     * @param worse parts that are worse for members, which are marked
     * @param language {@code en} or {@code fr}; anything else reads as English
     */
    public static String describe(
            ProgrammeDocument old, ProgrammeDocument next, List<ProgrammePart> worse, String language) {
        boolean french = language.equals("fr");
        ProgrammeDifference difference = new ProgrammeDifference(french ? Phrases.french() : Phrases.english(), worse);
        difference.compare(byPart(old, french), byPart(next, french));
        return difference.text(old, next);
    }

    private static Map<ProgrammePart, List<String>> byPart(ProgrammeDocument document, boolean french) {
        Map<ProgrammePart, List<String>> byPart = new LinkedHashMap<>();
        byPart.put(ProgrammePart.of("name"), List.of(ProgrammeSentences.name(document, french)));
        ProgrammeSentences.of(document, french).forEach(part -> byPart.put(part.part(), part.all()));
        return byPart;
    }

    private void compare(Map<ProgrammePart, List<String>> old, Map<ProgrammePart, List<String>> next) {
        next.forEach((part, sentences) -> {
            List<String> before = old.get(part);
            if (before == null) {
                part("diff.new", part, List.of(), sentences);
            } else if (!before.equals(sentences) || worse.contains(part)) {
                part("diff.changed", part, without(before, sentences), without(sentences, before));
            }
        });
        old.forEach((part, sentences) -> {
            if (!next.containsKey(part)) {
                part("diff.gone", part, sentences, List.of());
            }
        });
    }

    private static List<String> without(List<String> sentences, List<String> known) {
        return sentences.stream().filter(sentence -> !known.contains(sentence)).toList();
    }

    private void part(String key, ProgrammePart part, List<String> gone, List<String> come) {
        String what = phrases.say(key, phrases.say("section." + part.section(), part.id()));
        lines.add(worse.contains(part) ? what + " " + phrases.say("diff.worse") : what);
        gone.forEach(sentence -> lines.add("  - " + sentence));
        come.forEach(sentence -> lines.add("  + " + sentence));
    }

    private String text(ProgrammeDocument old, ProgrammeDocument next) {
        List<String> text = new ArrayList<>();
        text.add(phrases.say("diff.starts", phrases.day(ProgrammeSentences.firstDay(next))));
        if (lines.isEmpty()) {
            text.add(phrases.say(isSame(old, next) ? "diff.none" : "diff.details"));
        }
        text.addAll(lines);
        text.add(worse.isEmpty() ? phrases.say("diff.worse.none") : phrases.count("diff.worse.count", worse.size()));
        return String.join("\n", text) + "\n";
    }

    /** Apart from when it takes effect. */
    private static boolean isSame(ProgrammeDocument old, ProgrammeDocument next) {
        return old.nameEn().equals(next.nameEn())
                && old.nameFr().equals(next.nameFr())
                && old.purse().equals(next.purse())
                && old.earning().equals(next.earning())
                && old.thresholdRewards().equals(next.thresholdRewards())
                && old.cards().equals(next.cards())
                && old.mechanics().equals(next.mechanics());
    }
}
