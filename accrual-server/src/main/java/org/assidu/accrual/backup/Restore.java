package org.assidu.accrual.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.assidu.accrual.directory.DirectoryCopy;
import org.assidu.accrual.journal.DocumentStore;
import org.assidu.accrual.journal.GenerationExtent;
import org.assidu.accrual.journal.JournalDamagedException;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalExtent;
import org.assidu.accrual.journal.JournalReader;
import org.assidu.accrual.journal.RecoveryProgress;
import org.jspecify.annotations.Nullable;

/**
 * Makes a data directory of backups. Everything is verified in the backup first, every file by its SHA-256 and the journal by its
 * chain; then it is put together in a folder beside the new one, which appears under its name when it is whole.
 */
public final class Restore {
    private static final String UNFINISHED = ".restoring";

    private final DocumentStore store;
    private final Path from;
    private final Path data;
    private final JournalEnvironment environment;
    private final Function<Path, JournalReader> readers;
    private final List<String> notes = new ArrayList<>();
    private long bytes;

    private Restore(
            DocumentStore store,
            Path from,
            Path data,
            JournalEnvironment environment,
            Function<Path, JournalReader> readers) {
        this.store = store;
        this.from = from;
        this.data = data;
        this.environment = environment;
        this.readers = readers;
    }

    /**
     * Restores.
     *
     * @param from backup of a journal
     * @param directoryFrom backup of a directory; null = none
     * @param data new folder, or an empty one
     * @param erasuresFrom a data directory whose journal, as far as it can be read, holds erasures that the backup does not; null =
     *     none
     * @param readers open the journal of a data directory without a lock
     * @throws BackupException when a backup is not as it was written, or the folder is in use; nothing is written then
     */
    public static RestoreReport run(
            DocumentStore store,
            Path from,
            @Nullable Path directoryFrom,
            Path data,
            @Nullable Path erasuresFrom,
            JournalEnvironment environment,
            Function<Path, JournalReader> readers)
            throws IOException {
        return new Restore(store, from, data, environment, readers).run(directoryFrom, erasuresFrom);
    }

    private RestoreReport run(@Nullable Path directoryFrom, @Nullable Path erasuresFrom) throws IOException {
        if (!FileCopies.isVacant(data)) {
            throw new BackupException(data + " is not empty: move it away, or give a folder that is not there yet");
        }
        Path draft = data.toAbsolutePath().normalize().resolveSibling(data.getFileName() + UNFINISHED);
        if (Files.exists(draft)) {
            throw new BackupException(draft + " is left from a restore that did not end: delete it and restore again");
        }
        Manifest journal = verified(from, Manifest.JOURNAL);
        JournalExtent extent = verifiedChain(journal);
        Manifest directory = directoryFrom == null ? null : verified(directoryFrom, Manifest.DIRECTORY);
        FileCopies.createFolder(draft);
        for (Manifest.Entry file : journal.files()) {
            copy(from.resolve(file.path()), draft.resolve(file.path()), file.bytes());
        }
        extent.complete(store, draft.resolve(JournalBackup.JOURNAL), environment);
        if (directory != null && directoryFrom != null) {
            copyDirectory(directory, directoryFrom, draft);
        }
        tellOfPeople(draft, journal, directory);
        if (erasuresFrom != null) {
            takeErasures(erasuresFrom, journal.position(), draft);
        }
        Files.deleteIfExists(data);
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
        FileCopies.forceFolder(
                Objects.requireNonNull(data.toAbsolutePath().normalize().getParent(), "a folder lies in a folder"));
        return new RestoreReport(journal.position(), journal.chainHead(), journal.madeAt(), bytes, notes);
    }

    private static Manifest verified(Path folder, String holds) throws IOException {
        Manifest manifest = Manifest.require(folder, holds);
        List<String> problems = manifest.problems(folder);
        if (!problems.isEmpty()) {
            throw new BackupException(
                    "the backup in " + folder + " is not as it was written: "
                            + String.join("; ", problems)
                            + ". Nothing was restored: bring these files back from a copy of the backup, or use another backup");
        }
        return manifest;
    }

    private JournalExtent verifiedChain(Manifest manifest) {
        JournalExtent extent;
        try {
            extent = new JournalExtent(manifest.generations());
        } catch (IllegalArgumentException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
        for (GenerationExtent generation : extent.generations()) {
            String problem = generation.problem(store, from.resolve(JournalBackup.JOURNAL), RecoveryProgress.silent());
            if (problem != null) {
                throw broken("generation " + generation.number() + ", " + problem);
            }
        }
        if (extent.position() != manifest.position() || !extent.chainHead().equals(manifest.chainHead())) {
            throw broken(
                    "it ends at position=" + extent.position() + ", its manifest says position=" + manifest.position());
        }
        return extent;
    }

    private BackupException broken(String problem) {
        return new BackupException("the journal in the backup " + from + " does not hang together: " + problem
                + ". Nothing was restored: use another backup");
    }

    private void copyDirectory(Manifest directory, Path directoryFrom, Path draft) throws IOException {
        String folder = DirectoryBackup.folder(directory);
        for (Manifest.Entry file : directory.files()) {
            String name = file.path().substring(folder.length() + 1);
            copy(directoryFrom.resolve(file.path()), draft.resolve("directory").resolve(name), file.bytes());
        }
        DirectoryCopy.check(draft.resolve("directory"));
    }

    private void copy(Path source, Path target, long length) throws IOException {
        FileCopies.createFolder(target.resolveSibling(""));
        FileCopies.copy(source, target, 0, length);
        FileCopies.forceFolder(target.resolveSibling(""));
        bytes += length;
    }

    private void tellOfPeople(Path draft, Manifest journal, @Nullable Manifest directory) {
        if (directory == null) {
            notes.add(
                    "not there: the directory. No card, phone or e-mail is known, and enrolled anew each would be another"
                            + " member: restore again with --directory DIR before you serve, unless that is meant");
            return;
        }
        notes.add("not there: secret.hex and master.hex, which are in no backup. Put secret.hex into "
                + data.resolve("directory")
                + " and give the master key to serve (--master-key-file FILE, or master.hex in the same folder)");
        if (directory.position() >= journal.position()) {
            return;
        }
        try (JournalReader reader = readers.apply(draft)) {
            MemberRecords since = MemberRecords.behind(directory.position(), reader);
            notes.add("the directory is as it was at position " + directory.position() + ", " + directory.madeAt());
            if (!since.erasures().isEmpty()) {
                notes.add(since.erasures().size()
                        + " erasures are newer than it; the next start does them again before it serves");
            }
            if (since.enrolments() > 0) {
                notes.add(
                        since.enrolments() + " enrolments are newer than it: their cards are not known; link them with"
                                + " `assidu member link` when they come");
            }
        }
    }

    private void takeErasures(Path erasuresFrom, long position, Path draft) throws IOException {
        try (JournalReader reader = readers.apply(erasuresFrom)) {
            MemberRecords lost = MemberRecords.behind(position, reader);
            if (!lost.erasures().isEmpty()) {
                ErasuresAgain.write(draft, lost.erasures());
            }
            notes.add(lost.erasures().size() + " erasures are in " + erasuresFrom + " behind position " + position
                    + ", read up to position " + lost.readTo()
                    + (lost.erasures().isEmpty() ? "" : "; the next start records and does them before it serves"));
            if (lost.damage() != null) {
                notes.add("erasures behind that cannot be read and must be done by hand: " + lost.damage());
            }
        } catch (JournalDamagedException e) {
            notes.add("no erasures could be taken from " + erasuresFrom + "; do them by hand: " + e.getMessage());
        }
    }
}
