package org.assidu.accrual.backup;

/**
 * Which generations may leave.
 *
 * @param kept so many of the newest that have ended stay
 * @param endedBeforeMillis only those that ended before this moment leave
 */
public record ArchiveChoice(int kept, long endedBeforeMillis) {

    public static ArchiveChoice keep(int generations) {
        return new ArchiveChoice(generations, Long.MAX_VALUE);
    }

    public static ArchiveChoice endedBefore(long epochMillis) {
        return new ArchiveChoice(0, epochMillis);
    }
}
