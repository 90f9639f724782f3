package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The live generation's open files in writing order: the last is written to, the others wait for their last force. The
 * appending thread adds, the barrier's thread forces.
 */
final class UnforcedFiles implements AutoCloseable {
    private record OpenFile(Path file, FileChannel channel) {}

    private final JournalEnvironment.Forcer forcer;
    private final List<OpenFile> files = new ArrayList<>();
    private Path lastFile = Path.of("");
    private Path namedFile = Path.of("");
    private int ordinal = -1;

    UnforcedFiles(JournalEnvironment.Forcer forcer) {
        this.forcer = forcer;
    }

    /** Called by the appending thread after a document was written. */
    void wrote(DocumentWriter writer) {
        if (!writer.file().equals(lastFile)) {
            lastFile = writer.file();
            ordinal++;
            synchronized (this) {
                files.add(new OpenFile(lastFile, writer.channel()));
            }
        }
    }

    /** The number of the file written to, from 0; for the appending thread. */
    int ordinal() {
        return ordinal;
    }

    /** Forces all that was written before the call, oldest file first, and the names of new files. */
    void force() throws IOException {
        List<OpenFile> open;
        synchronized (this) {
            open = List.copyOf(files);
        }
        for (int i = 0; i < open.size(); i++) {
            OpenFile file = open.get(i);
            forcer.force(file.channel(), file.file());
            if (i == open.size() - 1 && !namedFile.equals(file.file())) {
                JournalDirectory.forceDirectory(directoryOf(file.file()));
                namedFile = file.file();
            }
            if (i < open.size() - 1) {
                file.channel().close();
                synchronized (this) {
                    files.remove(0);
                }
            }
        }
    }

    private static Path directoryOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    @Override
    public synchronized void close() throws IOException {
        for (OpenFile file : files) {
            file.channel().close();
        }
        files.clear();
    }
}
