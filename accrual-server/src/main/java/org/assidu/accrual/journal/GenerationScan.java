package org.assidu.accrual.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one generation from its start and checks every frame, hash and link, until its end or the first damage. */
final class GenerationScan {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final long PROGRESS_BYTES = 16 << 20;

    private final int number;
    private final Path directory;
    private final DocumentFraming framing;
    private final long previousPosition;
    private final byte[] chainHead;
    private final BatchFrame frame = new BatchFrame();
    private final BatchIndex index = new BatchIndex();
    private final List<Seal.FileEnd> ends = new ArrayList<>();
    private long position;
    private long batches;
    private long forced;
    private long bytes;
    private boolean headerSeen;
    private @Nullable String problem;
    private Path stopFile;
    private int stopOrdinal;
    private long stopOffset;

    GenerationScan(int number, Path directory, DocumentFraming framing, long previousPosition, byte[] previousHash) {
        this.number = number;
        this.directory = directory;
        this.framing = framing;
        this.previousPosition = previousPosition;
        this.position = previousPosition;
        this.chainHead = previousHash.clone();
        this.stopFile = directory;
    }

    /** Reads up to {@code untilPosition} or as far as it goes. */
    void run(long untilPosition, RecoveryProgress progress, long bytesBefore, long bytesTotal) {
        long reported = 0;
        try (DocumentCursor cursor = new DocumentCursor(directory, framing, WINDOW_BYTES)) {
            while (position < untilPosition && accept(cursor)) {
                if (bytes - reported >= PROGRESS_BYTES) {
                    reported = bytes;
                    progress.verified(bytesBefore + bytes, bytesTotal, position);
                }
            }
            stopFile = cursor.file();
            stopOrdinal = cursor.fileOrdinal();
            stopOffset = cursor.documentOffset();
        }
    }

    private boolean accept(DocumentCursor cursor) {
        DocumentCursor.Step step = cursor.next();
        if (step == DocumentCursor.Step.END) {
            return false;
        }
        if (step == DocumentCursor.Step.DAMAGED) {
            problem = cursor.problem();
            return false;
        }
        problem = check(cursor);
        if (problem != null) {
            // A document still being written by another process reads better the second time.
            cursor.unread();
            problem = cursor.next() == DocumentCursor.Step.DOCUMENT ? check(cursor) : cursor.problem();
        }
        if (problem != null) {
            return false;
        }
        if (headerSeen) {
            BatchFrame.copyHash(cursor.buffer(), cursor.offset(), chainHead);
            index.add(position + 1, cursor.fileOrdinal(), cursor.documentOffset());
            position = BatchFrame.lastPosition(cursor.buffer(), cursor.offset());
            forced = Math.max(forced, BatchFrame.forcedPosition(cursor.buffer(), cursor.offset()));
            batches++;
        }
        headerSeen = true;
        bytes += cursor.length();
        noteEnd(cursor);
        return true;
    }

    private @Nullable String check(DocumentCursor cursor) {
        byte[] buffer = cursor.buffer();
        int at = cursor.offset();
        int length = cursor.length();
        return headerSeen
                ? frame.problem(buffer, at, length, number, position, chainHead)
                : GenerationHeader.problem(buffer, at, length, number, previousPosition, chainHead);
    }

    private void noteEnd(DocumentCursor cursor) {
        Seal.FileEnd end = new Seal.FileEnd(cursor.file().getFileName().toString(), cursor.endOffset());
        if (!ends.isEmpty() && ends.get(ends.size() - 1).name().equals(end.name())) {
            ends.set(ends.size() - 1, end);
        } else {
            ends.add(end);
        }
    }

    /** Stops at what was reached, for a reason that is not in the files. */
    void stopBecause(String reason) {
        if (problem == null) {
            problem = reason;
        }
    }

    /** Why a generation that ended as {@code seal} says does not read so, or null. */
    @Nullable
    String mismatch(Seal seal) {
        if (problem != null) {
            return problem;
        }
        if (position != seal.lastPosition()) {
            return "reads as the end of the generation at position=" + position + ", its seal says position="
                    + seal.lastPosition();
        }
        String actual = HexFormat.of().formatHex(chainHead);
        return actual.equals(seal.chainHead()) ? null : "chain head expected=" + seal.chainHead() + " actual=" + actual;
    }

    Seal seal(String reason, byte[] previousHash) {
        HexFormat hex = HexFormat.of();
        return new Seal(
                number,
                reason,
                previousPosition,
                hex.formatHex(previousHash),
                position,
                hex.formatHex(chainHead),
                batches,
                ends);
    }

    int number() {
        return number;
    }

    Path directory() {
        return directory;
    }

    long position() {
        return position;
    }

    long previousPosition() {
        return previousPosition;
    }

    byte[] chainHead() {
        return chainHead;
    }

    BatchIndex index() {
        return index;
    }

    /** The highest position that a batch says was forced when it was written; 0 when none says so. */
    long forced() {
        return forced;
    }

    long batches() {
        return batches;
    }

    long bytes() {
        return bytes;
    }

    /** What stopped it, or null when it just ended. */
    @Nullable
    String problem() {
        return problem;
    }

    Path stopFile() {
        return stopFile;
    }

    int stopOrdinal() {
        return stopOrdinal;
    }

    long stopOffset() {
        return stopOffset;
    }
}
