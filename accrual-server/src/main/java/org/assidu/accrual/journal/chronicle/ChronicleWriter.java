package org.assidu.accrual.journal.chronicle;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wire;
import org.assidu.accrual.journal.DocumentFraming;
import org.assidu.accrual.journal.DocumentWriter;
import org.assidu.accrual.journal.JournalConfig;
import org.assidu.accrual.journal.JournalEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * One Chronicle document a batch.
 *
 * <p>Chronicle rolls when its clock enters another cycle. Its clock is ours and moves only in {@link #roll}, so a file
 * changes between batches, when we say so, and never because an hour struck. A file is named for about the minute in
 * which it was started.
 */
final class ChronicleWriter implements DocumentWriter {
    private static final LegacyRollCycles CYCLE = LegacyRollCycles.MINUTELY;
    /** So much is prepared at a time. */
    private static final int PREPARED_BYTES = 256 << 10;
    /** Chronicle's index pages and padding between two documents. */
    private static final int SLACK_BYTES = 64 << 10;
    /** Shorter documents are copied to the mapping: a system call would cost more than the pages saved. */
    private static final int WRITTEN_THROUGH_BYTES = 16 << 10;

    private final ByteBuffer transfer = ByteBuffer.allocateDirect(PREPARED_BYTES);
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(SLACK_BYTES);
    private final JournalEnvironment environment;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private volatile long cycleMillis;
    private boolean rolled = true;
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private long documentOffset;
    private int lastLength;
    /** Up to here the file was written to, with zeros behind the last document. */
    private long preparedTo;

    ChronicleWriter(Path directory, JournalConfig config, JournalEnvironment environment) {
        this.environment = environment;
        this.cycleMillis = environment.epochMillis().getAsLong();
        this.queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(CYCLE)
                .timeProvider(() -> cycleMillis)
                .blockSize(config.mapBlockBytes())
                .syncMode(SyncMode.NONE)
                .checkInterrupts(false)
                .build();
        this.appender = queue.createAppender();
        // Opened by the thread that recovers, used by the one that accrues; JournalAppender watches over that.
        this.appender.singleThreadedCheckDisabled(true);
    }

    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
        FileChannel open = rolled ? null : channel;
        if (open != null && isShort(length) && documentOffset + lastLength + length + SLACK_BYTES > preparedTo) {
            prepare(open, length);
        }
        try (DocumentContext context = appender.writingDocument()) {
            try {
                Bytes<?> target = wire(context).bytes();
                documentOffset = target.writePosition() - Integer.BYTES;
                if (open == null || isShort(length)) {
                    target.write(bytes, offset, length);
                } else {
                    writeThrough(open, bytes, offset, length);
                    target.writeSkip(length);
                }
            } catch (Throwable e) {
                context.rollbackOnClose();
                throw e;
            }
        }
        lastLength = length;
        if (rolled) {
            rolled = false;
            openChannel();
            preparedTo = 0;
        }
    }

    private static boolean isShort(int length) {
        return length < WRITTEN_THROUGH_BYTES;
    }

    /**
     * Writes zeros, which is what lies there anyway, behind the last word that Chronicle has written, so that a short
     * document finds its pages in the page cache and its force few blocks to allocate. Only this thread writes to the file,
     * so nothing is overwritten.
     */
    private void prepare(FileChannel open, int length) throws IOException {
        long from = Math.max(endOfContent(open), preparedTo);
        long to = Math.min(open.size(), documentOffset + lastLength + length + 2 * SLACK_BYTES + PREPARED_BYTES);
        for (long at = from; at < to; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
            at += open.write(zeros, at);
        }
        preparedTo = Math.max(preparedTo, to);
    }

    /**
     * Puts the content of the document into the file before Chronicle completes its header. Mapping and file share the page
     * cache; but the mapping takes a fault for each page that it is first to touch, whereas a write of many pages is one
     * call.
     */
    private void writeThrough(FileChannel open, byte[] bytes, int offset, int length) throws IOException {
        long at = documentOffset + Integer.BYTES;
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, transfer.capacity());
            transfer.clear().put(bytes, offset + done, part).flip();
            while (transfer.hasRemaining()) {
                done += open.write(transfer, at + done);
            }
        }
    }

    private static Wire wire(DocumentContext context) {
        Wire wire = context.wire();
        if (wire == null) {
            throw new IllegalStateException("Chronicle gave a document without a wire");
        }
        return wire;
    }

    private void openChannel() throws IOException {
        File current = appender.currentFile();
        if (current == null) {
            throw new IOException("Chronicle does not say which file it writes to");
        }
        file = current.toPath();
        channel = FileChannel.open(current.toPath(), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void roll() {
        long next = cycleMillis + TimeUnit.MINUTES.toMillis(1);
        cycleMillis = Math.max(next, environment.epochMillis().getAsLong());
        rolled = true;
    }

    @Override
    public Path file() {
        return opened(file);
    }

    @Override
    public FileChannel channel() {
        return opened(channel);
    }

    @Override
    public long documentOffset() {
        return documentOffset;
    }

    /** Ends writing and gives back what Chronicle had extended the last file by. */
    @Override
    public void close() throws IOException {
        appender.close();
        queue.close();
        FileChannel open = channel;
        if (open != null && open.isOpen()) {
            open.truncate(Math.min(open.size(), endOfContent(open)));
        }
    }

    /** Behind the last word written: Chronicle may have put index pages behind our last document. */
    private long endOfContent(FileChannel open) throws IOException {
        Cq4Framing framing = new Cq4Framing();
        ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long at = documentOffset;
        while (open.read(word.clear(), at) == Integer.BYTES) {
            DocumentFraming.Word kind = framing.classify(word.getInt(0));
            if (kind == DocumentFraming.Word.END_OF_FILE) {
                return at + Integer.BYTES;
            }
            if (kind == DocumentFraming.Word.NOTHING) {
                return at;
            }
            at = framing.nextWordOffset(at + Integer.BYTES, framing.contentBytes(word.getInt(0)));
        }
        return open.size();
    }

    private static <T> T opened(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("nothing was appended yet");
        }
        return value;
    }
}
