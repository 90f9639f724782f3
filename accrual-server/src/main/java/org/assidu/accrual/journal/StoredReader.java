package org.assidu.accrual.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Walks batches and the records in them, checking each record that it yields. */
final class StoredReader extends FramedReader {
    private static final int WINDOW_BYTES = 64 << 10;

    private final DocumentFraming framing;
    private List<Generation> generations;
    /** Where to look whether more generations came; null = {@link #generations} grows by itself. */
    private final @Nullable ListedGenerations listed;

    private final boolean checkHashes;
    private final long promisedPosition;
    private final CRC32C crc = new CRC32C();
    private final BatchFrame frame = new BatchFrame();
    private @Nullable DocumentCursor cursor;
    private @Nullable Generation generation;
    /** What was committed when the cursor last read from the file. */
    private long windowPosition;

    /** The position that the cursor walks towards: whatever it passed lies before. */
    private long cursorPosition;

    private long nextPosition = 1;
    private byte[] bytes = new byte[0];
    private long batchFirst;
    private long batchLast = -1;
    private int batchAt;
    private int batchEnd;
    private long framePosition;
    private int frameAt;

    private StoredReader(
            DocumentFraming framing,
            List<Generation> generations,
            @Nullable ListedGenerations listed,
            long promisedPosition) {
        this.framing = framing;
        this.generations = generations;
        this.listed = listed;
        this.checkHashes = listed != null;
        this.promisedPosition = promisedPosition;
    }

    /** A reader beside the appender, told by it what is committed. */
    static StoredReader withinProcess(DocumentFraming framing, List<Generation> generations) {
        return new StoredReader(framing, generations, null, 0);
    }

    /** A reader of files that another process may be appending to: a batch counts when its hash is right. */
    static StoredReader readOnly(DocumentFraming framing, ListedGenerations listed, long promisedPosition)
            throws IOException {
        return new StoredReader(framing, listed.list(), listed, promisedPosition);
    }

    @Override
    public void seek(long position) {
        if (position < 1) {
            throw new IllegalArgumentException("seek to position=" + position + ", expected 1 or more");
        }
        nextPosition = position;
        currentAt = NO_RECORD;
    }

    @Override
    public boolean next() {
        currentAt = NO_RECORD;
        boolean inBatch = nextPosition >= batchFirst && nextPosition <= batchLast;
        if (!inBatch && !loadBatch(nextPosition) && !(listAgain() && loadBatch(nextPosition))) {
            return false;
        }
        if (nextPosition < framePosition) {
            frameAt = batchAt + BatchFrame.HEADER_BYTES;
            framePosition = batchFirst;
        }
        while (true) {
            String problem = framePosition == nextPosition
                    ? RecordFrame.problem(crc, bytes, frameAt, batchEnd, framePosition)
                    : RecordFrame.lengthProblem(bytes, frameAt, batchEnd);
            if (problem != null) {
                throw damaged(problem);
            }
            int at = frameAt;
            frameAt += RecordFrame.frameBytes(RecordFrame.payloadBytes(bytes, frameAt));
            if (framePosition++ == nextPosition) {
                nextPosition++;
                currentAt = at;
                return true;
            }
        }
    }

    /** At the end of what is known. @return whether another process has ended a generation or begun one since */
    private boolean listAgain() {
        if (listed == null || !listed.haveGrown(generations)) {
            return false;
        }
        try {
            generations = listed.list();
            generation = null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for new generations: " + e.getMessage(), e);
        }
        return true;
    }

