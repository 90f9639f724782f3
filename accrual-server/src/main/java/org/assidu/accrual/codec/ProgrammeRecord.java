package org.assidu.accrual.codec;

import java.util.List;

/**
 * A published programme version as the journal holds it. Whoever needs the document parses {@code canonicalText}; the other
 * components say what readers without a parser need to understand outcomes.
 *
 * @param version from 1 in order of publication
 * @param sha256 of the canonical text, hexadecimal
 * @param canonicalText canonical JSON
 * @param sourceText what the owner sent
 * @param programmeId stable id of the programme
 * @param effectiveFromMillis start of validity
 * @param timeZone IANA zone in which days, months and hours are counted
 * @param currency ISO 4217
 * @param ruleIds id of every rule of this version, by rule index as in {@code OutcomeColumns.movementRule}
 * @param purseIds id of every purse known to the engine once this version is published, by purse slot as in {@code
 *     OutcomeColumns.movementPurse}
 */
public record ProgrammeRecord(
        int version,
        String sha256,
        String canonicalText,
        String sourceText,
        String programmeId,
        long effectiveFromMillis,
        String timeZone,
        String currency,
        List<String> ruleIds,
        List<String> purseIds) {
    public ProgrammeRecord {
        ruleIds = List.copyOf(ruleIds);
        purseIds = List.copyOf(purseIds);
    }
}
