package org.assidu.accrual.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a directory's generations in order, each against its seal and the one before it; writes nothing. */
final class JournalVerifier {
    private final Path directory;
    private final DocumentFraming framing;
    private final RecoveryProgress progress;
    private final List<Generation> generations = new ArrayList<>();
    private final List<GenerationSummary> summaries = new ArrayList<>();
    private final List<Seal> seals = new ArrayList<>();
    private long position;
    private byte[] chainHead = new byte[BatchFrame.HASH_BYTES];
    private byte[] tailPreviousHash = chainHead;
    private int lastNumber;
    private long bytesDone;
    private long tailTrust;
    private long tailLimit = Long.MAX_VALUE;
    private @Nullable Path archive;
    private @Nullable String archived;
    private @Nullable GenerationScan tail;
    private @Nullable JournalDamage damage;

    JournalVerifier(Path directory, DocumentFraming framing, RecoveryProgress progress) {
        this.directory = directory;
        this.framing = framing;
        this.progress = progress;
    }

    /** Reads generations that were archived from this folder, wherever they are said to be. */
    void archive(@Nullable Path folder) {
        archive = folder;
    }

    /** The folder to read a generation from. */
    static Path contents(@Nullable Path archive, Path generation) {
        return archive == null || ArchiveNote.read(generation) == null
                ? generation
                : archive.resolve("journal").resolve(generation.getFileName());
    }

    /** Leaves what an unsealed generation holds behind {@code position} unread. */
    void limit(long position) {
        tailLimit = position;
    }

    /**
     * Verifies what does not end before {@code fromPosition}; stops at damage that no start can pass, and behind what an
     * unsealed generation may be believed.
     */
    void run(long fromPosition, AcknowledgedSlots.@Nullable Slot slot, UUID bootId) throws IOException {
        tailTrust = slot == null ? Long.MAX_VALUE : slot.trust(bootId);
        List<Integer> numbers = JournalDirectory.generations(directory);
        long bytesTotal = totalBytes(numbers);
        for (int i = 0; i < numbers.size() && damage == null; i++) {
            int number = numbers.get(i);
            if (number != lastNumber + 1) {
                Path missing = JournalDirectory.generation(directory, lastNumber + 1);
                damage = damage(missing, 0, "the generation is missing although generation=" + number + " is there");
            } else {
                verify(number, i == numbers.size() - 1, fromPosition, bytesTotal);
                lastNumber = number;
            }
        }
        progress.verified(bytesTotal, bytesTotal, position);
    }

    private void verify(int number, boolean last, long fromPosition, long bytesTotal) throws IOException {
        Path generation = JournalDirectory.generation(directory, number);
        Path sealFile = generation.resolve(JournalDirectory.SEAL);
        Seal seal;
        try {
            seal = Seal.read(generation);
        } catch (IllegalArgumentException e) {
            damage = damage(sealFile, 0, String.valueOf(e.getMessage()));
            return;
        }
        if (seal == null) {
            if (last) {
                scanTail(number, generation, bytesTotal);
            } else {
                damage = damage(sealFile, 0, "the seal is missing although a later generation is there");
            }
            return;
        }
        Path contents = contents(archive, generation);
        String problem = sealProblem(seal, number, ArchiveNote.contents(contents));
        if (problem != null) {
            damage = damage(sealFile, 0, problem);
            return;
        }
        Path moved = ArchiveNote.read(generation);
        String state = seal.reason();
        if (moved != null) {
            state += ", archived at " + ArchiveNote.contents(contents);
            archived = "generations up to " + number + ", positions up to " + seal.lastPosition()
                    + ", are archived; this one at " + ArchiveNote.contents(contents);
        }
        verifySealed(seal, contents, state, fromPosition, bytesTotal);
    }

    private void scanTail(int number, Path generation, long bytesTotal) {
        GenerationScan scan = new GenerationScan(number, generation, framing, position, chainHead);
        scan.run(Math.min(tailTrust, tailLimit), progress, bytesDone, bytesTotal);
        if (tailTrust != Long.MAX_VALUE) {
            scan.stopBecause("a force failed behind position=" + scan.position()
                    + ", so what follows may be in memory and not on disk");
        }
        tail = scan;
        tailPreviousHash = chainHead;
        chainHead = scan.chainHead().clone();
        position = scan.position();
        generations.add(Generation.indexed(number, generation, scan.previousPosition(), scan.position(), scan.index()));
        summaries.add(summary(scan.previousPosition(), number, scan.batches(), scan.bytes(), "live", true));
    }

