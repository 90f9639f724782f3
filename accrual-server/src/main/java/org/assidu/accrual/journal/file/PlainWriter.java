package org.assidu.accrual.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.assidu.accrual.journal.DocumentWriter;
import org.jspecify.annotations.Nullable;

/** Writes each document with one positional write to files numbered from 1. */
final class PlainWriter implements DocumentWriter {
    private static final int INITIAL_BYTES = 64 << 10;
    private final Path directory;
    private ByteBuffer buffer = allocate(INITIAL_BYTES);
    private int number;
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private long documentOffset;
    private long end;

    PlainWriter(Path directory) {
        this.directory = directory;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
        FileChannel open = channel == null ? createFile() : channel;
        if (buffer.capacity() < Integer.BYTES + length) {
            buffer = allocate(Math.max(Integer.BYTES + length, 2 * buffer.capacity()));
        }
        buffer.clear().putInt(length).put(bytes, offset, length).flip();
        write(open, end);
        documentOffset = end;
        end += Integer.BYTES + length;
    }

    private FileChannel createFile() throws IOException {
        number++;
        Path created = directory.resolve(String.format(Locale.ROOT, "%06d%s", number, PlainFraming.SUFFIX));
        FileChannel open = FileChannel.open(
                created, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        file = created;
        channel = open;
        buffer.clear().putLong(PlainFraming.MAGIC).flip();
        write(open, 0);
        end = Long.BYTES;
        return open;
    }

    private void write(FileChannel open, long at) throws IOException {
        while (buffer.hasRemaining()) {
            open.write(buffer, at + buffer.position());
        }
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

    @Override
    public void roll() {
        channel = null;
    }

    @Override
    public void close() {}

    private static <T> T opened(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("nothing was appended yet");
        }
        return value;
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
