package org.assidu.accrual.document;

/** Reads a programme text, YAML or JSON, and reports every problem at once. */
public final class ProgrammeParser {
    private ProgrammeParser() {}

    /** Never throws for a bad text: whatever is wrong with it is among the problems. */
    public static ParsedProgramme parse(String text) {
        throw new UnsupportedOperationException();
    }
}
