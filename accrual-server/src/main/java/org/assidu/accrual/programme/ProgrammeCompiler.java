package org.assidu.accrual.programme;

import java.util.List;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.model.PublishedProgramme;
import org.jspecify.annotations.Nullable;

/** Turns a programme document into integers that price receipts, or says everything that is wrong with it. */
public final class ProgrammeCompiler {
    private ProgrammeCompiler() {}

    /**
     * What came of compiling.
     *
     * @param programme null when there are problems
     * @param problems with paths, without lines
     */
    public record Compilation(@Nullable Programme programme, List<Problem> problems) {}

    /** @param version number the programme has or would have, from 1 */
    public static Compilation compile(int version, ProgrammeDocument document) {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalStateException when a published document does not compile: it was compiled before publication */
    public static Programme compile(PublishedProgramme published) {
        Compilation compilation = compile(published.version(), published.document());
        if (compilation.programme() == null) {
            throw new IllegalStateException("programme version " + published.version() + " (sha256 "
                    + published.sha256() + ") does not compile: " + compilation.problems());
        }
        return compilation.programme();
    }
}
