package org.assidu.accrual.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What a journal asks of the machine, as arguments so that a test can be the machine.
 *
 * @param bootId changes whenever the page cache may have been lost
 */
public record JournalEnvironment(
        UUID bootId, Forcer forcer, SpaceProbe spaceProbe, LongSupplier nanoTime, LongSupplier epochMillis) {

    /** Makes what was written to a file durable. */
    @FunctionalInterface
    public interface Forcer {
        void force(FileChannel channel, Path file) throws IOException;
    }

    /** Tells the free bytes of the disk that holds a directory. */
    @FunctionalInterface
    public interface SpaceProbe {
        long freeBytes(Path directory);
    }

    private static final Path LINUX_BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** This machine. Where it has no boot id every start counts as a new boot, which only trusts what was forced. */
    public static JournalEnvironment system() {
        return new JournalEnvironment(
                systemBootId(),
                (channel, file) -> channel.force(false),
                directory -> directory.toFile().getUsableSpace(),
                System::nanoTime,
                System::currentTimeMillis);
    }

    public JournalEnvironment withBootId(UUID value) {
        return new JournalEnvironment(value, forcer, spaceProbe, nanoTime, epochMillis);
    }

    public JournalEnvironment withForcer(Forcer value) {
        return new JournalEnvironment(bootId, value, spaceProbe, nanoTime, epochMillis);
    }

    public JournalEnvironment withSpaceProbe(SpaceProbe value) {
        return new JournalEnvironment(bootId, forcer, value, nanoTime, epochMillis);
    }

    public JournalEnvironment withNanoTime(LongSupplier value) {
        return new JournalEnvironment(bootId, forcer, spaceProbe, value, epochMillis);
    }

    private static UUID systemBootId() {
        if (!Files.isReadable(LINUX_BOOT_ID)) {
            return UUID.randomUUID();
        }
        try {
            return UUID.fromString(Files.readString(LINUX_BOOT_ID).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
