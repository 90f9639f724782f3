package org.assidu.accrual.server;

import java.io.IOException;
import java.nio.file.Path;
import org.assidu.accrual.journal.DocumentStore;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalFiles;
import org.assidu.accrual.journal.JournalKind;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.JournalReport;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.chronicle.ChronicleJournal;
import org.assidu.accrual.journal.file.FileJournal;
import org.jspecify.annotations.Nullable;

/** What lies where in a server's data directory. */
public record DataDirectory(Path root) {

    /** The records. */
    public Path journal() {
        return root.resolve("journal");
    }

    /** Identifiers and the member keys they stand for; of this one, and its secret, keep a copy apart. */
    public Path directory() {
        return root.resolve("directory");
    }

    /** How far each forwarder of events is. */
    public Path forwarders() {
        return root.resolve("forwarders");
    }

    /** Signed statements of what the journal holds. */
    public Path seals() {
        return root.resolve("seals");
    }

    /** The state at some positions, from which a start goes on. */
    public Path snapshots() {
        return root.resolve("snapshots");
    }

    /** How far the background reading of the journal is. */
    public Path scrubState() {
        return root.resolve("scrub.state");
    }

    /** Host, port and process of the running server. */
    public Path serverFile() {
        return root.resolve("server.json");
    }

    /** @throws org.assidu.accrual.journal.JournalLockedException when another server has it: the message names the process */
    public void requireUnused() throws IOException {
        JournalFiles.requireUnused(journal());
    }

    /** Opens or creates the journal for writing. @param kind null = the kind that is there, or CHRONICLE in a new one */
    Journal openJournal(
            @Nullable JournalKind kind,
            JournalConfig config,
            RecoveryProgress progress,
            JournalEnvironment environment) {
        JournalKind found = JournalKind.find(journal());
        JournalKind wanted = kind != null ? kind : found != null ? found : JournalKind.CHRONICLE;
        return switch (wanted) {
            case CHRONICLE -> ChronicleJournal.open(journal(), config, progress, environment);
            case FILE -> FileJournal.open(journal(), config, progress, environment);
        };
    }

    /** How the journal's files are laid out. @throws org.assidu.accrual.journal.JournalException when there is none */
    public DocumentStore documentStore() {
        return switch (JournalKind.detect(journal())) {
            case CHRONICLE -> ChronicleJournal.store();
            case FILE -> FileJournal.store();
        };
    }

    /** A reader of the journal, also beside a running server. */
    public JournalReader openReadOnly() {
        return openReadOnly(null);
    }

    /** As above. @param archive folder of an archive, to read archived generations from there; null = where they are said to be */
    public JournalReader openReadOnly(@Nullable Path archive) {
        return JournalFiles.openReadOnly(documentStore(), journal(), archive);
    }

    /** The last position that answers were given up to, also of a running server. */
    public long acknowledgedPosition() throws IOException {
        return JournalFiles.acknowledgedPosition(journal());
    }

    /** Reads every byte of the journal and says what it found; changes nothing. */
    public JournalReport verifyStructure(RecoveryProgress progress) {
        return verifyStructure(null, progress);
    }

    /** As above. @param archive as of {@link #openReadOnly(Path)} */
    public JournalReport verifyStructure(@Nullable Path archive, RecoveryProgress progress) {
        return JournalFiles.verify(documentStore(), journal(), archive, progress, JournalEnvironment.system());
    }
}
