package org.assidu.accrual.journal.file;

import java.nio.file.Path;
import org.assidu.accrual.journal.DocumentFraming;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.JournalReport;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.TestedJournal;

public final class TestedFileJournal implements TestedJournal {
    @Override
    public DocumentFraming framing() {
        return new PlainFraming();
    }

    @Override
    public Journal open(
            Path directory, JournalConfig config, RecoveryProgress progress, JournalEnvironment environment) {
        return FileJournal.open(directory, config, progress, environment);
    }

    @Override
    public JournalReader openReadOnly(Path directory) {
        return FileJournal.openReadOnly(directory);
    }

    @Override
    public JournalReport verify(Path directory, JournalEnvironment environment) {
        return FileJournal.verify(directory, RecoveryProgress.silent(), environment);
    }
}
