package org.assidu.accrual.text;

import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.ProgrammeDocument;

/** The rules of a programme in plain words, made from the document itself. */
public final class ProgrammeDescription {
    private ProgrammeDescription() {}

    /**
     * Plain sentences for members, one a line.
     *
     * @param language {@code en} or {@code fr}; anything else reads as English
     */
    public static String describe(ProgrammeDocument document, String language) {
        boolean french = language.equals("fr");
        List<String> sentences = new ArrayList<>();
        sentences.add(ProgrammeSentences.title(document, french));
        ProgrammeSentences.of(document, french).forEach(part -> sentences.addAll(part.members()));
        return String.join("\n", sentences) + "\n";
    }
}
