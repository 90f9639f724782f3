package org.assidu.accrual.journal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where batches start in the files of a generation that this process has neither read nor written. The file that holds a position
 * is searched for by the first batch of each file, and only that file is walked: a generation may have grown for weeks.
 * Any thread.
 */
final class FileIndex {
    private static final int WINDOW_BYTES = 64 << 10;
    /** Behind all positions: the file has no good batch, or none yet. */
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final int number;
    private final Path directory;
    private final boolean growing;
    private final BatchFrame frame = new BatchFrame();
    /** First position by ordinal of the file. */
    private final Map<Integer, Long> firsts = new HashMap<>();

    /** By first position of a file of a generation that has ended. */
    private final TreeMap<Long, Walked> walked = new TreeMap<>();

    private record Walked(long lastPosition, BatchIndex index) {}

    /** @param growing whether another process may be appending: then nothing but where its files start is kept */
    FileIndex(int number, Path directory, boolean growing) {
        this.number = number;
        this.directory = directory;
        this.growing = growing;
    }

    /**
     * Where to start walking towards {@code position}. Where a head does not read as it was written this is an earlier place than
     * need be: who walks there says what is wrong, and where.
     */
    synchronized long addressFor(long position, DocumentFraming framing) {
        Map.Entry<Long, Walked> before = walked.floorEntry(position);
        if (before != null && position <= before.getValue().lastPosition()) {
            return before.getValue().index().floor(position);
        }
        try (DocumentCursor cursor = new DocumentCursor(directory, framing, WINDOW_BYTES)) {
            int file = fileOf(position, cursor);
            return growing ? BatchIndex.address(file, 0) : walk(file, cursor).floor(position);
        }
    }

    private int fileOf(long position, DocumentCursor cursor) {
        int low = 0;
        int high = cursor.files() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstPosition(middle, cursor) <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private long firstPosition(int file, DocumentCursor cursor) {
        Long known = firsts.get(file);
        if (known != null) {
            return known;
        }
        cursor.moveTo(file, 0);
        if (!nextBatch(file, cursor)) {
            return UNKNOWN;
        }
        long first = BatchFrame.firstPosition(cursor.buffer(), cursor.offset());
        firsts.put(file, first);
        return first;
    }

    private BatchIndex walk(int file, DocumentCursor cursor) {
        BatchIndex index = new BatchIndex();
        index.add(0, file, 0);
        long first = 0;
        long last = 0;
        cursor.moveTo(file, 0);
        while (nextBatch(file, cursor)) {
            long position = BatchFrame.firstPosition(cursor.buffer(), cursor.offset());
            index.add(position, file, cursor.documentOffset());
            first = first == 0 ? position : first;
            last = BatchFrame.lastPosition(cursor.buffer(), cursor.offset());
        }
        if (first != 0) {
            walked.put(first, new Walked(last, index));
        }
        return index;
    }

    /** Moves to the next batch of this file whose head is good. */
    private boolean nextBatch(int file, DocumentCursor cursor) {
        while (cursor.nextHead(BatchFrame.HEADER_BYTES) == DocumentCursor.Step.DOCUMENT
                && cursor.fileOrdinal() == file) {
            byte[] bytes = cursor.buffer();
            int at = cursor.offset();
            int length = cursor.length();
            if (!GenerationHeader.isHeader(bytes, at, length)) {
                return frame.headerProblem(bytes, at, length, number) == null;
            }
        }
        return false;
    }
}
