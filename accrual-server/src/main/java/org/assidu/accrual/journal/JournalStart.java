package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The steps from a locked directory to a journal that can be appended to: verify, compare with what was promised, seal
 * the generation that has no seal, note the new promise, start a generation. Each leaves a directory that the next start
 * reads the same way.
 */
final class JournalStart {
    private final DocumentStore store;
    private final Path directory;
    private final JournalConfig config;
    private final RecoveryProgress progress;
    private final JournalEnvironment environment;

    JournalStart(
            DocumentStore store,
            Path directory,
            JournalConfig config,
            RecoveryProgress progress,
            JournalEnvironment environment) {
        this.store = store;
        this.directory = directory;
        this.config = config;
        this.progress = progress;
        this.environment = environment;
    }

    Journal run(DirectoryLock lock) throws IOException {
        mark();
        AcknowledgedSlots.Slot newest = AcknowledgedSlots.read(directory);
        JournalVerifier verifier = new JournalVerifier(directory, store.framing(), progress);
        verifier.run(config.verifyFromPosition(), newest, environment.bootId());
        JournalDamage damage = verifier.broken(newest, environment.bootId());
        if (damage != null) {
            throw new JournalDamagedException(damage);
        }
        AcknowledgedSlots slots = AcknowledgedSlots.open(directory, newest, environment.bootId());
        long promised = newest == null ? 0 : newest.limit(environment.bootId());
        warn(verifier, newest);
        boolean firstOfBoot = newest == null || !newest.bootId().equals(environment.bootId());
        sealTail(verifier, slots, promised, firstOfBoot);

        // Sealed means forced, so from here on nothing of it may be missing after any boot.
        slots.write(verifier.position(), verifier.position());
        slots.force();

        GenerationMaker maker =
                new GenerationMaker(store, directory, config, environment, slots, new Failure(directory));
        LiveGeneration first = maker.begin(verifier.lastNumber() + 1, verifier.position(), verifier.chainHead());
        SpaceGuard space = new SpaceGuard(directory, config, environment);
        return new StoredJournal(maker, verifier.generations(), first, space, lock);
    }

    private void mark() throws IOException {
        JournalKind kind = store.kind();
        JournalKind found = JournalKind.find(directory);
        if (found == kind) {
            return;
        }
        if (found != null) {
            throw new JournalException("journal " + directory + " was written as " + found + ", it cannot be opened as "
                    + kind + ". Configure " + found + ", or choose another directory");
        }
        if (!JournalDirectory.generations(directory).isEmpty()) {
            throw new JournalException("journal " + directory + " has generations but no " + JournalKind.MARKER
                    + ". Restore that file from a backup or the standby");
        }
        JournalDirectory.writeAtomically(directory.resolve(JournalKind.MARKER), kind.marker());
    }

    private void warn(JournalVerifier verifier, AcknowledgedSlots.@Nullable Slot newest) {
        if (verifier.archived() != null) {
            progress.warning("of journal " + directory + ", " + verifier.archived() + ": it must stay there");
        }
        GenerationScan tail = verifier.tail();
        if (tail != null && tail.problem() != null) {
            progress.warning("journal generation " + tail.number() + " is cut after position=" + tail.position()
                    + ": file " + tail.stopFile() + " offset=" + tail.stopOffset() + ": " + tail.problem()
                    + ". The file keeps its bytes, for whoever wants to look");
        }
        if (newest != null && newest.acknowledged() > verifier.position()) {
            progress.warning("this machine was restarted, and positions " + (verifier.position() + 1) + " to "
                    + newest.acknowledged()
                    + " were acknowledged but not forced, which durability FAST allows: they are lost."
                    + " Tills that re-send them are served");
        }
    }

    /** @param firstOfBoot whether nothing was written in this boot, so that all that was read is on disk */
    private void sealTail(JournalVerifier verifier, AcknowledgedSlots slots, long promised, boolean firstOfBoot)
            throws IOException {
        GenerationScan tail = verifier.tail();
        if (tail == null) {
            return;
        }
        Seal seal = tail.seal(tail.problem() == null ? Seal.RECOVERED : Seal.CUT, verifier.tailPreviousHash());
        for (Seal.FileEnd end : seal.files()) {
            Path file = tail.directory().resolve(end.name());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                environment.forcer().force(channel, file);
            } catch (IOException e) {
                // Slots may be older than what was forced and told: the next start must not believe less than is known
                // now.
                long proven = firstOfBoot ? tail.position() : Math.max(promised, tail.forced());
                slots.writeForceFailed(proven, proven);
                throw e;
            }
        }
        JournalDirectory.forceDirectory(tail.directory());
        seal.write(tail.directory());
    }
}
