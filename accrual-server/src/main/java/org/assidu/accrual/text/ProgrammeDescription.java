package org.assidu.accrual.text;

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
        throw new UnsupportedOperationException();
    }
}
