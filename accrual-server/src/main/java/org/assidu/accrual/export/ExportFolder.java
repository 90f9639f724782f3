package org.assidu.accrual.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.assidu.accrual.table.DurableFiles;
import org.assidu.accrual.table.ExportState;
import org.assidu.accrual.table.SegmentNames;
import org.assidu.accrual.table.Table;
import org.assidu.accrual.table.TableFile;
import org.assidu.accrual.table.Tables;
import org.jspecify.annotations.Nullable;

/** An export folder, locked: its state, and its files made to agree with the state. */
final class ExportFolder implements Closeable {
    private static final String LOCK = ".export.lock";

    private final Path folder;
    private final FileChannel lockChannel;
    private ExportState state;

    private ExportFolder(Path folder, FileChannel lockChannel, ExportState state) {
        this.folder = folder;
        this.lockChannel = lockChannel;
        this.state = state;
    }

    /**
     * Creates or resumes a folder and removes what a run that was cut off left there.
     *
     * @throws ExportException when it holds something else, or another run is at it
     */
    static ExportFolder open(ExportConfig config, String keyCheck) throws IOException {
        Path folder = config.folder();
        DurableFiles.createFolders(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean opened = false;
        try {
            lock(channel, folder);
            ExportFolder result = new ExportFolder(folder, channel, state(folder, config.purpose(), keyCheck));
            result.removeLeftovers();
            opened = true;
            return result;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    private static void lock(FileChannel channel, Path folder) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new ExportException("another export is writing to " + folder + ". Wait for it to end");
        }
    }

    private static ExportState state(Path folder, String purpose, String keyCheck) throws IOException {
        if (!Files.exists(folder.resolve(ExportState.FILE))) {
            for (Table<?> table : Tables.ALL) {
                if (Files.exists(folder.resolve(table.name()))) {
                    throw new ExportException(folder + " has a folder " + table.name() + " and no " + ExportState.FILE
                            + ": not an export. Export into a new folder");
                }
            }
            ExportState empty = ExportState.empty(purpose, keyCheck);
            empty.write(folder);
            return empty;
        }
        ExportState found;
        try {
            found = ExportState.read(folder);
        } catch (IOException e) {
            throw new ExportException(String.valueOf(e.getMessage()), e);
        }
        if (!found.purpose().equals(purpose)) {
            throw new ExportException(folder + " holds an export for purpose \"" + found.purpose() + "\", asked for \""
                    + purpose + "\". Export into another folder, or name that purpose");
        }
        if (!found.keyCheck().equals(keyCheck)) {
            throw new ExportException(folder + " was written with another secret for member keys (check "
                    + found.keyCheck() + ", now " + keyCheck + "): it belongs to another data directory, or "
                    + ExportSecret.FILE + " was replaced. Restore that file, or export into a new folder");
        }
        return found;
    }

    Path path() {
        return folder;
    }

    ExportState state() {
        return state;
    }

    /** Makes a state the one that the next run goes on from. */
    void checkpoint(ExportState next) throws IOException {
        next.write(folder);
        state = next;
    }

    /** File of a whole table as the state names it. */
    Path whole(Table<?> table) {
        return folder.resolve(table.name()).resolve(SegmentNames.whole(table, state.tablesPosition()));
    }

    /** Deletes temporary files, segments beyond the state and whole tables of another position. */
    void removeLeftovers() throws IOException {
        for (Table<?> table : Tables.ALL) {
            Path tableFolder = folder.resolve(table.name());
            if (Files.isDirectory(tableFolder)) {
                List<Path> files;
                try (Stream<Path> walk = Files.walk(tableFolder, 2)) {
                    files = walk.filter(Files::isRegularFile).sorted().toList();
                }
                for (Path file : files) {
                    if (leftover(table, file.getFileName().toString())) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private boolean leftover(Table<?> table, String name) {
        if (name.startsWith(".") && name.endsWith(TableFile.TEMPORARY_SUFFIX)) {
            return true;
        }
        return table.partition() == null
                ? SegmentNames.isWhole(table, name) && !name.equals(SegmentNames.whole(table, state.tablesPosition()))
                : SegmentNames.lastPosition(name) > state.position();
    }

    @Override
    public void close() throws IOException {
        lockChannel.close();
    }
}
