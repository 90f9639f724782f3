package org.assidu.accrual.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assidu.accrual.journal.DocumentStore;
import org.assidu.accrual.journal.GenerationExtent;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalExtent;
import org.assidu.accrual.journal.JournalFiles;
import org.assidu.accrual.journal.RecoveryProgress;
import org.jspecify.annotations.Nullable;

/**
 * Moves the oldest generations of a stopped server's journal to another disk. A generation is copied, forced, read back by its
 * chain, named in the archive's manifest, and only then deleted; its folder keeps the seal and a note of where the files are, which
 * every reader follows. Only what a start does not need leaves: generations that lie below the newest good snapshot.
 */
public final class JournalArchive {
    private static final String KIND = "journal.kind";

    private final DocumentStore store;
    private final Path journal;
    private final Path target;
    private final JournalEnvironment environment;
    private final List<GenerationExtent> archived = new ArrayList<>();
    private final List<Manifest.Entry> entries = new ArrayList<>();
    private final List<Integer> moved = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long bytes;

    private JournalArchive(DocumentStore store, Path journal, Path target, JournalEnvironment environment) {
        this.store = store;
        this.journal = journal;
        this.target = target;
        this.environment = environment;
    }

    /**
     * Archives.
     *
     * @param data a stopped server's data directory
     * @param target empty, absent, or the archive that earlier generations are in
     * @param snapshotPosition of the newest good snapshot; 0 = there is none
     * @throws BackupException when nothing may leave, or the copy is not what was read; nothing is deleted then
     * @throws org.assidu.accrual.journal.JournalLockedException when a server runs
     */
    public static ArchiveReport run(
            DocumentStore store,
            Path data,
            Path target,
            ArchiveChoice choice,
            long snapshotPosition,
            JournalEnvironment environment)
            throws IOException {
        if (snapshotPosition == 0) {
            throw new BackupException("there is no good snapshot in " + data.resolve("snapshots")
                    + ", and without one a start needs every generation: make one with `assidu snapshot --data " + data
                    + "`, then archive");
        }
        Path journal = data.resolve(JournalBackup.JOURNAL);
        try (Closeable unused = JournalFiles.hold(journal);
                TargetFolder folder = TargetFolder.open(target)) {
            return new JournalArchive(store, journal, folder.folder(), environment).run(choice, snapshotPosition);
        }
    }

    private ArchiveReport run(ArchiveChoice choice, long snapshotPosition) throws IOException {
        Manifest before = Manifest.read(target);
        if (before != null) {
            before = Manifest.require(target, Manifest.ARCHIVE);
            archived.addAll(before.generations());
            entries.addAll(before.files());
        }
        List<GenerationExtent> ended = ended();
        for (int i = 0; i < ended.size(); i++) {
            GenerationExtent generation = ended.get(i);
            Path place = generation.archivedAt(journal);
            if (place != null) {
                checkPlace(generation, place);
                continue;
            }
            String stays = stays(generation, ended.size() - i, endMillis(generation), choice, snapshotPosition);
            if (stays != null) {
                notes.add("generation " + generation.number() + " stays: " + stays);
                break;
            }
            move(generation);
        }
        long archivedTo =
                archived.isEmpty() ? 0 : archived.get(archived.size() - 1).lastPosition();
        return new ArchiveReport(moved, bytes, archivedTo, notes);
    }

    private List<GenerationExtent> ended() throws IOException {
        List<GenerationExtent> ended = new ArrayList<>();
        for (int number = 1; ; number++) {
            GenerationExtent generation = JournalExtent.sealed(journal, number);
            if (generation == null) {
                return new JournalExtent(ended).generations();
            }
            ended.add(generation);
        }
    }

    /** A generation ends when the next one starts. */
    private long endMillis(GenerationExtent generation) throws IOException {
        GenerationExtent next = JournalExtent.sealed(journal, generation.number() + 1);
        return next == null ? Long.MAX_VALUE : next.startedAtMillis(store, journal);
    }

