package org.assidu.accrual.journal.file;

import java.nio.file.Path;
import org.assidu.accrual.journal.DocumentFraming;
import org.assidu.accrual.journal.DocumentStore;
import org.assidu.accrual.journal.DocumentWriter;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalFiles;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.JournalReport;
import org.assidu.accrual.journal.RecoveryProgress;

/** Journals in plain files, written through {@code FileChannel}. */
public final class FileJournal {
    private static final DocumentStore STORE = new PlainStore();

    private FileJournal() {}

    /** How its files are laid out, for what reads or copies them without opening the journal. */
    public static DocumentStore store() {
        return STORE;
    }

    /** Opens or creates the journal in {@code directory} and starts a new generation. */
    public static Journal open(Path directory, JournalConfig config, RecoveryProgress progress) {
        return open(directory, config, progress, JournalEnvironment.system());
    }

    public static Journal open(
            Path directory, JournalConfig config, RecoveryProgress progress, JournalEnvironment environment) {
        return JournalFiles.open(STORE, directory, config, progress, environment);
    }

    /** See {@link JournalFiles#openReadOnly}. */
    public static JournalReader openReadOnly(Path directory) {
        return JournalFiles.openReadOnly(STORE, directory);
    }

    /** See {@link JournalFiles#verify}. */
    public static JournalReport verify(Path directory, RecoveryProgress progress) {
        return verify(directory, progress, JournalEnvironment.system());
    }

    public static JournalReport verify(Path directory, RecoveryProgress progress, JournalEnvironment environment) {
        return JournalFiles.verify(STORE, directory, progress, environment);
    }

    private static final class PlainStore implements DocumentStore {
        private final DocumentFraming framing = new PlainFraming();

        @Override
        public JournalKind kind() {
            return JournalKind.FILE;
        }

        @Override
        public DocumentFraming framing() {
            return framing;
        }

        @Override
        public DocumentWriter create(Path directory, JournalConfig config, JournalEnvironment environment) {
            return new PlainWriter(directory);
        }
    }
}
