package org.assidu.accrual.backup;

import java.util.List;

/**
 * What a run archived.
 *
 * @param generations whose files were moved
 * @param bytes of them
 * @param archivedTo last position that is in the archive now
 * @param notes why the next generation stays, and what else an operator should know
 */
public record ArchiveReport(List<Integer> generations, long bytes, long archivedTo, List<String> notes) {

    public ArchiveReport {
        generations = List.copyOf(generations);
        notes = List.copyOf(notes);
    }
}
