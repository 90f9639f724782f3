package org.assidu.accrual.table;

/**
 * One published version.
 *
 * @param document canonical JSON
 */
public record ProgrammeVersionRow(
        int version,
        String programmeId,
        String sha256,
        long effectiveFromMillis,
        long publishedAtMillis,
        String timeZone,
        String currency,
        String document,
        long position) {}
