package org.assidu.accrual.journal.chronicle;

import java.nio.file.Path;
import org.assidu.accrual.journal.DocumentFraming;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.JournalReport;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.TestedJournal;

public final class TestedChronicleJournal implements TestedJournal {
    @Override
    public DocumentFraming framing() {
        return new Cq4Framing();
    }

    @Override
    public Journal open(
            Path directory, JournalConfig config, RecoveryProgress progress, JournalEnvironment environment) {
        return ChronicleJournal.open(directory, config, progress, environment);
    }

    @Override
    public JournalReader openReadOnly(Path directory) {
        return ChronicleJournal.openReadOnly(directory);
    }

    @Override
    public JournalReport verify(Path directory, JournalEnvironment environment) {
        return ChronicleJournal.verify(directory, RecoveryProgress.silent(), environment);
    }
}
