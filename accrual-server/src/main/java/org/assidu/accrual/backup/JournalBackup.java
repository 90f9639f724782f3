package org.assidu.accrual.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assidu.accrual.journal.DocumentStore;
import org.assidu.accrual.journal.GenerationExtent;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalExtent;
import org.assidu.accrual.journal.RecoveryProgress;
import org.jspecify.annotations.Nullable;

/**
 * Brings a backup of journal, snapshots and seals up to date, beside a running server or without one.
 *
 * <p>Journal files only grow, so what an earlier run copied stays, and what came since is appended; the manifest of the earlier
 * run stays true meanwhile, as it names how many bytes count. A generation is checked as a whole, by its chain of hashes, from
 * the copy's own bytes, before the next manifest names it. Snapshots and seals are looked at first: whatever they cover is then
 * in the journal.
 */
public final class JournalBackup {
    static final String JOURNAL = "journal";
    static final String SNAPSHOTS = "snapshots";
    static final String SEALS = "seals";
    private static final String KIND = "journal.kind";
    private static final List<String> UNFINISHED = List.of(".tmp", ".draft", ".new", ".part");

    private final DocumentStore store;
    private final Path data;
    private final Path target;
    private final JournalEnvironment environment;
    private final boolean trusting;
    private final List<Manifest.Entry> entries = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable Manifest before;
    private int filesCopied;
    private int filesKept;
    private long bytesCopied;

    private JournalBackup(
            DocumentStore store, Path data, Path target, JournalEnvironment environment, boolean trusting) {
        this.store = store;
        this.data = data;
        this.target = target;
        this.environment = environment;
        this.trusting = trusting;
    }

    /**
     * Backs up.
     *
     * @param data a server's data directory
     * @param target empty, absent, or a backup of the same journal
     * @param trusting whether copies of earlier runs are believed for their size, and not read again
     * @throws BackupException when the target is no backup of this journal
     * @throws org.assidu.accrual.journal.JournalDamagedException when the journal does not read as it was written
     */
    public static BackupReport run(
            DocumentStore store, Path data, Path target, JournalEnvironment environment, boolean trusting)
            throws IOException {
        try (TargetFolder folder = TargetFolder.open(target)) {
            return new JournalBackup(store, data, folder.folder(), environment, trusting).run();
        }
    }

    private BackupReport run() throws IOException {
        Manifest earlier = Manifest.read(target);
        if (earlier != null) {
            before = Manifest.require(target, Manifest.JOURNAL);
        }
        copySnapshots();
        copySeals();
        JournalExtent extent = JournalExtent.promised(store, data.resolve(JOURNAL), environment);
        if (earlier != null) {
            checkContinues(earlier, extent);
        }
        for (GenerationExtent generation : extent.generations()) {
            copy(generation);
        }
        keepOrCopy(data.resolve(JOURNAL).resolve(KIND), JOURNAL + "/" + KIND);
        Manifest manifest = new Manifest(
                Manifest.JOURNAL,
                environment.epochMillis().getAsLong(),
                extent.position(),
                extent.chainHead(),
                extent.generations(),
                entries);
        manifest.write(target);
        for (GenerationExtent generation : extent.generations()) {
            generation.writeSeal(target.resolve(JOURNAL));
        }
        removeOthers(manifest);
        return new BackupReport(
                extent.position(),
                extent.chainHead(),
                extent.generations().size(),
                filesCopied,
                filesKept,
                bytesCopied,
                manifest.bytes(),
                notes);
    }

    private void checkContinues(Manifest earlier, JournalExtent extent) {
        int count = earlier.generations().size();
        for (int i = 0; i < count; i++) {
            GenerationExtent old = earlier.generations().get(i);
            GenerationExtent now =
                    i < extent.generations().size() ? extent.generations().get(i) : null;
            boolean continues = now != null
                    && (old.ended()
                            ? old.text().equals(now.text())
                            : old.previousHash().equals(now.previousHash())
                                    && old.lastPosition() <= now.lastPosition());
            if (!continues) {
                throw otherJournal("generation " + old.number() + " ends there at position=" + old.lastPosition()
                        + ", in the journal "
                        + (now == null
                                ? "it is missing"
                                : "at position=" + now.lastPosition() + ", head " + now.chainHead()));
            }
        }
    }

    private BackupException otherJournal(String difference) {
        return new BackupException("the backup in " + target + " is not of the journal in " + data + ": " + difference
                + ". It was restored from an older state, or lost records after a power cut: keep this backup as it is and"
                + " give an empty folder");
    }

    private void copy(GenerationExtent generation) throws IOException {
        Path folder = target.resolve(JOURNAL).resolve(generation.folder());
        FileCopies.createFolder(folder);
        GenerationExtent old = earlier(generation.number());
        boolean unchanged = old != null && old.text().equals(generation.text());
        for (GenerationExtent.FileExtent file : generation.files()) {
            unchanged &= !append(generation, file);
        }
        if (!unchanged) {
            check(generation, old);
        }
        for (GenerationExtent.FileExtent file : generation.files()) {
            String path = path(generation, file);
            Manifest.Entry known = before == null ? null : before.file(path);
            entries.add(
                    unchanged && known != null && known.bytes() == file.end()
                            ? known
                            : new Manifest.Entry(
                                    path, file.end(), FileCopies.sha256(target.resolve(path), file.end())));
        }
    }

