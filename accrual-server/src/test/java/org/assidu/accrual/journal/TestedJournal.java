package org.assidu.accrual.journal;

import java.nio.file.Path;

/** One implementation, as the contract tests see it. */
public interface TestedJournal {

    DocumentFraming framing();

    Journal open(Path directory, JournalConfig config, RecoveryProgress progress, JournalEnvironment environment);

    JournalReader openReadOnly(Path directory);

    JournalReport verify(Path directory, JournalEnvironment environment);
}
