package org.assidu.accrual.journal;

import java.nio.file.Path;

/** One generation as readers see it: which positions it holds and where to start looking for one. */
final class Generation {
    private static final int WINDOW_BYTES = 256 << 10;
    private final int number;
    private final Path directory;
    private final long previousPosition;
    private final BatchIndex index;
    private final boolean openEnded;
    private volatile long lastPosition;
    private volatile boolean indexed;

    private Generation(
            int number, Path directory, long previousPosition, long lastPosition, BatchIndex index, boolean openEnded) {
        this.number = number;
        this.directory = directory;
        this.previousPosition = previousPosition;
        this.lastPosition = lastPosition;
        this.index = index;
        this.openEnded = openEnded;
        this.indexed = !openEnded;
    }

    /** One whose last position and index are known, and grow together if it is live. */
    static Generation indexed(int number, Path directory, long previousPosition, long lastPosition, BatchIndex index) {
        return new Generation(number, directory, previousPosition, lastPosition, index, false);
    }

    /** One that ended, as its seal says, and whose files were not read yet. */
    static Generation sealed(Path directory, Seal seal) {
        Generation generation = new Generation(
                seal.generation(), directory, seal.previousPosition(), seal.lastPosition(), new BatchIndex(), false);
        generation.indexed = false;
        return generation;
    }

    /** One that another process may be appending to. */
    static Generation openEnded(int number, Path directory, long previousPosition) {
        return new Generation(number, directory, previousPosition, Long.MAX_VALUE, new BatchIndex(), true);
    }

    int number() {
        return number;
    }

    Path directory() {
        return directory;
    }

    long previousPosition() {
        return previousPosition;
    }

    /** The last committed position; {@link Long#MAX_VALUE} where that is not known. */
    long lastPosition() {
        return lastPosition;
    }

    boolean isOpenEnded() {
        return openEnded;
    }

    boolean contains(long position) {
        return position > previousPosition && position <= lastPosition;
    }

    /** Makes a batch visible to readers. Called by the appending thread only. */
    void committed(long firstPosition, long newLastPosition, int fileOrdinal, long offset) {
        index.add(firstPosition, fileOrdinal, offset);
        lastPosition = newLastPosition;
    }

    /** Where to start walking towards {@code position}. */
    long addressFor(long position, DocumentFraming framing) {
        if (!indexed) {
            buildIndex(framing);
        }
        return index.floor(position);
    }

    private synchronized void buildIndex(DocumentFraming framing) {
        if (indexed) {
            return;
        }
        BatchFrame frame = new BatchFrame();
        try (DocumentCursor cursor = new DocumentCursor(directory, framing, WINDOW_BYTES)) {
            long position = previousPosition;
            while (position < lastPosition
                    && cursor.nextHead(BatchFrame.HEADER_BYTES) == DocumentCursor.Step.DOCUMENT) {
                byte[] bytes = cursor.buffer();
                int at = cursor.offset();
                if (GenerationHeader.isHeader(bytes, at, cursor.length())) {
                    continue;
                }
                if (frame.headerProblem(bytes, at, cursor.length(), number) != null
                        || BatchFrame.firstPosition(bytes, at) != position + 1) {
                    // The reader that walks there says what is wrong, and where.
                    break;
                }
                index.add(position + 1, cursor.fileOrdinal(), cursor.documentOffset());
                position = BatchFrame.lastPosition(bytes, at);
            }
        }
        indexed = true;
    }
}
