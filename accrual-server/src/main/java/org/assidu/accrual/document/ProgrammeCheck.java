package org.assidu.accrual.document;

import java.util.List;
import org.assidu.accrual.model.Problem;
import org.assidu.accrual.programme.Programme;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.jspecify.annotations.Nullable;

/**
 * The whole check of a programme text: it is read, then compiled, and every problem carries its line.
 *
 * @param parsed the text as read
 * @param programme compiled under the version asked for; null when there are problems
 * @param problems of reading and of compiling, in order of their place
 */
public record ProgrammeCheck(
        ParsedProgramme parsed, @Nullable Programme programme, List<Problem> problems) {
    /** @param version number the programme would be published under, from 1 */
    public static ProgrammeCheck check(String text, int version) {
        ParsedProgramme parsed = ProgrammeParser.parse(text);
        if (parsed.document() == null) {
            return new ProgrammeCheck(parsed, null, parsed.problems());
        }
        ProgrammeCompiler.Compilation compiled = ProgrammeCompiler.compile(version, parsed.document());
        List<Problem> problems =
                compiled.problems().stream().map(parsed::locate).toList();
        return new ProgrammeCheck(parsed, compiled.programme(), problems);
    }

    /** Every problem of a text; empty when it may be published. */
    public static List<Problem> problemsOf(String text) {
        return check(text, 1).problems();
    }
}
