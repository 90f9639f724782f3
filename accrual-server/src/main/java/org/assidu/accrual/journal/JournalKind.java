package org.assidu.accrual.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which implementation a data directory was written by, as its marker file says. */
public enum JournalKind {
    CHRONICLE,
    FILE;

    static final String MARKER = "journal.kind";
    private static final String PREFIX = "assidu-journal 1 ";

    /**
     * The kind of the journal in {@code directory}.
     *
     * @throws JournalException when there is none
     */
    public static JournalKind detect(Path directory) {
        JournalKind kind = find(directory);
        if (kind == null) {
            throw new JournalException("no journal in " + directory + ": " + MARKER
                    + " is missing. Check the path, or start a server on it to create one");
        }
        return kind;
    }

    /** As {@link #detect}, but null where there is no journal. */
    public static @Nullable JournalKind find(Path directory) {
        String text;
        try {
            text = Files.readString(directory.resolve(MARKER));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (JournalKind kind : values()) {
            if (text.equals(kind.marker())) {
                return kind;
            }
        }
        throw new JournalException(directory.resolve(MARKER) + " says \"" + text.strip() + "\"; this version knows \""
                + CHRONICLE.marker().strip() + "\" and \"" + FILE.marker().strip()
                + "\". Use the version that wrote it, or restore the file from a backup");
    }

    String marker() {
        return PREFIX + name().toLowerCase(Locale.ROOT) + "\n";
    }
}
