package org.assidu.accrual.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Looks behind the point where a generation stops being readable. The slots may be older than what was forced, since
 * they are not forced themselves, but every batch header says how far its process had forced: one intact header behind
 * the hole is proof that the hole holds acknowledged records.
 */
final class ForcedEvidence {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int ALIGNMENT = 4;

    private ForcedEvidence() {}

    /** The highest forced position told by a batch header of {@code generation} at or behind an address; 0 if none. */
    static long highest(Path directory, DocumentFraming framing, int generation, int fileOrdinal, long offset)
            throws IOException {
        List<Path> files = JournalDirectory.documentFiles(directory, framing.fileSuffix());
        long highest = 0;
        for (int i = fileOrdinal; i < files.size(); i++) {
            highest = Math.max(highest, search(files.get(i), i == fileOrdinal ? offset : 0, generation));
        }
        return highest;
    }

    private static long search(Path file, long from, int generation) throws IOException {
        BatchFrame frame = new BatchFrame();
        byte[] window = new byte[WINDOW_BYTES];
        long highest = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long start = from & -ALIGNMENT;
            while (true) {
                int length = read(channel, start, window);
                int last = length - BatchFrame.CHECKED_BYTES;
                for (int at = 0; at <= last; at += ALIGNMENT) {
                    if (LittleEndian.intAt(window, at) == BatchFrame.MAGIC
                            && frame.isHeaderOf(window, at, generation)) {
                        highest = Math.max(highest, BatchFrame.forcedPosition(window, at));
                    }
                }
                if (length < WINDOW_BYTES) {
                    return highest;
                }
                start += (last & -ALIGNMENT) + ALIGNMENT;
            }
        }
    }

    private static int read(FileChannel channel, long start, byte[] window) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(window);
        while (target.hasRemaining()) {
            if (channel.read(target, start + target.position()) < 0) {
                break;
            }
        }
        return target.position();
    }
}
