package org.assidu.accrual.document;

import java.util.List;
import java.util.Map;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.model.ProgrammeDocument;
import org.jspecify.annotations.Nullable;

/**
 * A programme text after reading it: the document, or every problem it has.
 *
 * @param document null when there are problems
 * @param problems in order of their place
 * @param canonicalText canonical JSON (sorted keys, defaults filled in); empty when there are problems
 * @param sha256 of the canonical text's UTF-8 bytes, hexadecimal; empty when there are problems
 * @param marks where each path is in the text
 */
public record ParsedProgramme(
        @Nullable ProgrammeDocument document,
        List<Problem> problems,
        String canonicalText,
        String sha256,
        Map<String, Mark> marks) {

    /** A place in the text, both from 1. */
    public record Mark(int line, int column) {}

    /** The problem with the place of its path, or of the nearest enclosing path that the text has. */
    public Problem locate(Problem problem) {
        if (problem.line() != 0) {
            return problem;
        }
        String path = problem.path();
        while (true) {
            Mark mark = marks.get(path);
            if (mark != null) {
                return new Problem(mark.line(), mark.column(), problem.path(), problem.message());
            }
            if (path.isEmpty()) {
                return problem;
            }
            int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
            path = path.substring(0, Math.max(end, 0));
        }
    }
}
