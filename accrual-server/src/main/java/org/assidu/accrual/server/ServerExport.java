package org.assidu.accrual.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.assidu.accrual.admin.ExportRun;
import org.assidu.accrual.export.ExportConfig;
import org.assidu.accrual.export.ExportReport;
import org.assidu.accrual.export.ExportSecret;
import org.assidu.accrual.export.JournalExport;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalReader;

/** Exports of a running server: its own reader beside the appender, up to what is durable. */
final class ServerExport implements ExportRun {
    private final Journal journal;
    private final DataDirectory data;
    private final OptionalLong seed;

    /** @param seed for comparable runs only: makes exported member keys reproducible */
    ServerExport(Journal journal, DataDirectory data, OptionalLong seed) {
        this.journal = journal;
        this.data = data;
        this.seed = seed;
    }

    @Override
    public long run(Path directory, long upTo, Progress progress) throws IOException {
        ExportSecret secret = ExportSecret.ofDataDirectory(data.root(), seed);
        JournalExport export = new JournalExport(ExportConfig.of(directory, ExportConfig.ANALYTICS), secret);
        try (JournalReader reader = journal.newReader()) {
            ExportReport report = export.run(reader, upTo, (position, target) -> progress.at(position, 0));
            return report.saleLines() + report.receipts() + report.movements() + report.members();
        }
    }
}
