package org.assidu.accrual.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assidu.accrual.directory.DirectoryCopy;
import org.assidu.accrual.journal.DocumentStore;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalExtent;
import org.jspecify.annotations.Nullable;

/**
 * A backup of the directory, whole each time, in a folder apart from the journal's. Only the newest copy stays: an older one holds
 * people who were erased since.
 */
public final class DirectoryBackup {
    private static final String COPY = "directory-";

    /** Puts the directory's files into an empty folder. */
    @FunctionalInterface
    public interface Copier {
        void copyTo(Path folder) throws IOException;
    }

    private DirectoryBackup() {}

    /**
     * Backs up.
     *
     * @param journal of the same server: tells the position from which on erasures have to be done again
     */
    public static Manifest run(
            DocumentStore store, Path journal, Path target, Copier copier, JournalEnvironment environment)
            throws IOException {
        try (TargetFolder folder = TargetFolder.open(target)) {
            Manifest before = Manifest.read(target);
            if (before != null) {
                before = Manifest.require(target, Manifest.DIRECTORY);
            }
            long position = JournalExtent.promised(store, journal, environment).position();
            String name = String.format(Locale.ROOT, "%s%06d", COPY, number(before) + 1);
            Path copy = folder.folder().resolve(name);
            delete(copy);
            FileCopies.createFolder(copy);
            copier.copyTo(copy.toAbsolutePath().normalize());
            FileCopies.forceFolder(copy);
            List<Manifest.Entry> files = new ArrayList<>();
            for (String file : DirectoryCopy.FILES) {
                Path path = copy.resolve(file);
                long bytes = Files.size(path);
                files.add(new Manifest.Entry(name + "/" + file, bytes, FileCopies.sha256(path, bytes)));
            }
            Manifest manifest = new Manifest(
                    Manifest.DIRECTORY, environment.epochMillis().getAsLong(), position, "", List.of(), files);
            manifest.write(target);
            removeOthers(target, name);
            return manifest;
        }
    }

    private static int number(@Nullable Manifest before) {
        return before == null ? 0 : Integer.parseInt(folder(before).substring(COPY.length()));
    }

    /** Where in the backup the newest copy is. */
    static String folder(Manifest manifest) {
        String path = manifest.files().get(0).path();
        return path.substring(0, path.indexOf('/'));
    }

    private static void removeOthers(Path target, String kept) throws IOException {
        List<Path> others;
        try (Stream<Path> all = Files.list(target)) {
            others = all.filter(path -> path.getFileName().toString().startsWith(COPY)
                            && !path.getFileName().toString().equals(kept))
                    .toList();
        }
        for (Path other : others) {
            delete(other);
        }
    }

    private static void delete(Path folder) throws IOException {
        for (Path file : FileCopies.files(folder)) {
            Files.delete(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }
}
