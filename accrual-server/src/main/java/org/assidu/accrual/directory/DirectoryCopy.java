package org.assidu.accrual.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.h2.mvstore.MVStore;

/**
 * Copies of a directory's files: identifiers as keyed hashes, personal data encrypted, and its keys as the master key wraps them.
 * The secrets in plain, {@code secret.hex} and {@code master.hex}, are never among them: a copy that somebody takes then tells
 * them nothing.
 */
public final class DirectoryCopy {
    /** Files of a copy. */
    public static final List<String> FILES =
            List.of(DirectoryStore.FILE_NAME, ForcedMark.FILE_NAME, PersonalStore.FILE_NAME, MemberKeyFile.FILE_NAME);

    private DirectoryCopy() {}

    /** Copies an open directory into an empty folder; who writes to it waits meanwhile. @return people in the copy */
    public static long ofOpen(MemberDirectory directory, PersonalStore people, Path folder) throws IOException {
        // Identifiers first: whoever has personal data is then either known or erased.
        people.copyTo(folder);
        directory.copyTo(folder);
        return check(folder);
    }

    /**
     * Copies the directory of a stopped server into an empty folder.
     *
     * @throws DirectoryException when it is in use
     */
    public static long ofClosed(Path source, Path folder) throws IOException {
        Path links = source.resolve(DirectoryStore.FILE_NAME);
        Path personal = source.resolve(PersonalStore.FILE_NAME);
        try (MVStore identifiers = StoreFiles.openReadOnly(links);
                MVStore people = StoreFiles.openReadOnly(personal)) {
            StoreFiles.copy(people, folder.resolve(PersonalStore.FILE_NAME));
            Files.copy(
                    source.resolve(MemberKeyFile.FILE_NAME),
                    folder.resolve(MemberKeyFile.FILE_NAME),
                    StandardCopyOption.COPY_ATTRIBUTES);
            StoreFiles.copy(identifiers, folder.resolve(DirectoryStore.FILE_NAME));
        }
        DirectoryStore.mark(folder);
        return check(folder);
    }

    /**
     * Reads a copy to its end.
     *
     * @return people of whom something is known
     * @throws DirectoryException when it does not read as it was written
     */
    public static long check(Path folder) {
        DirectoryStore.check(folder);
        return PersonalStore.check(folder);
    }
}