    private void verifySealed(Seal seal, Path generation, String state, long fromPosition, long bytesTotal) {
        if (seal.lastPosition() < fromPosition || seal.batches() == 0) {
            generations.add(Generation.sealed(generation, seal));
            follow(seal);
            summaries.add(summary(
                    seal.previousPosition(),
                    seal.generation(),
                    seal.batches(),
                    bytes(seal),
                    state,
                    seal.batches() == 0));
            return;
        }
        GenerationScan scan = new GenerationScan(seal.generation(), generation, framing, position, chainHead);
        scan.run(seal.lastPosition(), progress, bytesDone, bytesTotal);
        String mismatch = scan.mismatch(seal);
        if (mismatch != null) {
            position = scan.position();
            chainHead = scan.chainHead().clone();
            damage = damage(scan.stopFile(), scan.stopOffset(), mismatch);
            return;
        }
        generations.add(Generation.indexed(
                seal.generation(), generation, seal.previousPosition(), seal.lastPosition(), scan.index()));
        follow(seal);
        summaries.add(summary(seal.previousPosition(), seal.generation(), scan.batches(), scan.bytes(), state, true));
    }

    private void follow(Seal seal) {
        seals.add(seal);
        position = seal.lastPosition();
        chainHead = HexFormat.of().parseHex(seal.chainHead());
        bytesDone += bytes(seal);
    }

    private @Nullable String sealProblem(Seal seal, int number, Path generation) throws IOException {
        if (seal.generation() != number) {
            return "seal generation expected=" + number + " actual=" + seal.generation();
        }
        if (seal.previousPosition() != position || !seal.previousHash().equals(hex(chainHead))) {
            return "seal follows position expected=" + position + " actual=" + seal.previousPosition()
                    + ", hash expected=" + hex(chainHead) + " actual=" + seal.previousHash();
        }
        for (Seal.FileEnd file : seal.files()) {
            Path path = generation.resolve(file.name());
            long size = Files.exists(path) ? Files.size(path) : 0;
            if (size < file.end()) {
                return "file " + path + " has size=" + size + ", its seal says " + file.end() + " or more";
            }
        }
        return null;
    }

    private long totalBytes(List<Integer> numbers) throws IOException {
        long total = 0;
        for (int number : numbers) {
            Path contents = contents(archive, JournalDirectory.generation(directory, number));
            for (Path file : JournalDirectory.documentFiles(contents, framing.fileSuffix())) {
                total += Files.size(file);
            }
        }
        return total;
    }

    private GenerationSummary summary(
            long previousPosition, int number, long batches, long bytes, String state, boolean verified) {
        return new GenerationSummary(
                number, previousPosition + 1, position, batches, bytes, state, hex(chainHead), verified);
    }

    private static long bytes(Seal seal) {
        return seal.files().stream().mapToLong(Seal.FileEnd::end).sum();
    }

    JournalDamage damage(Path file, long offset, String problem) {
        return new JournalDamage(file, offset, position + 1, problem, nextStep(directory));
    }

    static String nextStep(Path directory) {
        return "Run `assidu verify --data " + directory
                + "` for the whole picture, keep the files as they are, and restore the directory from a backup or the standby";
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /**
     * Why the journal cannot be opened, given what was promised, or null. Damage behind the promised position is none.
     */
    @Nullable
    JournalDamage broken(AcknowledgedSlots.@Nullable Slot slot, UUID bootId) {
        if (damage != null) {
            return damage;
        }
        GenerationScan scan = tail;
        if (slot == null) {
            Path file = directory.resolve(JournalDirectory.SLOTS);
            return scan == null
                    ? null
                    : damage(
                            file,
                            0,
                            "neither slot can be read, so what was acknowledged of generation=" + scan.number()
                                    + " is not known");
        }
        long limit = slot.limit(bootId);
        String promise = slot.bootId().equals(bootId) ? "acknowledged" : "forced";
        if (scan != null
                && position >= limit
                && (scan.problem() != null || !slot.bootId().equals(bootId))) {
            long evidence = evidence(scan);
            if (evidence > limit) {
                limit = evidence;
                promise = "forced";
            }
        }
        if (position >= limit) {
            return null;
        }
        String promised = ", but everything up to position=" + limit + " was " + promise;
        return scan == null
                ? damage(
                        directory.resolve(JournalDirectory.SLOTS),
                        0,
                        "the journal ends at position=" + position + promised)
                : damage(
                        scan.stopFile(),
                        scan.stopOffset(),
                        (scan.problem() == null ? "reads as the end of the journal" : scan.problem()) + promised);
    }

    private long evidence(GenerationScan scan) {
        try {
            return ForcedEvidence.highest(
                    scan.directory(), framing, scan.number(), scan.stopOrdinal(), scan.stopOffset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Generation> generations() {
        return generations;
    }

    /** Which generations are in an archive; null = none. */
    @Nullable
    String archived() {
        return archived;
    }

    /** Of the generations that have ended. */
    List<Seal> seals() {
        return seals;
    }

    List<GenerationSummary> summaries() {
        return summaries;
    }

    long position() {
        return position;
    }

    byte[] chainHead() {
        return chainHead;
    }

    int lastNumber() {
        return lastNumber;
    }

    /** The last generation, when it has no seal. */
    @Nullable
    GenerationScan tail() {
        return tail;
    }

    /** The seal that the tail gets. */
    byte[] tailPreviousHash() {
        return tailPreviousHash;
    }
}
