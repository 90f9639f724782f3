package org.assidu.accrual.journal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One generation as readers see it: which positions it holds and where to start looking for one. */
final class Generation {
    private final int number;
    private final Path directory;
    private final long previousPosition;
    private final BatchIndex index;
    private final boolean openEnded;
    /** Where its batches are when this process has neither read nor written them; null = {@link #index} knows. */
    private final @Nullable FileIndex unread;

    private volatile long lastPosition;

    private Generation(
            int number,
            Path directory,
            long previousPosition,
            long lastPosition,
            BatchIndex index,
            boolean openEnded,
            @Nullable FileIndex unread) {
        this.number = number;
        this.directory = directory;
        this.previousPosition = previousPosition;
        this.lastPosition = lastPosition;
        this.index = index;
        this.openEnded = openEnded;
        this.unread = unread;
    }

    /** One whose last position and index are known, and grow together if it is live. */
    static Generation indexed(int number, Path directory, long previousPosition, long lastPosition, BatchIndex index) {
        return new Generation(number, directory, previousPosition, lastPosition, index, false, null);
    }

    /** One that ended, as its seal says, and whose files were not read yet. */
    static Generation sealed(Path directory, Seal seal) {
        return new Generation(
                seal.generation(),
                directory,
                seal.previousPosition(),
                seal.lastPosition(),
                new BatchIndex(),
                false,
                new FileIndex(seal.generation(), directory, false));
    }

    /** One that another process may be appending to. */
    static Generation openEnded(int number, Path directory, long previousPosition) {
        return new Generation(
                number,
                directory,
                previousPosition,
                Long.MAX_VALUE,
                new BatchIndex(),
                true,
                new FileIndex(number, directory, true));
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
        return unread == null ? index.floor(position) : unread.addressFor(position, framing);
    }
}
