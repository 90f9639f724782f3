package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive use of a data directory, held until closed or until the process ends.
 *
 * <p>The operating system forgets a process's lock when <em>any</em> of its descriptors to the file closes, so this
 * process keeps its own list of held directories and looks there before it opens the file. There is no way to break a
 * lock: a holder that died no longer holds it.
 */
final class DirectoryLock implements AutoCloseable {
    private static final Set<Path> HELD = new HashSet<>();
    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) throws IOException {
        Path real = directory.toRealPath();
        long pid = ProcessHandle.current().pid();
        synchronized (HELD) {
            if (HELD.contains(real)) {
                throw inUse(directory, "this process (pid " + pid + ")");
            }
            FileChannel channel = FileChannel.open(
                    real.resolve(JournalDirectory.LOCK),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = read(channel);
                channel.close();
                throw inUse(directory, holder.isEmpty() ? "another process" : "process " + holder);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(pid).getBytes(StandardCharsets.US_ASCII)), 0);
            HELD.add(real);
            return new DirectoryLock(real, channel);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        int length = channel.read(bytes, 0);
        return length <= 0 ? "" : new String(bytes.array(), 0, length, StandardCharsets.US_ASCII).strip();
    }

    private static JournalLockedException inUse(Path directory, String holder) {
        return new JournalLockedException("journal " + directory + " is in use by " + holder
                + ". Stop that process first, or choose another data directory");
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            channel.close();
            HELD.remove(directory);
        }
    }
}
