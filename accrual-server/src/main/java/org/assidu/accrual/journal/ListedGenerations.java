package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The generations of a directory that another process may be appending to, and beginning new ones in. */
final class ListedGenerations {
    private final Path directory;
    private final @Nullable Path archive;

    /** @param archive folder of an archive, to read archived generations from there; null = where they are said to be */
    ListedGenerations(Path directory, @Nullable Path archive) {
        this.directory = directory;
        this.archive = archive;
    }

    /** Those there are now; of a running server the last one is open-ended. */
    List<Generation> list() throws IOException {
        List<Generation> generations = new ArrayList<>();
        long position = 0;
        String chainHead = "00".repeat(BatchFrame.HASH_BYTES);
        for (int number : JournalDirectory.generations(directory)) {
            Path generation = JournalDirectory.generation(directory, number);
            Seal seal;
            try {
                seal = Seal.read(generation);
            } catch (IllegalArgumentException e) {
                throw unreadable(generation, position, String.valueOf(e.getMessage()));
            }
            boolean follows = generations.isEmpty()
                    || !generations.get(generations.size() - 1).isOpenEnded();
            if (number != generations.size() + 1 || !follows) {
                throw unreadable(generation, position, "the generation before is missing or has no seal");
            }
            if (seal == null) {
                generations.add(Generation.openEnded(number, generation, position));
            } else if (seal.previousPosition() == position
                    && seal.previousHash().equals(chainHead)) {
                generations.add(Generation.sealed(JournalVerifier.contents(archive, generation), seal));
                position = seal.lastPosition();
                chainHead = seal.chainHead();
            } else {
                throw unreadable(
                        generation,
                        position,
                        "the seal follows position expected=" + position + " actual=" + seal.previousPosition());
            }
        }
        return generations;
    }

    /** Whether {@link #list} would now say more than it did: one look at one file. */
    boolean haveGrown(List<Generation> listed) {
        int last = listed.size();
        boolean open = last > 0 && listed.get(last - 1).isOpenEnded();
        return Files.exists(
                open
                        ? JournalDirectory.generation(directory, last).resolve(JournalDirectory.SEAL)
                        : JournalDirectory.generation(directory, last + 1));
    }

    private JournalDamagedException unreadable(Path generation, long position, String problem) {
        return new JournalDamagedException(new JournalDamage(
                generation.resolve(JournalDirectory.SEAL),
                0,
                position + 1,
                problem,
                JournalVerifier.nextStep(directory)));
    }
}
