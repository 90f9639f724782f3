package org.assidu.accrual.backup;

import java.util.List;

/**
 * What a restore brought back.
 *
 * @param position of the journal
 * @param chainHead hash of the batch that ends there, in hex
 * @param madeAt when the backup was made
 * @param bytes written
 * @param notes what is not there, what the next start does, and what an operator has to do
 */
public record RestoreReport(long position, String chainHead, String madeAt, long bytes, List<String> notes) {

    public RestoreReport {
        notes = List.copyOf(notes);
    }
}
