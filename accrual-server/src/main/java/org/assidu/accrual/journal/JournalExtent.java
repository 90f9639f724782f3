package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a journal goes: its generations, each following the one before. Read beside the process that appends, it ends where
 * answers were given: nothing in it can be taken back.
 */
public record JournalExtent(List<GenerationExtent> generations) {
    private static final String NO_HASH = "00".repeat(BatchFrame.HASH_BYTES);

    /** @throws IllegalArgumentException when a generation does not follow the one before */
    public JournalExtent {
        generations = List.copyOf(generations);
        long position = 0;
        String hash = NO_HASH;
        int number = 0;
        for (GenerationExtent generation : generations) {
            number++;
            if (generation.number() != number
                    || generation.previousPosition() != position
                    || !generation.previousHash().equals(hash)) {
                throw new IllegalArgumentException("generation " + generation.number() + " follows position="
                        + generation.previousPosition() + ", expected generation " + number + " behind position="
                        + position);
            }
            position = generation.lastPosition();
            hash = generation.chainHead();
        }
    }

    /** The last position; 0 = none. */
    public long position() {
        return generations.isEmpty()
                ? 0
                : generations.get(generations.size() - 1).lastPosition();
    }

    /** Hash of the last batch, in hex. */
    public String chainHead() {
        return generations.isEmpty()
                ? NO_HASH
                : generations.get(generations.size() - 1).chainHead();
    }

    /**
     * The promised part of a journal. Takes no lock and writes nothing; of generations that have ended only seals and sizes are
     * looked at.
     *
     * @throws JournalDamagedException when that part does not read as it was written
     */
    public static JournalExtent promised(DocumentStore store, Path directory, JournalEnvironment environment)
            throws IOException {
        AcknowledgedSlots.Slot slot = JournalFiles.checkedSlot(store, directory);
        UUID bootId = environment.bootId();
        JournalVerifier verifier = new JournalVerifier(directory, store.framing(), RecoveryProgress.silent());
        if (slot != null && slot.bootId().equals(bootId)) {
            // A server may run: what it has appended and not answered yet may still be taken back.
            verifier.limit(slot.acknowledged());
        }
        verifier.run(Long.MAX_VALUE, slot, bootId);
        JournalDamage damage = verifier.broken(slot, bootId);
        if (damage != null) {
            throw new JournalDamagedException(damage);
        }
        List<GenerationExtent> generations = new ArrayList<>();
        verifier.seals().forEach(seal -> generations.add(GenerationExtent.of(seal)));
        GenerationScan tail = verifier.tail();
        if (tail != null && tail.batches() > 0) {
            generations.add(GenerationExtent.of(tail.seal(Seal.COPIED, verifier.tailPreviousHash())));
        }
        return new JournalExtent(generations);
    }

    /** Makes a folder of copied generations a journal that the next start finds whole: marker, seals, promise. */
    public void complete(DocumentStore store, Path journal, JournalEnvironment environment) throws IOException {
        JournalDirectory.writeAtomically(
                journal.resolve(JournalKind.MARKER), store.kind().marker());
        for (GenerationExtent generation : generations) {
            generation.writeSeal(journal);
        }
        AcknowledgedSlots slots = AcknowledgedSlots.open(journal, null, environment.bootId());
        slots.write(position(), position());
        slots.force();
    }

    /** The seal of a generation in a journal folder. @return null when it has none */
    public static @Nullable GenerationExtent sealed(Path journal, int number) throws IOException {
        Path generation = JournalDirectory.generation(journal, number);
        Seal seal = Files.isDirectory(generation) ? Seal.read(generation) : null;
        return seal == null ? null : GenerationExtent.of(seal);
    }
}
