package org.assidu.accrual.text;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.ProgrammeDocument;

/** The rules of a programme in plain words, made from the document itself. */
public final class ProgrammeDescription {
    private ProgrammeDescription() {}

    /**
     * Plain sentences, one a line.
     *
     * @param language {@code en} or {@code fr}; anything else reads as English
     */
    public static String describe(ProgrammeDocument document, String language) {
        ProgrammeWords words = language.equals("fr") ? new FrenchProgrammeWords() : new EnglishProgrammeWords();
        List<String> sentences = new ArrayList<>();
        sentences.add(words.title(document));
        sentences.add(words.earning(document));
        sentences.addAll(words.exclusions(document));
        sentences.add(words.rounding(document.purse().rounding()));
        document.thresholdRewards().forEach(reward -> sentences.addAll(words.reward(document, reward)));
        sentences.add(words.returns(document));
        sentences.add(words.negative(document.purse().negative()));
        sentences.add(words.window(document));
        document.cards().forEach(range -> sentences.add(words.cards(range)));
        return String.join("\n", sentences) + "\n";
    }
}
