package org.assidu.accrual.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the documents of one generation with plain reads.
 *
 * <p>It never maps a file, so a length that points anywhere is an answer and not a fault, and it never writes, so it is
 * safe beside the process that appends. What looks like an end or a damage is read once more before it is reported,
 * since the window may be older than the document.
 */
final class DocumentCursor implements AutoCloseable {
    /** What {@link #next} found. */
    enum Step {
        DOCUMENT,
        END,
        DAMAGED
    }

    private static final int WORD_BYTES = 4;
    /** Read at a time where only heads are wanted: a page, and with it small documents that follow. */
    private static final int HEAD_WINDOW_BYTES = 4 << 10;
    /** Beyond the largest batch; a length above it was never written. */
    private static final int MAXIMUM_DOCUMENT_BYTES = 2 * JournalAppender.MAXIMUM_BATCH_BYTES;

    private final Path directory;
    private final DocumentFraming framing;
    private List<Path> files;
    private int fileOrdinal;
    private @Nullable FileChannel channel;
    private long nextOffset;
    private byte[] window;
    private long windowStart;
    private int windowLength;
    private long documentOffset;
    private int contentAt;
    private int contentLength;
    private String problem = "";
    /** Bytes of each document that are wanted; 0 = all. */
    private int headBytes;

    DocumentCursor(Path directory, DocumentFraming framing, int windowBytes) {
        this.directory = directory;
        this.framing = framing;
        this.window = new byte[windowBytes];
        this.files = JournalDirectory.documentFiles(directory, framing.fileSuffix());
        this.nextOffset = framing.firstWordOffset();
    }

    /** Makes {@link #next} look at {@code offset} of a file; 0 is its first document. */
    void moveTo(int ordinal, long offset) {
        if (ordinal != fileOrdinal) {
            close();
            fileOrdinal = ordinal;
        }
        nextOffset = Math.max(offset, framing.firstWordOffset());
        refresh();
    }

    /** Makes the next document be read from the file again. */
    void refresh() {
        windowLength = 0;
    }

    /** Makes {@link #next} yield the current document again, read anew. */
    void unread() {
        nextOffset = documentOffset;
        refresh();
    }

    /** As {@link #next}, but holds only the first bytes of the document: for whoever may want to pass it by. */
    Step nextHead(int bytes) {
        headBytes = bytes;
        try {
            return next();
        } finally {
            headBytes = 0;
        }
    }

    Step next() {
        try {
            boolean again = false;
            while (true) {
                Step step = step();
                if (step == Step.DOCUMENT) {
                    return step;
                }
                if (!again) {
                    again = true;
                    refresh();
                } else if (step == Step.END && openNextFile()) {
                    again = false;
                } else {
                    return step;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file() + ": " + e.getMessage(), e);
        }
    }

    private Step step() throws IOException {
        FileChannel open = open();
        if (open == null) {
            return Step.END;
        }
        while (true) {
            documentOffset = nextOffset;
            if (!load(open, nextOffset, WORD_BYTES)) {
                return Step.END;
            }
            int word = LittleEndian.intAt(window, (int) (nextOffset - windowStart));
            DocumentFraming.Word kind = framing.classify(word);
            if (kind == DocumentFraming.Word.NOTHING || kind == DocumentFraming.Word.END_OF_FILE) {
                return Step.END;
            }
            int length = framing.contentBytes(word);
            long contentOffset = nextOffset + WORD_BYTES;
            if (contentOffset + length > open.size()) {
                problem = "document length=" + length + " runs past the end of the file, size=" + open.size();
                return Step.DAMAGED;
            }
            if (kind == DocumentFraming.Word.DOCUMENT) {
                if (length > MAXIMUM_DOCUMENT_BYTES) {
                    problem = "document length=" + length + ", the largest is " + MAXIMUM_DOCUMENT_BYTES;
                    return Step.DAMAGED;
                }
                if (!load(open, contentOffset, headBytes == 0 ? length : Math.min(length, headBytes))) {
                    problem = "document of length=" + length + " cannot be read whole";
                    return Step.DAMAGED;
                }
                contentAt = (int) (contentOffset - windowStart);
                contentLength = length;
                nextOffset = framing.nextWordOffset(contentOffset, length);
                return Step.DOCUMENT;
            }
            nextOffset = framing.nextWordOffset(contentOffset, length);
        }
    }

    private @Nullable FileChannel open() throws IOException {
        if (channel == null) {
            if (fileOrdinal >= files.size()) {
                files = JournalDirectory.documentFiles(directory, framing.fileSuffix());
            }
            if (fileOrdinal < files.size()) {
                channel = FileChannel.open(files.get(fileOrdinal), StandardOpenOption.READ);
            }
        }
        return channel;
    }

    private boolean openNextFile() {
        if (fileOrdinal + 1 >= files.size()) {
            files = JournalDirectory.documentFiles(directory, framing.fileSuffix());
        }
        if (fileOrdinal + 1 >= files.size()) {
            return false;
        }
        moveTo(fileOrdinal + 1, 0);
        return true;
    }

    private boolean load(FileChannel open, long offset, int bytes) throws IOException {
        if (offset >= windowStart && offset + bytes <= windowStart + windowLength) {
            return true;
        }
        if (bytes > window.length) {
            window = new byte[Math.max(bytes, Math.min(2 * window.length, MAXIMUM_DOCUMENT_BYTES))];
        }
        int wanted = headBytes == 0 ? window.length : Math.min(window.length, Math.max(bytes, HEAD_WINDOW_BYTES));
        ByteBuffer target = ByteBuffer.wrap(window, 0, wanted);
        long at = offset;
        while (target.hasRemaining()) {
            int read = open.read(target, at);
            if (read < 0) {
                break;
            }
            at += read;
        }
        windowStart = offset;
        windowLength = target.position();
        return windowLength >= bytes;
    }

    /** The buffer that holds the current document; valid until the next call. */
    byte[] buffer() {
        return window;
    }

    int offset() {
        return contentAt;
    }

    int length() {
        return contentLength;
    }

    String problem() {
        return problem;
    }

    /** Files there were when it last looked. */
    int files() {
        return files.size();
    }

    int fileOrdinal() {
        return fileOrdinal;
    }

    /** The file being read, or the directory while it has none. */
    Path file() {
        return fileOrdinal < files.size() ? files.get(fileOrdinal) : directory;
    }

    /** Where the current document's word lies, or where the next one was looked for in vain. */
    long documentOffset() {
        return documentOffset;
    }

    /** Behind the current document. */
    long endOffset() {
        return nextOffset;
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            channel = null;
        }
        refresh();
    }
}
