package org.assidu.accrual.export;

import java.io.IOException;
import org.assidu.accrual.journal.JournalReader;

/**
 * Exports a journal into a folder of Parquet tables, resumably and exactly once: run again it goes on where the folder's
 * checkpoint ends, and with nothing new it touches no file.
 */
public final class JournalExport {
    private final ExportConfig config;
    private final ExportSecret secret;

    public JournalExport(ExportConfig config, ExportSecret secret) {
        this.config = config;
        this.secret = secret;
    }

    /**
     * Exports everything up to a position. It reads the journal through the reader only, so it runs beside a server as well
     * as on a stopped one's journal.
     *
     * @param limit last position to export: durable, and present in the journal
     * @throws ExportException when the folder holds something else or the journal does not fit; says what to do
     */
    public ExportReport run(JournalReader reader, long limit, ExportProgress progress) throws IOException {
        MemberRekeying rekeying = new MemberRekeying(secret, config.purpose());
        try (ExportFolder folder = ExportFolder.open(config, rekeying.keyCheck());
                ExportRun run = new ExportRun(config, folder, rekeying, reader, progress)) {
            return run.to(limit);
        }
    }
}
