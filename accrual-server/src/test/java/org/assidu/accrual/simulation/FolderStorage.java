package org.assidu.accrual.simulation;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.assidu.accrual.journal.Durability;
import org.assidu.accrual.journal.Journal;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.assidu.accrual.journal.JournalException;
import org.assidu.accrual.journal.RecoveryProgress;
import org.assidu.accrual.journal.file.FileJournal;

/**
 * The real journal on plain files, in a folder: its own frames, chain, generations, seals, slots and verification. Nothing is
 * forced for real; a crash edits the files so that they hold what the forces asked for, and a random part of the rest.
 */
final class FolderStorage implements SimulatedStorage {
    private static final String SUFFIX = ".journal";
    private static final String SLOTS = "acknowledged.slots";
    private static final int SLOT_DISTANCE = 4096;
    private static final int ROLL_BYTES = 1 << 16;

    private final Path folder;
    private final Faults faults;
    private final Durability durability;
    private final SplittableRandom random;
    private final long generationBytes;
    private final LongSupplier nanoTime;
    private final LongSupplier clock;
    /** Bytes of each file that forces of this boot covered. */
    private final Map<Path, Long> forcedBytes = new HashMap<>();

    private Journal journal;
    private byte[] slotsForced = {};
    private boolean abandoned;
    /** Files of which a force failed in this boot: later ones succeed and cover nothing, as page caches do. */
    private final Set<Path> unforceable = new HashSet<>();

    private long boot = 1;
    private long durable;
    private int firstGeneration;
    private long begunBefore;

    FolderStorage(
            Path folder,
            Faults faults,
            Durability durability,
            SplittableRandom random,
            LongSupplier nanoTime,
            LongSupplier clock) {
        this.folder = folder;
        this.faults = faults;
        this.durability = durability;
        this.random = random;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.generationBytes = 1L << 13 + random.nextInt(6);
    }

    @Override
    public Journal open() {
        begunBefore = generationsBegun();
        journal = null;
        abandoned = false;
        durable = 0;
        JournalConfig config = JournalConfig.defaults()
                .withDurability(durability)
                .withRollBytes(ROLL_BYTES)
                .withGenerationBytes(generationBytes)
                .withMinimumFreeBytes(1)
                .withSpaceCheck(1, 0);
        JournalEnvironment environment = new JournalEnvironment(
                new UUID(0, boot), this::force, directory -> faults.isDiskFull() ? 0 : Long.MAX_VALUE, nanoTime, clock);
        journal = FileJournal.open(folder, config, RecoveryProgress.silent(), environment);
        slotsForced = slots();
        durable = journal.recoveredPosition();
        firstGeneration = journal.generation();
        return journal;
    }

    private void force(FileChannel channel, Path file) throws IOException {
        if (abandoned) {
            throw new IOException("the process is dead");
        }
        try {
            faults.force();
        } catch (IOException e) {
            unforceable.add(file.toAbsolutePath());
            throw e;
        }
        if (!unforceable.contains(file.toAbsolutePath())) {
            forcedBytes.put(file.toAbsolutePath(), channel.size());
            durable = journal == null ? 0 : journal.appender().appendedPosition();
        }
    }

    @Override
    public long durablePosition() {
        return durable;
    }

    @Override
    public long generationsBegun() {
        return begunBefore + (journal == null ? 0 : journal.generation() - firstGeneration);
    }

    @Override
    public void crash(CrashKind kind) {
        byte[] promised = slots();
        abandon();
        restoreSlots(promised, kind);
        if (kind == CrashKind.KILL) {
            return;
        }
        boot++;
        unforceable.clear();
        for (Path file : journalFiles()) {
            tear(file, kind);
        }
        forcedBytes.clear();
        for (Path file : journalFiles()) {
            forcedBytes.put(file, size(file));
        }
    }

    /** Lets go of files and lock; that this fails to force is written to the slots, and taken back by the caller. */
    private void abandon() {
        abandoned = true;
        if (journal != null) {
            try {
                journal.close();
            } catch (JournalException expected) {
                // A dead process seals nothing.
            }
        }
    }

    private byte[] slots() {
        try {
            Path file = folder.resolve(SLOTS);
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The slots are not forced: after a power cut each may be as it was or as it was when last forced. */
    private void restoreSlots(byte[] promised, CrashKind kind) {
        if (promised.length == 0) {
            return;
        }
        byte[] left = promised.clone();
        for (int at = 0; kind != CrashKind.KILL && at < left.length; at += SLOT_DISTANCE) {
            if (slotsForced.length == left.length && random.nextBoolean()) {
                System.arraycopy(slotsForced, at, left, at, Math.min(SLOT_DISTANCE, left.length - at));
            }
        }
        write(folder.resolve(SLOTS), left, left.length);
    }

    private void tear(Path file, CrashKind kind) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int forced = (int) Math.min(bytes.length, forcedBytes.getOrDefault(file, 0L));
            if (forced < bytes.length) {
                write(file, bytes, Tearing.tear(bytes, forced, bytes.length, kind, random));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In place: the file may still be mapped. */
    private static void write(Path file, byte[] bytes, int length) {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.write(bytes, 0, length);
            access.setLength(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> journalFiles() {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(SUFFIX))
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String description() {
        return "file journal";
    }

    @Override
    public void close() {
        abandon();
        deleteTree(folder);
    }

    static void deleteTree(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