    private static @Nullable String stays(
            GenerationExtent generation, int newest, long endMillis, ArchiveChoice choice, long snapshotPosition) {
        if (generation.lastPosition() > snapshotPosition) {
            return "it ends at position " + generation.lastPosition() + ", behind the newest good snapshot, position "
                    + snapshotPosition + "; `assidu snapshot` makes a newer one";
        }
        if (newest <= Math.max(1, choice.kept())) {
            return "it is among the newest " + Math.max(1, choice.kept());
        }
        return endMillis < choice.endedBeforeMillis() ? null : "it is not old enough";
    }

    /** Of one that left before: it must be in this archive, here or where this archive was moved to. */
    private void checkPlace(GenerationExtent generation, Path place) throws IOException {
        Path here = folder(generation);
        boolean listed = archived.stream().anyMatch(known -> known.text().equals(generation.text()));
        if (!listed) {
            throw new BackupException("generation " + generation.number() + " is archived at " + place + ", not in "
                    + target + ": give that archive, or move all of it to " + target + " first");
        }
        if (!place.equals(here)) {
            String problem =
                    generation.problem(store, target.resolve(JournalBackup.JOURNAL), RecoveryProgress.silent());
            if (problem != null) {
                throw new BackupException(
                        "the archive in " + target + " cannot take the place of " + place + ": " + problem);
            }
            notes.add("generation " + generation.number() + " was at " + place + " and is read from " + here + " now");
        }
        // Also deletes what a run that was cut short has left.
        generation.leave(journal, here);
    }

    private Path folder(GenerationExtent generation) {
        return target.toAbsolutePath()
                .normalize()
                .resolve(JournalBackup.JOURNAL)
                .resolve(generation.folder());
    }

    private void move(GenerationExtent generation) throws IOException {
        Path folder = folder(generation);
        if (generation.number() != archived.size() + 1
                && archived.stream().noneMatch(a -> a.number() == generation.number())) {
            throw new BackupException("the archive in " + target + " holds generations 1 to " + archived.size()
                    + ", not those before generation " + generation.number() + ": give the archive that has them");
        }
        FileCopies.createFolder(folder);
        List<Manifest.Entry> copied = new ArrayList<>();
        for (GenerationExtent.FileExtent file : generation.files()) {
            Path source = journal.resolve(generation.folder()).resolve(file.name());
            Path copy = folder.resolve(file.name());
            Files.deleteIfExists(copy);
            FileCopies.copy(source, copy, 0, file.end());
            copied.add(new Manifest.Entry(
                    JournalBackup.JOURNAL + "/" + generation.folder() + "/" + file.name(),
                    file.end(),
                    FileCopies.sha256(copy, file.end())));
        }
        FileCopies.forceFolder(folder);
        String problem = generation.problem(store, target.resolve(JournalBackup.JOURNAL), RecoveryProgress.silent());
        if (problem != null) {
            throw new BackupException("the copy of generation " + generation.number() + " is not as it was written: "
                    + problem + ". Nothing of it was deleted: run `assidu verify`, and check both disks");
        }
        generation.writeSeal(target.resolve(JournalBackup.JOURNAL));
        archived.removeIf(known -> known.number() == generation.number());
        archived.add(generation);
        entries.removeIf(known -> copied.stream().anyMatch(entry -> entry.path().equals(known.path())));
        entries.addAll(copied);
        writeManifest(generation);
        generation.leave(journal, folder);
        moved.add(generation.number());
        bytes += copied.stream().mapToLong(Manifest.Entry::bytes).sum();
    }

    private void writeManifest(GenerationExtent newest) throws IOException {
        Path kind = target.resolve(JournalBackup.JOURNAL).resolve(KIND);
        String path = JournalBackup.JOURNAL + "/" + KIND;
        if (!Files.exists(kind)) {
            FileCopies.copyWhole(journal.resolve(KIND), kind);
        }
        entries.removeIf(known -> known.path().equals(path));
        entries.add(new Manifest.Entry(path, Files.size(kind), FileCopies.sha256(kind, Files.size(kind))));
        new Manifest(
                        Manifest.ARCHIVE,
                        environment.epochMillis().getAsLong(),
                        newest.lastPosition(),
                        newest.chainHead(),
                        archived,
                        entries)
                .write(target);
    }
}
