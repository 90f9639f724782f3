package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.file.Path;

/** How one implementation lays a generation's documents out in files. */
public interface DocumentStore {

    JournalKind kind();

    DocumentFraming framing();

    /** Starts writing into {@code directory}, which is new and empty. */
    DocumentWriter create(Path directory, JournalConfig config, JournalEnvironment environment) throws IOException;
}
