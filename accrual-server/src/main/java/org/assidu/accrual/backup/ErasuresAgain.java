package org.assidu.accrual.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.model.PrivacyEvent;

/**
 * Erasures that the restored journal does not know, in a file of a data directory: the next start records and does them before
 * it serves, and then deletes the file. A line is a member key and why it is erased.
 */
public final class ErasuresAgain {
    static final String FILE_NAME = "erasures-again.txt";

    /** A member to erase. */
    public record Erasure(long memberKey, PrivacyEvent.Action why) {}

    private ErasuresAgain() {}

    static void write(Path data, List<PrivacyEvent> erasures) throws IOException {
        StringBuilder text = new StringBuilder();
        for (PrivacyEvent erasure : erasures) {
            text.append(String.format("%016x %s%n", erasure.memberKey(), erasure.action()));
        }
        FileCopies.write(data.resolve(FILE_NAME), text.toString());
    }

    /** Those of a data directory; empty = none. @throws BackupException when the file cannot be understood */
    public static List<Erasure> read(Path data) throws IOException {
        Path file = data.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Erasure> erasures = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split(" ", 2);
            try {
                erasures.add(new Erasure(
                        Long.parseUnsignedLong(words[0], 16), PrivacyEvent.Action.valueOf(words[words.length - 1])));
            } catch (IllegalArgumentException e) {
                throw new BackupException(
                        file + " has a line \"" + line
                                + "\", expected a member key and ERASURE or RETENTION_ERASURE: mend it; these members must be erased",
                        e);
            }
        }
        return erasures;
    }

    /** When all of them are done. */
    public static void done(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(FILE_NAME));
        FileCopies.forceFolder(data);
    }
}
