package org.assidu.accrual.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A folder that a backup is written to: empty or a backup already, and written to by one run at a time. */
final class TargetFolder implements AutoCloseable {
    static final String LOCK = "backup.lock";

    private final Path folder;
    private final FileChannel channel;

    private TargetFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static TargetFolder open(Path folder) throws IOException {
        boolean ours = Files.exists(folder.resolve(LOCK)) || Files.exists(folder.resolve(Manifest.FILE_NAME));
        if (!ours && !FileCopies.isVacant(folder)) {
            throw new BackupException(
                    folder + " is neither empty nor a backup: give a folder that is empty, or not there yet");
        }
        FileCopies.createFolder(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new BackupException("another backup to " + folder + " is under way: wait for its end");
        }
        return new TargetFolder(folder, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
