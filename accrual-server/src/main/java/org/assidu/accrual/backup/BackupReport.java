package org.assidu.accrual.backup;

import java.util.List;

/**
 * What a run copied.
 *
 * @param position up to which the journal is in the backup now
 * @param chainHead hash of the batch that ends there, in hex
 * @param generations of the journal
 * @param filesCopied files written, as a whole or their newer part
 * @param filesKept files that were there from an earlier run
 * @param bytesCopied bytes written
 * @param bytes of the whole backup
 * @param notes what an operator should know besides
 */
public record BackupReport(
        long position,
        String chainHead,
        int generations,
        int filesCopied,
        int filesKept,
        long bytesCopied,
        long bytes,
        List<String> notes) {

    public BackupReport {
        notes = List.copyOf(notes);
    }
}
