package org.assidu.accrual.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The number of the newest commit known to be forced, in a small file beside the store. It is written after each force and
 * not forced itself: what it says is always true, and at most too modest after a power cut. It tells a torn commit, which
 * may be dropped, from damage to one that was promised.
 */
final class ForcedMark implements AutoCloseable {
    static final String FILE_NAME = "directory.forced";
    private static final int BYTES = Long.BYTES + Integer.BYTES;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    private final CRC32C crc = new CRC32C();

    ForcedMark(Path folder) throws IOException {
        channel = FileChannel.open(
                folder.resolve(FILE_NAME),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    /** 0 when there is none that can be read. */
    long read() throws IOException {
        buffer.clear();
        if (channel.read(buffer, 0) != BYTES) {
            return 0;
        }
        return buffer.getInt(Long.BYTES) == checksum() ? buffer.getLong(0) : 0;
    }

    void write(long commit) throws IOException {
        buffer.clear();
        buffer.putLong(0, commit);
        buffer.putInt(Long.BYTES, checksum());
        channel.write(buffer, 0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private int checksum() {
        crc.reset();
        crc.update(buffer.duplicate().position(0).limit(Long.BYTES));
        return (int) crc.getValue();
    }
}
