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
    private final JournalEnvironment environment;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private volatile long cycleMillis;
    private boolean rolled = true;
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private long documentOffset;

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
        try (DocumentContext context = appender.writingDocument()) {
            try {
                Bytes<?> target = wire(context).bytes();
                documentOffset = target.writePosition() - Integer.BYTES;
                target.write(bytes, offset, length);
            } catch (Throwable e) {
                context.rollbackOnClose();
                throw e;
            }
        }
        if (rolled) {
            rolled = false;
            openChannel();
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
