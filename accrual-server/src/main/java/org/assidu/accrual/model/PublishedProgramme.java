package org.assidu.accrual.model;

/**
 * A programme version as the journal holds it: the canonical document whole, so that the journal is self-sufficient.
 *
 * @param version from 1 in order of publication
 * @param sha256 of the canonical text, hexadecimal
 * @param canonicalText canonical JSON
 * @param sourceText what the owner sent
 * @param document the parsed text
 */
public record PublishedProgramme(
        int version, String sha256, String canonicalText, String sourceText, ProgrammeDocument document) {}
