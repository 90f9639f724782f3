package org.assidu.accrual.document;

import org.assidu.accrual.model.ProgrammeDocument;
import org.assidu.accrual.programme.ProgrammeCompiler;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * Reads a programme text, YAML or JSON, and reports every problem at once: a document with problems of its own is compiled
 * all the same, so that a wrong type on one line does not hide a wrong rate on another.
 */
public final class ProgrammeParser {
    private ProgrammeParser() {}

    /** Never throws for a bad text: whatever is wrong with it, its rules included, is among the problems. */
    public static ParsedProgramme parse(String text) {
        ProblemLog log = new ProblemLog();
        MappingNode root = YamlText.read(text, log);
        ProgrammeDocument document = root == null ? null : ProgrammeReader.read(root, log);
        if (document != null) {
            log.addUnlessKnown(ProgrammeCompiler.compile(1, document).problems());
        }
        if (document == null || !log.isEmpty()) {
            return new ParsedProgramme(null, log.sorted(), "", "", log.marks());
        }
        String canonical = Canonical.text(document);
        return new ParsedProgramme(document, log.sorted(), canonical, Canonical.sha256(canonical), log.marks());
    }
}
