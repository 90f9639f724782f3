package org.assidu.accrual.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens, reads and verifies data directories; the implementations' public methods end here. */
public final class JournalFiles {
    private JournalFiles() {}

    /**
     * Locks, verifies and seals what is there, then starts a new generation.
     *
     * @throws JournalLockedException when the directory is in use
     * @throws JournalDamagedException when something that was promised does not read as it was written
     */
    public static Journal open(
            DocumentStore store,
            Path directory,
            JournalConfig config,
            RecoveryProgress progress,
            JournalEnvironment environment) {
        try {
            JournalDirectory.createDirectory(directory);
            DirectoryLock lock = DirectoryLock.take(directory);
            try {
                return new JournalStart(store, directory, config, progress, environment).run(lock);
            } catch (Throwable e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalException(
                    "journal " + directory + " cannot be opened: " + e + ". Check the disk and the owner of its files",
                    e);
        }
    }

    /**
     * Takes the lock of a directory that exists, and lets it go: for whoever has to open something else first.
     *
     * @throws JournalLockedException when the directory is in use
     */
    public static void requireUnused(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            DirectoryLock.take(directory).close();
        }
    }

    /**
     * Keeps servers from a directory until it is closed.
     *
     * @throws JournalLockedException when the directory is in use
     */
    public static Closeable hold(Path directory) throws IOException {
        return DirectoryLock.take(directory)::close;
    }

    /**
     * A reader that takes no lock and writes nothing, for a stopped directory or beside a running server. It yields
     * batches whose hash is right, also such as were not acknowledged yet, and those of generations that begin meanwhile.
     */
    public static JournalReader openReadOnly(DocumentStore store, Path directory) {
        return openReadOnly(store, directory, null);
    }

    /** As above. @param archive folder of an archive, to read archived generations from there; null = where they are said to be */
    public static JournalReader openReadOnly(DocumentStore store, Path directory, @Nullable Path archive) {
        try {
            AcknowledgedSlots.Slot slot = checkedSlot(store, directory);
            JournalEnvironment environment = JournalEnvironment.system();
            long promised = slot == null ? 0 : slot.limit(environment.bootId());
            return StoredReader.readOnly(store.framing(), new ListedGenerations(directory, archive), promised);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last position that answers were given up to, as the slots say now; 0 when nothing was. */
    public static long acknowledgedPosition(Path directory) throws IOException {
        AcknowledgedSlots.Slot slot = AcknowledgedSlots.read(directory);
        return slot == null ? 0 : slot.acknowledged();
    }

    static AcknowledgedSlots.@Nullable Slot checkedSlot(DocumentStore store, Path directory) throws IOException {
        JournalKind kind = JournalKind.detect(directory);
        if (kind != store.kind()) {
            throw new JournalException(
                    "journal " + directory + " was written as " + kind + ", it cannot be read as " + store.kind());
        }
        return AcknowledgedSlots.read(directory);
    }

    /** Reads everything and says what it found; takes no lock, writes nothing, throws nothing for damage. */
    public static JournalReport verify(
            DocumentStore store, Path directory, RecoveryProgress progress, JournalEnvironment environment) {
        return verify(store, directory, null, progress, environment);
    }

    /** As above. @param archive as of {@link #openReadOnly(DocumentStore, Path, Path)} */
    public static JournalReport verify(
            DocumentStore store,
            Path directory,
            @Nullable Path archive,
            RecoveryProgress progress,
            JournalEnvironment environment) {
        try {
            AcknowledgedSlots.Slot slot = checkedSlot(store, directory);
            JournalVerifier verifier = new JournalVerifier(directory, store.framing(), progress);
            verifier.archive(archive);
            verifier.run(1, slot, environment.bootId());
            JournalDamage damage = verifier.broken(slot, environment.bootId());
            List<String> notes = new ArrayList<>();
            GenerationScan tail = verifier.tail();
            if (damage == null && tail != null && tail.problem() != null) {
                notes.add("generation " + tail.number() + " would be cut after position=" + tail.position()
                        + " at the next start: " + tail.problem() + "; nothing behind it was promised");
            }
            return new JournalReport(
                    store.kind(),
                    verifier.position(),
                    HexFormat.of().formatHex(verifier.chainHead()),
                    slot == null ? 0 : slot.acknowledged(),
                    slot == null ? 0 : slot.forced(),
                    verifier.summaries(),
                    damage,
                    notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
