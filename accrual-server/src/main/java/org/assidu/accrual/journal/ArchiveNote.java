package org.assidu.accrual.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What is left in a generation's folder, beside its seal, when its files were moved to an archive: where they are. */
final class ArchiveNote {
    static final String FILE_NAME = "generation.archived";
    private static final String TITLE = "assidu-archived 1";

    private ArchiveNote() {}

    /** The folder that a generation's files were moved to; null when they are where they always were. */
    static @Nullable Path read(Path generation) {
        Path note = generation.resolve(FILE_NAME);
        String text;
        try {
            text = new String(Files.readAllBytes(note), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + note + ": " + e.getMessage(), e);
        }
        int last = text.lastIndexOf("crc32c ");
        String body = last < 0 ? "" : text.substring(0, last);
        if (!body.startsWith(TITLE + "\n") || !text.equals(body + "crc32c " + checksum(body) + "\n")) {
            throw new JournalException(
                    note + " is damaged, so it is not known where that generation's files are. Write it"
                            + " anew with `assidu archive --data DIR --to ARCHIVE`");
        }
        return Path.of(body.substring(TITLE.length() + 1).strip());
    }

    static void write(Path generation, Path where) throws IOException {
        String body = TITLE + "\n" + where.toAbsolutePath().normalize() + "\n";
        JournalDirectory.writeAtomically(generation.resolve(FILE_NAME), body + "crc32c " + checksum(body) + "\n");
    }

    /**
     * Where a generation's files are.
     *
     * @throws JournalException when they were moved to a place that is not there
     */
    static Path contents(Path generation) {
        Path moved = read(generation);
        if (moved == null) {
            return generation;
        }
        if (!Files.isDirectory(moved)) {
            throw new JournalException(
                    "generation " + generation.getFileName() + " of journal " + generation.getParent()
                            + " is archived at " + moved
                            + ", which is not there. Mount it; or where the archive was moved, say where"
                            + " to with `assidu archive --data DIR --to ARCHIVE`, or read it with `assidu verify --archive ARCHIVE`");
        }
        return moved;
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