    private boolean loadBatch(long position) {
        Generation holder = holderOf(position);
        if (holder == null) {
            return false;
        }
        boolean follows = holder == generation && position == cursorPosition;
        batchFirst = 0;
        batchLast = -1;
        DocumentCursor open = cursor;
        if (open == null || !follows) {
            open = moveTo(holder, position);
            if (holder.isOpenEnded()) {
                passBy(open, holder, position);
            }
        } else if (position > windowPosition) {
            windowPosition = holder.lastPosition();
            open.refresh();
        }
        while (true) {
            DocumentCursor.Step step = open.next();
            if (step == DocumentCursor.Step.DOCUMENT
                    && GenerationHeader.isHeader(open.buffer(), open.offset(), open.length())) {
                continue;
            }
            String problem = switch (step) {
                case DOCUMENT -> problem(open, holder, position);
                case END -> "reads as the end of the generation";
                case DAMAGED -> open.problem();
            };
            if (problem != null && step == DocumentCursor.Step.DOCUMENT && holder.isOpenEnded()) {
                open.unread();
                step = open.next();
                problem = step == DocumentCursor.Step.DOCUMENT ? problem(open, holder, position) : open.problem();
            }
            if (problem != null) {
                if (holder.isOpenEnded() && position > promisedPosition) {
                    // Not written whole yet, or never will be: nothing that was promised.
                    open.unread();
                    return false;
                }
                throw damaged(problem);
            }
            if (BatchFrame.lastPosition(open.buffer(), open.offset()) >= position) {
                enter(open);
                return true;
            }
        }
    }

    /** Goes to the first document that is not a good batch wholly before a position, without reading what lies before. */
    private void passBy(DocumentCursor open, Generation holder, long position) {
        while (open.nextHead(BatchFrame.HEADER_BYTES) == DocumentCursor.Step.DOCUMENT) {
            byte[] buffer = open.buffer();
            int at = open.offset();
            boolean before = GenerationHeader.isHeader(buffer, at, open.length())
                    || frame.headerProblem(buffer, at, open.length(), holder.number()) == null
                            && BatchFrame.lastPosition(buffer, at) < position;
            if (!before) {
                break;
            }
        }
        open.unread();
    }

    private @Nullable String problem(DocumentCursor open, Generation holder, long position) {
        byte[] buffer = open.buffer();
        int at = open.offset();
        String header = frame.headerProblem(buffer, at, open.length(), holder.number());
        if (header != null) {
            return header;
        }
        if (BatchFrame.firstPosition(buffer, at) > position) {
            return "first position of batch expected=" + position + " or less, actual="
                    + BatchFrame.firstPosition(buffer, at);
        }
        boolean holds = BatchFrame.lastPosition(buffer, at) >= position;
        return checkHashes && holds ? frame.hashProblem(buffer, at, open.length()) : null;
    }

    private DocumentCursor moveTo(Generation holder, long position) {
        DocumentCursor open = cursor;
        if (open == null || generation != holder) {
            if (open != null) {
                open.close();
            }
            open = new DocumentCursor(holder.directory(), framing, WINDOW_BYTES);
            cursor = open;
            generation = holder;
        }
        cursorPosition = position;
        windowPosition = holder.lastPosition();
        long address = holder.addressFor(position, framing);
        open.moveTo(BatchIndex.fileOrdinal(address), BatchIndex.offset(address));
        return open;
    }

    private void enter(DocumentCursor open) {
        bytes = open.buffer();
        batchAt = open.offset();
        batchEnd = batchAt + open.length();
        batchFirst = BatchFrame.firstPosition(bytes, batchAt);
        batchLast = BatchFrame.lastPosition(bytes, batchAt);
        cursorPosition = batchLast + 1;
        framePosition = batchFirst;
        frameAt = batchAt + BatchFrame.HEADER_BYTES;
    }

    private @Nullable Generation holderOf(long position) {
        Generation current = generation;
        if (current != null && current.contains(position)) {
            return current;
        }
        int low = 0;
        int high = generations.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (generations.get(middle).lastPosition() < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return !generations.isEmpty() && generations.get(low).contains(position) ? generations.get(low) : null;
    }

    private JournalDamagedException damaged(String problem) {
        DocumentCursor open = cursor;
        Generation holder = generation;
        if (open == null || holder == null) {
            throw new IllegalStateException(problem);
        }
        Path parent = holder.directory().getParent();
        return new JournalDamagedException(new JournalDamage(
                open.file(),
                open.documentOffset(),
                nextPosition,
                problem,
                JournalVerifier.nextStep(parent == null ? holder.directory() : parent)));
    }

    @Override
    public byte[] buffer() {
        return bytes;
    }

    @Override
    public long batchEnd() {
        current();
        return batchLast;
    }

    @Override
    public void copyBatchHash(byte[] target) {
        current();
        BatchFrame.copyHash(bytes, batchAt, target);
    }

    @Override
    public byte[] copyBatch() {
        current();
        return Arrays.copyOfRange(bytes, batchAt, batchEnd);
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
    }
}
