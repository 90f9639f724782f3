package org.assidu.accrual.journal;

import java.nio.file.Path;

/**
 * Where a journal stops reading as it was written.
 *
 * @param offset the byte in {@code file} at which the damaged document starts
 * @param position the first position that is lost
 * @param nextStep what the operator does now
 */
public record JournalDamage(Path file, long offset, long position, String problem, String nextStep) {

    /** The damage and the way out of it, in one line. */
    public String message() {
        return "journal damaged at position=" + position + ", file " + file + " offset=" + offset + ": " + problem
                + ". " + nextStep;
    }
}