    private static String path(GenerationExtent generation, GenerationExtent.FileExtent file) {
        return JOURNAL + "/" + generation.folder() + "/" + file.name();
    }

    private @Nullable GenerationExtent earlier(int number) {
        return before == null || before.generations().size() < number
                ? null
                : before.generations().get(number - 1);
    }

    /** @return whether anything was written */
    private boolean append(GenerationExtent generation, GenerationExtent.FileExtent file) throws IOException {
        String path = path(generation, file);
        Manifest.Entry known = before == null ? null : before.file(path);
        long have = 0;
        if (known != null && isWhole(known)) {
            have = Math.min(known.bytes(), file.end());
        } else if (known != null) {
            notes.add("the copy " + target.resolve(path) + " was damaged and is made anew: check that disk");
        }
        if (have == file.end()) {
            filesKept++;
            return false;
        }
        Path source = generation.contents(data.resolve(JOURNAL)).resolve(file.name());
        FileCopies.copy(source, target.resolve(path), have, file.end());
        filesCopied++;
        bytesCopied += file.end() - have;
        return true;
    }

    private boolean isWhole(Manifest.Entry known) throws IOException {
        Path copy = target.resolve(known.path());
        return trusting
                ? Files.isRegularFile(copy) && Files.size(copy) >= known.bytes()
                : FileCopies.sha256(copy, known.bytes()).equals(known.sha256());
    }

    private void check(GenerationExtent generation, @Nullable GenerationExtent old) throws IOException {
        FileCopies.forceFolder(target.resolve(JOURNAL).resolve(generation.folder()));
        String problem = generation.problem(store, target.resolve(JOURNAL), RecoveryProgress.silent());
        if (problem == null) {
            return;
        }
        String source = generation.problem(store, data.resolve(JOURNAL), RecoveryProgress.silent());
        if (source != null) {
            throw new BackupException("the journal is damaged, so this backup is not brought up to date: " + source
                    + ". The earlier backup stays as it is: run `assidu verify --data " + data + "`");
        }
        if (old != null) {
            throw otherJournal("generation " + generation.number() + " differs at " + problem);
        }
        throw new BackupException("the copy does not read back as it was written, " + problem + ": check the disk of "
                + target + ", and back up again or elsewhere");
    }

    private void copySnapshots() throws IOException {
        for (Path file : FileCopies.files(data.resolve(SNAPSHOTS))) {
            if (UNFINISHED.stream().noneMatch(file.toString()::endsWith)) {
                try {
                    keepOrCopy(data.resolve(SNAPSHOTS).resolve(file), SNAPSHOTS + "/" + file);
                } catch (NoSuchFileException e) {
                    notes.add("snapshot " + file + " was replaced by a newer one meanwhile and is left out");
                }
            }
        }
    }

    /** Seals never change; one that did is the very thing that copies are for. */
    private void copySeals() throws IOException {
        Set<String> present = new HashSet<>();
        for (Path file : FileCopies.files(data.resolve(SEALS))) {
            if (UNFINISHED.stream().noneMatch(file.toString()::endsWith)) {
                String path = SEALS + "/" + file;
                present.add(path);
                Path source = data.resolve(path);
                Manifest.Entry known = before == null ? null : before.file(path);
                if (known != null
                        && isWhole(known)
                        && !known.sha256().equals(FileCopies.sha256(source, Files.size(source)))) {
                    notes.add(
                            "the seal " + source + " is not the one that was copied before; the earlier copy stays: run"
                                    + " `assidu audit --seals " + target.resolve(SEALS) + "`");
                    entries.add(known);
                    filesKept++;
                } else {
                    keepOrCopy(source, path);
                }
            }
        }
        if (before != null) {
            for (Manifest.Entry known : before.files()) {
                if (known.path().startsWith(SEALS + "/") && !present.contains(known.path()) && isWhole(known)) {
                    notes.add("the seal " + data.resolve(known.path()) + " is gone; its copy stays");
                    entries.add(known);
                }
            }
        }
    }

    /** For files that do not change once they are there. */
    private void keepOrCopy(Path source, String path) throws IOException {
        Manifest.Entry known = before == null ? null : before.file(path);
        long size = Files.size(source);
        if (known != null && known.bytes() == size && isWhole(known)) {
            if (trusting || known.sha256().equals(FileCopies.sha256(source, size))) {
                entries.add(known);
                filesKept++;
                return;
            }
        }
        Path copy = target.resolve(path);
        FileCopies.createFolder(copy.resolveSibling(""));
        FileCopies.copyWhole(source, copy);
        entries.add(new Manifest.Entry(path, Files.size(copy), FileCopies.sha256(copy, Files.size(copy))));
        filesCopied++;
        bytesCopied += size;
    }

    /** Snapshots that are no longer kept. */
    private void removeOthers(Manifest manifest) throws IOException {
        for (Path file : FileCopies.files(target.resolve(SNAPSHOTS))) {
            if (manifest.file(SNAPSHOTS + "/" + file) == null) {
                Files.delete(target.resolve(SNAPSHOTS).resolve(file));
            }
        }
    }
}
