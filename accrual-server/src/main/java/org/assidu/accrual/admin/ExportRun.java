package org.assidu.accrual.admin;

import java.io.IOException;
import java.nio.file.Path;

/** Writes Parquet segments from the journal, off the write path; goes on where the folder's last export ended. */
@FunctionalInterface
public interface ExportRun {
    /**
     * @param upTo last position to export, durable
     * @return rows written by this run
     */
    long run(Path directory, long upTo, Progress progress) throws IOException;

    /** Told now and then how far the export has come. */
    @FunctionalInterface
    interface Progress {
        void at(long position, long rows);
    }
}
