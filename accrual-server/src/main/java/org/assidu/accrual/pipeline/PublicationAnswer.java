package org.assidu.accrual.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A programme version published, or the reasons why not.
 *
 * @param version null when there are problems; the newest version again when the very same document is already in force
 * @param problems what the compiler or the versions before it object to
 */
public record PublicationAnswer(@Nullable ProgrammeVersion version, List<RuleProblem> problems, long position) {

    /** A problem of the document's content. */
    public record RuleProblem(String path, String message) {}
}
